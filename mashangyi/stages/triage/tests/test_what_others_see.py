"""What triage shows to everyone on the topic's page, and to the reporter on the receipt."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from mashangyi.stages.intake.queries import receipt_address

from .. import actions
from . import factories as made
from .factories import text

pytestmark = pytest.mark.django_db


def test_everyone_reads_that_a_call_was_made_and_nobody_what_was_said(client, room):
    topic = made.described(room)
    actions.record_call_back(topic.reports.get(), True, "我家就在灯下面", by=made.clerk(topic))
    actions.record_visit(topic, "三盏灯线路老化", by=made.clerk(topic))
    page = text(client.get(f"/t/{topic.number}/"))
    assert "三盏灯线路老化" in page and "回访反映人 1 次" in page and "我家就在灯下面" not in page


def test_everyone_reads_the_review_and_how_long_it_took(client, room):
    topic = made.in_review(room)
    actions.approve(topic, "请供电公司到场。", by=made.reviewer(topic))
    page = text(client.get(f"/t/{topic.number}/"))
    assert "请供电公司到场。" in page and "党工委" in page and "当天" in page


def test_everyone_reads_why_something_was_declined_and_where_to_go(client, room):
    topic = made.received(room)
    actions.decline(topic, "in_court", by=made.clerk(topic))
    page = text(client.get(f"/t/{topic.number}/"))
    assert "法院正在审理" in page and "12368" in page


def test_the_reporter_answers_on_the_receipt(client, room):
    topic = made.received(room)
    report = topic.reports.get()
    assert "您的回答" not in text(client.get(receipt_address(report)))
    actions.ask(topic, "是哪一盏灯？", by=made.clerk(topic))
    assert "是哪一盏灯？" in text(client.get(receipt_address(report)))
    assert client.post(receipt_address(report) + "answer/", {"words": "靠菜场那盏"}).status_code == 302
    assert made.again(topic).state == "verifying"


@pytest.mark.parametrize(("sent", "remedy"), [
    ({"words": "靠菜场那盏", "photos": SimpleUploadedFile("说明.pdf", b"%PDF-1.4")}, "说明.pdf"),
    ({"words": "长" * 2001}, "最多 2000 个字"),
    ({"words": " "}, "请写几个字再提交"),
])  # fmt: skip
def test_an_answer_that_cannot_be_taken_says_why_and_nothing_typed_is_lost(client, room, sent, remedy):
    topic = made.received(room)
    actions.ask(topic, "是哪一盏灯？", by=made.clerk(topic))
    answer = client.post(receipt_address(topic.reports.get()) + "answer/", sent)
    page = text(answer)
    assert answer.status_code == 422 and remedy in page and "是哪一盏灯？" in page and "我们这边出了问题" not in page
    assert f">\n{sent['words']}</textarea>" in page and made.again(topic).state == "needs_information"


def test_an_answer_of_two_thousand_letters_with_line_breaks_is_kept_whole(client, room):
    topic = made.received(room)
    actions.ask(topic, "是哪一盏灯？", by=made.clerk(topic))
    words = ("长" * 99 + "\r\n") * 19 + "长" * 100
    assert client.post(receipt_address(topic.reports.get()) + "answer/", {"words": words}).status_code == 302
    assert topic.questions.get().answer == words.replace("\r", "")


def test_a_guessed_receipt_answers_nothing(client, room):
    topic = made.received(room)
    actions.ask(topic, "是哪一盏灯？", by=made.clerk(topic))
    response = client.post(f"/r/{topic.reports.get().number}/{'a' * 16}/answer/", {"words": "x"})
    assert response.status_code == 404 and made.again(topic).state == "needs_information"


@pytest.mark.parametrize(("end", "told"), [
    (lambda topic, by: actions.answer(topic, "每周三下午开门。", by=by), "每周三下午开门。"),
    (lambda topic, by: actions.decline(topic, "in_court", by=by), "12368"),
    (lambda topic, by: actions.transfer(topic, "县供电公司", "高压线归它管。", by=by), "高压线归它管。"),
])  # fmt: skip
def test_the_receipt_itself_tells_what_was_decided(client, room, end, told):
    topic = made.described(room)
    receipt = receipt_address(topic.reports.get())
    assert told not in text(client.get(receipt))
    end(topic, made.clerk(topic))
    assert told in text(client.get(receipt))


def test_what_was_declined_is_opened_again_for_another_reason_than_what_was_not_done(client, room):
    topic = made.received(room)
    actions.decline(topic, "in_court", by=made.clerk(topic))
    page = text(client.get(receipt_address(topic.reports.get())))
    assert "没有说清楚，或者有了新的情况" in page and "其实没有办好" not in page
