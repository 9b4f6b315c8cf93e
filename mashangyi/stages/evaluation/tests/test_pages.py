"""The judging page, the receipt, the public numbers and the clerk's calls."""

from datetime import timedelta

import pytest

from mashangyi.ground.calendar import clock
from mashangyi.ground.people.actor import ANYONE
from mashangyi.ground.people.models import Person
from mashangyi.stages.delivery import actions as delivery
from mashangyi.stages.delivery.models import Task
from mashangyi.stages.evaluation import actions, rules, tick
from mashangyi.stages.evaluation.models import CallBack, Judgement
from mashangyi.stages.evaluation.queries import judge_address, reopen_address
from mashangyi.stages.evaluation.rules import Answer
from mashangyi.stages.intake.queries import receipt_address
from tests import factories as make

from . import factories as some

pytestmark = pytest.mark.django_db


def enter(client, actor):
    client.force_login(Person.objects.get(pk=actor.person_id))
    return client


def test_two_large_answers_and_nothing_else_is_required(client):
    (report,) = some.confirming()
    page = client.get(judge_address(report)).content.decode()
    assert "解决了" in page and "没有解决" in page
    answer = client.post(judge_address(report), {"solved": "yes"})
    assert answer.status_code == 302 and answer["Location"] == receipt_address(report)
    assert some.state(report) == "resolved"


def test_everything_that_may_be_said_is_kept(client):
    first, _second = some.confirming(n=2)
    levels = {"result": "5", "attitude": "4", "speed": "3", "feedback": "1"}
    client.post(judge_address(first), {"solved": "yes", "words": "谢谢", **levels})
    said = Judgement.objects.get()
    assert (said.result, said.attitude, said.speed, said.feedback, said.words) == (5, 4, 3, 1, "谢谢")


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({}, "请选一下：解决了"),
        ({"solved": "maybe"}, ""),
        ({"solved": "no"}, "请选一下哪里没有解决"),
        ({"solved": "no", "fault": "other"}, "请写几个字"),
        ({"solved": "yes", "speed": "9"}, "请从五个里选一个"),
        ({"solved": "yes", "words": "长" * 1001}, "最多 1000 个字"),
    ],
)
def test_mistakes_are_named_and_decide_nothing(client, typed, words):
    (report,) = some.confirming()
    answer = client.post(judge_address(report), typed)
    assert answer.status_code == 422 and words in answer.content.decode()
    assert some.state(report) == "confirming"


def test_a_wrong_secret_is_a_missing_page(client):
    (report,) = some.confirming()
    other = some.confirming()[0]
    stolen = judge_address(report).replace(report.number, other.number)
    assert client.get(stolen).status_code == 404
    assert client.post(stolen, {"solved": "yes"}).status_code == 404
    assert some.state(other) == "confirming"


@pytest.mark.parametrize(
    "role", ["clerk", "convener", "unit_officer", "supervisor", "grid_worker", "city_admin"]
)
def test_whoever_is_signed_in_to_a_post_is_told_to_sign_out(client, role):
    (report,) = some.confirming()
    enter(client, make.actor(role, room=report.topic.room, unit=Task.objects.get().unit))
    assert "请先退出" in client.get(judge_address(report)).content.decode()
    assert client.post(judge_address(report), {"solved": "yes"}).status_code == 403
    assert some.state(report) == "confirming"


def test_a_member_judges_their_own_report_as_its_reporter_and_no_other(client):
    mine, other = some.confirming()[0], some.confirming()[0]
    member = make.actor("member", place="3208")
    type(mine).objects.filter(pk=mine.pk).update(person=member.person_id, filed_by=member.post_id)
    enter(client, member)
    assert client.post(judge_address(other), {"solved": "yes"}).status_code == 403
    assert client.post(judge_address(mine), {"solved": "yes"}).status_code == 302
    assert some.state(mine) == "resolved"


def test_before_and_after_its_time_the_page_leads_to_the_receipt(client):
    (report,) = some.reported()
    assert client.get(judge_address(report))["Location"] == receipt_address(report)


def test_the_receipt_asks_thanks_and_offers_to_open_again(client):
    (report,) = some.confirming()
    assert "我来评价" in client.get(receipt_address(report)).content.decode()
    some.say(report)
    page = client.get(receipt_address(report)).content.decode()
    assert "谢谢您" in page and reopen_address(report) in page


def test_a_reporter_opens_it_again_from_the_receipt(client):
    (report,) = some.confirming()
    some.say(report)
    assert client.get(reopen_address(report)).status_code == 200
    assert client.post(reopen_address(report), {"cause": ""}).status_code == 422
    assert client.post(reopen_address(report), {"cause": "again"}).status_code == 302
    assert some.state(report) == "verifying"


def test_the_public_reads_numbers_with_their_denominators_and_no_words(client):
    first, _second = some.confirming(n=2)
    some.say(first, Answer(True, levels={"speed": 4}, words="门口还有一点积水，我家在一楼"))
    page = client.get(f"/t/{first.topic.number}/").content.decode()
    assert "请了 2 位，已答复 1 位，还没有答复 1 位。" in page
    assert "4.0" in page and "我家" not in page


def test_neither_unit_nor_public_reads_why_in_the_reporters_words(client):
    (report,) = some.confirming()
    some.say(report, Answer(False, "half", words="我住 3 号楼 502，电话 13812345678"))
    task = Task.objects.get()
    public = client.get(f"/t/{report.topic.number}/").content.decode()
    enter(client, make.actor("unit_officer", unit=task.unit))
    unit = client.get(f"/desk/tasks/{task.pk}/").content.decode()
    for page in (public, unit):
        assert "只办了一半" in page and "13812345678" not in page and "3 号楼" not in page


def test_the_room_reads_the_words_and_notes_its_calls(client):
    first, second = some.confirming(n=2)
    some.say(first, Answer(True, words="谢谢你们"))
    enter(client, make.actor("clerk", room=first.topic.room))
    assert "谢谢你们" in client.get(f"/desk/t/{first.topic.number}/").content.decode()
    url = f"/desk/t/{first.topic.number}/call-back/"
    assert client.post(url, {"report": second.pk, "said": "yes", "words": "说好"}).status_code == 302
    assert CallBack.objects.get().said == "yes"
    assert some.state(first) == "confirming"


def test_a_call_about_another_topics_report_is_a_missing_page(client):
    report, other = some.confirming()[0], some.confirming()[0]
    enter(client, make.actor("clerk", room=report.topic.room))
    url = f"/desk/t/{report.topic.number}/call-back/"
    assert client.post(url, {"report": other.pk, "said": "yes"}).status_code == 404


def test_more_answers_cost_no_more_queries(client):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def cost(n):
        reports = some.confirming(n=n)
        tick.ask_waiting()
        for report in reports[:-1]:
            some.say(report)
        client.get(f"/t/{reports[0].topic.number}/")
        with CaptureQueriesContext(connection) as seen:
            client.get(f"/t/{reports[0].topic.number}/")
        return len(seen)

    assert cost(2) == cost(12)


# --- what the receipt says afterwards ----------------------------------------------------------


def test_whoever_said_no_three_times_reads_that_it_is_supervised(client):
    (report,) = some.confirming()
    for _each in range(3):
        some.say(report, some.NO)
        if some.state(report) == "delivering":
            some.report_done(Task.objects.get())
    assert "已进入督办" in client.get(receipt_address(report)).content.decode()


def test_what_was_confirmed_and_opened_again_is_no_longer_called_resolved(client):
    (report,) = some.confirming()
    some.say(report)
    client.post(reopen_address(report), {"cause": "again"})
    page = client.get(receipt_address(report)).content.decode()
    assert "后来又重新打开" in page and "这件事已确认解决" not in page


def test_why_it_was_not_solved_is_told_in_the_readers_language(client):
    (report,) = some.confirming()
    some.say(report, some.NO)
    page = client.get(f"/t/{report.topic.number}/", headers={"accept-language": "en"}).content.decode()
    assert "Only half was done" in page and "只办了一半" not in page


def test_a_round_that_supervision_overtook_waits_for_nobody(client):
    (report,) = some.confirming()
    tick.tick()
    path = f"/t/{report.topic.number}/"
    assert "正在等答复" in client.get(path).content.decode()
    report.topic.refresh_from_db()
    delivery.supervise(report.topic, "群众来信", by=make.actor("supervisor", place=report.topic.place))
    page = client.get(path).content.decode()
    assert "正在等答复" not in page and "这一轮没有结果" in page


# --- when it has ended -------------------------------------------------------------------------


def test_the_receipt_of_what_was_explained_says_what_was_not_done_and_why(client):
    (report,) = some.confirming()
    supervisor = make.actor("supervisor")
    delivery.supervise(report.topic, "修了三次没好", by=supervisor)
    report.topic.refresh_from_db()
    delivery.explain(report.topic, "围挡三月拆除后重新敷设。", by=supervisor)
    page = client.get(receipt_address(report)).content.decode()
    assert "围挡三月拆除后重新敷设。" in page and "没有走完" in page and "这件事不走这一步" in page


def test_after_half_a_year_the_receipt_says_why_it_opens_nothing_again_and_what_to_do(client):
    (report,) = some.confirming()
    some.say(report)
    report.topic.refresh_from_db()
    assert "重新打开" in client.get(receipt_address(report)).content.decode()
    with clock.at(report.topic.ended_at + rules.REOPEN_WITHIN + timedelta(days=1)):
        page = client.get(receipt_address(report)).content.decode()
    assert "结束已满半年" in page and f"/rooms/{report.topic.room_id}/" in page and reopen_address(report) not in page


def test_the_clerk_who_checks_it_anew_is_led_to_why_it_was_opened_again(client):
    (report,) = some.confirming()
    some.say(report)
    actions.reopen(report, "again", "灯又灭了，靠菜场那盏", by=ANYONE, own=True)
    enter(client, make.actor("clerk", room=report.topic.room))
    assert f"/desk/t/{report.topic.number}/#evaluation" in client.get(f"/desk/triage/{report.topic.number}/").content.decode()
    assert "靠菜场那盏" in client.get(f"/desk/t/{report.topic.number}/").content.decode()
