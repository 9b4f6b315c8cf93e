"""The receipt, taking back, looking up, one's own reports: who sees what, and until when."""

import re
from datetime import timedelta

import pytest

from mashangyi.ground.calendar import clock
from mashangyi.ground.people import vault
from mashangyi.ground.people.actor import SYSTEM, resident
from mashangyi.ground.people.models import Person
from mashangyi.ground.photos.queries import photos_of
from mashangyi.ground.photos.store import keep
from mashangyi.stages.intake import actions, queries, rules
from mashangyi.stages.triage.actions import answer, ask, close_silent, merge, propose, send_back, transfer
from mashangyi.topic.models import Topic
from mashangyi.topic.numbers import number
from tests import factories

from . import factories as make
from .factories import text

pytestmark = pytest.mark.django_db
START = clock.local(2026, 4, 7, 10)


@pytest.fixture
def room():
    return factories.room()


@pytest.fixture
def report(room):
    return make.report(room, "路灯不亮", spot="东门")


def opened(client, report):
    return client.get(queries.receipt_address(report))


def take_back(client, report):
    return client.post(queries.receipt_address(report) + "withdraw/")


# --- what it shows -----------------------------------------------------------------------------


def test_the_receipt_shows_number_code_words_holder_and_what_happens_next(client, report):
    page = text(opened(client, report))
    for words in (report.number, "路灯不亮", "东门", report.topic.room.name, "<svg", "最迟", "扫码"):
        assert words in page


@pytest.mark.parametrize("secret", ["x" * 16, "", None])
def test_a_wrong_secret_opens_nothing(client, report, secret):
    other = make.report(report.topic.room)
    secret = rules.receipt_secret(other.pk) if secret is None else secret
    assert client.get(f"/r/{report.number}/{secret}/").status_code == 404


@pytest.mark.parametrize("number", ["L26-000001-0", "L26-999999-1", "Y26-000001-1", "nonsense", "L26-1-1", "L" + "9" * 60])
def test_a_wrong_number_opens_nothing_and_breaks_nothing(client, report, number):
    assert client.get(f"/r/{number}/{rules.receipt_secret(report.pk)}/").status_code == 404
    assert client.post(f"/r/{number}/{rules.receipt_secret(report.pk)}/withdraw/").status_code == 404


def test_the_receipt_can_be_printed(client, report):
    assert re.search(r"<button[^>]* data-print hidden>.*打印", text(opened(client, report)))


def test_the_receipt_is_kept_by_no_cache(client, report):
    assert opened(client, report)["Cache-Control"] == "private, no-store"


def test_the_number_left_is_not_on_the_receipt(client, room):
    page = text(opened(client, make.report(room, phone="13800138000")))
    assert "留了手机号" in page and "13800138000" not in page and "0013" not in page


def test_who_reported_signed_in_reads_that_they_will_be_told(client, room):
    mine = make.report(room, by=resident(Person.objects.create(kind="resident")))
    assert "结果会通知您" in text(opened(client, mine))
    assert "结果会" not in text(opened(client, make.report(room)))


def test_photos_open_with_the_receipt_and_without_it_for_nobody(client, room):
    report = make.report(room, photos=keep([make.picture()]))
    (photo,) = photos_of(report.subject)
    assert photo.small_url in text(opened(client, report))
    assert client.get(photo.url, {"key": rules.receipt_secret(report.pk)}).status_code == 200
    assert client.get(photo.url).status_code == 404
    assert client.get(photo.url, {"key": rules.receipt_secret(make.report(room).pk)}).status_code == 404


def test_a_merged_matter_is_followed_where_it_went(client, room, report):
    main = make.public(room, "东门路灯全灭")
    merge(report.topic, main, by=factories.actor("clerk", room=room))
    page = text(opened(client, report))
    assert f'href="/t/{main.number}/"' in page


# --- taking back -------------------------------------------------------------------------------


def test_taken_back_the_receipt_says_so_and_offers_it_no_more(client, report):
    answer = take_back(client, report)
    page = text(client.get(answer["Location"]))
    assert "您已撤回" in page and "确定撤回" not in page
    assert Topic.objects.get().state == "withdrawn"


def test_who_took_it_back_is_promised_no_result(client, room):
    report = make.report(room, phone="13800138000")
    take_back(client, report)
    assert "结果会告诉您" not in text(opened(client, report))


def test_taking_back_twice_is_once(client, report):
    take_back(client, report)
    assert take_back(client, report).status_code == 302
    assert Topic.objects.get().reports_count == 0


def test_a_link_takes_nothing_back(client, report):
    assert client.get(queries.receipt_address(report) + "withdraw/").status_code == 405


@pytest.mark.parametrize("moves", [(), ("verify",), ("verify", "ask")])
def test_while_it_is_checked_it_may_be_taken_back_however_late(client, room, moves):
    with clock.at(START):
        report = make.report(room)
        make.moved(report.topic, *moves)
    with clock.at(START + timedelta(days=2)):
        assert "确定撤回" in text(opened(client, report))
        assert take_back(client, report).status_code == 302
    assert Topic.objects.get().state == "withdrawn"


def test_once_it_is_under_way_the_only_report_stays_and_the_page_says_why(client, report):
    make.moved(report.topic, "verify", "propose")
    assert "确定撤回" not in text(opened(client, report))
    answer = take_back(client, report)
    assert answer.status_code == 409 and "不能再撤回" in text(answer)
    report.refresh_from_db()
    assert report.withdrawn_at is None


@pytest.mark.parametrize(("minutes", "may"), [(9, True), (11, False)])
def test_who_joined_a_matter_under_way_may_think_again_for_ten_minutes(client, report, minutes, may):
    make.moved(report.topic, "verify", "propose")
    with clock.at(START):
        joined = actions.support(report.topic, by=make.ANYONE).report
    with clock.at(START + timedelta(minutes=minutes)):
        assert ("确定撤回" in text(opened(client, joined))) == may
        assert take_back(client, joined).status_code == (302 if may else 409)
    topic = Topic.objects.get()
    assert (topic.state, topic.reports_count) == ("in_review", 1 if may else 2)


def test_what_has_ended_cannot_be_taken_back(client, report):
    joined = actions.support(report.topic, by=make.ANYONE).report
    make.moved(report.topic, "verify", "answer")
    assert take_back(client, joined).status_code == 409


def test_one_who_takes_back_of_several_is_told_that_the_matter_goes_on(client, report):
    joined = actions.support(report.topic, by=make.ANYONE).report
    assert "这件事照样办" in text(opened(client, joined)) and "撤回以后不再办理" not in text(opened(client, joined))
    page = text(client.get(take_back(client, joined)["Location"]))
    assert "这件事照样办" in page and "不再办理" not in page


def test_the_only_one_is_told_that_it_ends(client, report):
    assert "撤回以后不再办理" in text(opened(client, report))
    page = text(client.get(take_back(client, report)["Location"]))
    assert "这件事不再办理" in page and "照样办" not in page


def test_taking_back_stands_once_in_the_story_of_the_topic(client, report):
    take_back(client, report)
    page = text(client.get(f"/t/{report.topic.number}/"))
    assert page.count("<b>反映人撤回</b>") == 1 and "一位反映人撤回了自己的反映" not in page


def test_one_of_several_who_takes_back_stands_in_it_too(client, report):
    take_back(client, actions.support(report.topic, by=make.ANYONE).report)
    page = text(client.get(f"/t/{report.topic.number}/"))
    assert "一位反映人撤回了自己的反映" in page and "<b>反映人撤回</b>" not in page


# --- while it is open in a browser -------------------------------------------------------------


def watched(client, report) -> list[str]:
    return re.findall(r'data-live-(?:scope|state)="([^"]+)"', text(opened(client, report)))


def test_an_open_receipt_watches_its_matter_and_notices_each_step(client, report):
    scope, before = watched(client, report)
    make.moved(report.topic, "verify")
    assert scope == f"topic:{report.topic_id}" and watched(client, report) not in ([], [scope, before])


def test_what_was_merged_is_watched_where_it_went(client, room, report):
    main = make.public(room, "东门路灯全灭")
    merge(report.topic, main, by=factories.actor("clerk", room=room))
    assert watched(client, report)[0] == f"topic:{main.pk}"


def test_what_was_taken_back_is_watched_no_more(client, report):
    take_back(client, report)
    assert watched(client, report) == []


# --- what happened to it -----------------------------------------------------------------------


def test_what_the_review_sent_back_is_told_with_its_reason(client, room):
    topic = make.public(room)
    clerk, reviewer = factories.actor("clerk", room=room), factories.actor("reviewer", place=room.place[:9])
    propose(topic, by=clerk)
    assert "审定退回" not in text(opened(client, topic.reports.get()))
    send_back(topic, "先核实是几单元，再报。", by=reviewer)
    page = text(opened(client, topic.reports.get()))
    assert "<b>审定退回</b> · 先核实是几单元，再报。" in page


def test_why_it_was_handed_on_is_told_once(client, room, report):
    transfer(report.topic, "市城管局", "路灯归它管。", by=factories.actor("clerk", room=room))
    assert text(opened(client, report)).count("路灯归它管。") == 1


# --- when it has ended -------------------------------------------------------------------------


def test_nobody_is_told_to_watch_days_run_that_no_longer_run(client, report):
    assert "随时看到谁在办" in text(opened(client, report))
    make.moved(report.topic, "verify", "answer")
    assert "随时看到谁在办" not in text(opened(client, report)) and "结果怎样" in text(opened(client, report))


def test_taken_back_nobody_is_told_to_keep_the_receipt(client, report):
    take_back(client, report)
    page = text(opened(client, report))
    assert "留着这张回执" not in page and f'href="/rooms/{report.topic.room_id}/"' in page


def test_who_did_not_answer_in_time_reads_why_it_ended(client, room):
    with clock.at(START):
        report = make.report(room)
        ask(report.topic, "是哪一盏？", by=factories.actor("clerk", room=room))
    with clock.at(START + timedelta(days=40)):
        close_silent(by=SYSTEM)
        assert "15 个工作日内没有等到补充" in text(opened(client, report))


def test_the_answer_stands_above_the_way_to_open_it_again(client, room):
    topic = make.public(room)
    answer(topic, "每周三下午有班。", by=factories.actor("clerk", room=room))
    page = text(opened(client, topic.reports.get()))
    assert page.index("每周三下午有班。") < page.index("重新打开")


# --- looking up --------------------------------------------------------------------------------


def test_a_number_shows_how_it_stands_and_never_what_was_said(client, report):
    page = text(client.get("/r/", {"number": report.number.lower().replace("-", "")}))
    assert report.topic.holder in page and f'href="/t/{report.topic.number}/"' in page
    assert "路灯不亮" not in page and rules.receipt_secret(report.pk) not in page


@pytest.mark.parametrize(
    ("typed", "words"),
    [("", ""), ("   ", ""), ("hello", "编号由一个字母"), ("L26-000001-0", "有一位不对"), ("编号" * 300, "编号由一个字母"),
     ("L26-" + "9" * 40 + "-1", "编号"), ("<script>alert(1)</script>", "编号由一个字母")],
)  # fmt: skip
def test_a_mistyped_number_is_explained_and_stays(client, report, typed, words):
    answer = client.get("/r/", {"number": typed})
    page = text(answer)
    assert answer.status_code == 200 and words in page and "<script>alert" not in page
    assert (f'value="{typed.strip()}"' in page) or "<" in typed


def test_the_number_of_a_topic_leads_to_its_page(client, report):
    topic = report.topic
    for typed in (topic.number, topic.number.lower().replace("-", " ")):
        assert client.get("/r/", {"number": typed})["Location"] == f"/t/{topic.number}/"


@pytest.mark.parametrize(("typed", "words"), [("Y26-000001-1", "有一位不对"), ("Y26", "编号由一个字母")])
def test_a_mistyped_number_of_a_topic_is_explained_too(client, report, typed, words):
    assert words in text(client.get("/r/", {"number": typed}))


def test_a_nought_read_as_a_letter_is_understood(client, report):
    page = text(client.get("/r/", {"number": report.number.replace("0", "O")}))
    assert report.number in page and f'href="/t/{report.topic.number}/"' in page


def test_a_number_that_nobody_has_says_so(client, report):
    assert "没有这个编号" in text(client.get("/r/", {"number": number("L", 424242, report.received_at)}))


def test_guessing_numbers_is_stopped_and_looking_up_ones_own_is_not(client, report, monkeypatch):
    monkeypatch.setenv("MASHANGYI_RATE_TRIES", "3/5minute")
    for serial in range(3):
        assert client.get("/r/", {"number": report.number}).status_code == 200
        client.get("/r/", {"number": number("L", 500_000 + serial, report.received_at)})
    assert client.get("/r/", {"number": number("L", 600_000, report.received_at)}).status_code == 429


def test_who_is_asked_whether_it_is_solved_is_told_that_the_receipt_answers(client, report):
    make.moved(report.topic, "verify", "handle_directly", "report_done")
    assert "打开回执" in text(client.get("/r/", {"number": report.number}))


# --- my reports --------------------------------------------------------------------------------


@pytest.fixture
def me(client):
    person = Person.objects.create(kind="resident")
    client.force_login(person, backend=make.BACKEND)
    return person


def test_my_reports_ask_for_signing_in(client):
    assert client.get("/me/")["Location"] == "/sign-in/?next=%2Fme%2F"


def test_whoever_has_none_is_shown_the_way_to_a_room(client, me):
    page = text(client.get("/me/"))
    assert "还没有反映过" in page and 'href="/"' in page


def test_my_reports_come_twenty_a_page_newest_first_none_twice(client, me, room):
    for n in range(21):
        make.report(room, f"第 {n} 件事", by=resident(me))
    make.report(room, "别人的事")
    first = text(client.get("/me/"))
    assert first.index("第 20 件事") < first.index("第 1 件事") and "第 0 件事" not in first
    older = first.partition('rel="next" href="')[2].partition('"')[0]
    rest = text(client.get(f"/me/{older}"))
    assert "第 0 件事" in rest and "第 1 件事" not in rest and "别人的事" not in first + rest


def test_what_i_joined_is_called_by_what_the_matter_is(client, me, report):
    Topic.objects.update(title="东门路灯三天不亮")
    joined = actions.support(report.topic, by=resident(me)).report
    assert "东门路灯三天不亮" in text(client.get("/me/"))
    assert "东门路灯三天不亮" in text(opened(client, joined))


@pytest.mark.parametrize("before", ["x", "²", "-1", "9" * 40, ""])
def test_no_page_number_breaks_my_reports(client, me, before):
    assert client.get("/me/", {"before": before}).status_code == 200


def test_my_reports_cost_the_same_with_one_and_with_many(client, me, room, django_assert_max_num_queries):
    for n in range(15):
        make.report(room, f"第 {n} 件事", by=resident(me))
    with django_assert_max_num_queries(8):
        client.get("/me/")


def test_what_was_left_with_ones_number_is_there_after_signing_in_with_it(client, me, room):
    make.report(room, "路灯不亮", phone="138 1234 5678")
    assert "路灯不亮" not in text(client.get("/me/"))
    vault.seal(f"person:{me.pk}", phone="+8613812345678")
    assert "路灯不亮" in text(client.get("/me/"))
