"""Who could make a matter count as solved that is not: one phone as many neighbours, staff with a receipt they wrote."""

from datetime import timedelta

import pytest

from mashangyi.ground.calendar import clock
from mashangyi.ground.calendar.clock import now
from mashangyi.ground.journal import read
from mashangyi.ground.journal.models import Entry
from mashangyi.ground.people import vault
from mashangyi.ground.people.actor import ANYONE, in_post, resident
from mashangyi.ground.people.law import No
from mashangyi.ground.people.models import Person
from mashangyi.stages.evaluation import actions, queries, tick
from mashangyi.stages.evaluation.models import Judgement, Question, Round
from mashangyi.stages.evaluation.queries import judge_address
from mashangyi.stages.intake.actions import Source, record_report, support
from mashangyi.stages.intake.models import Report
from tests import factories as make

from . import factories as some
from .factories import NO, YES

pytestmark = pytest.mark.django_db
PHONE = "13905170001"


def later(days):
    return clock.at(now() + timedelta(days=days))


def with_phone(number: str = PHONE, kind: str = "resident"):
    """Somebody who signed in with a code sent to this number."""
    person = Person.objects.create(kind=kind)
    vault.seal(f"person:{person.pk}", phone=vault.phone_number(number))
    return resident(person)


def of_topic(report, verb: str) -> list[dict]:
    return [entry.data for entry in read.of_topic(report.topic_id, public=False) if entry.verb == verb]


# --- one phone as many neighbours --------------------------------------------------------------


def test_a_phone_that_joined_ten_times_is_drawn_as_no_neighbour():
    report, *passers = some.confirming(passers=10)
    tick.tick()
    with later(days=30):
        tick.tick()
        assert not Question.objects.filter(why="neighbour").exists()
        for each in passers:
            some.say(each)
    with later(days=90):
        tick.tick()
        assert some.state(report) == "confirming"
    assert not Judgement.objects.filter(counts=True).exists()


def test_only_neighbours_known_by_a_phone_code_are_drawn():
    _report, known, *_passers = some.confirming(supporters=1, passers=5)
    tick.tick()
    with later(days=30):
        tick.tick()
    drawn = Question.objects.filter(why="neighbour").values_list("recipient", flat=True)
    assert list(drawn) == [f"person:{known.person_id}"]


def test_neither_staff_nor_what_they_joined_in_a_post_is_drawn():
    report, *_none = some.reported()
    clerk = make.actor("clerk", room=report.topic.room)
    support(report.topic, by=clerk)
    support(report.topic, by=resident(Person.objects.get(pk=make.actor("clerk").person_id)))
    some.carry_out(report)
    tick.tick()
    with later(days=30):
        tick.tick()
    assert not Question.objects.filter(why="neighbour").exists()


def test_a_phone_that_nobody_knows_sends_no_unit_back_to_work():
    report, passer = some.confirming(passers=1)
    some.say(passer, NO)
    assert some.state(report) == "confirming"
    assert not Judgement.objects.get().counts


def test_a_neighbour_without_an_account_objects_once_they_have_signed_in():
    report, passer = some.confirming(passers=1)
    some.say(passer, NO, by=with_phone())
    assert some.state(report) == "delivering"


def test_a_person_with_two_reports_is_one_answer_and_the_later_one_stands():
    first, second = some.confirming(n=2)
    person = some.neighbour()
    Report.objects.filter(pk__in=[first.pk, second.pk]).update(person=person.person_id)
    other = record_report(first.topic.room, "灯还是不亮", by=ANYONE, joins=first.topic).report
    Report.objects.filter(pk=other.pk).update(joined=False)
    tick.tick()
    some.say(first, YES)
    some.say(second, YES)
    tally = queries.rounds_of(first.topic)[0].tally
    assert (tally.asked, tally.answered, tally.yes) == (2, 1, 1)
    assert [data.get("was") for data in of_topic(first, "evaluation.judged")] == [None, "yes"]


# --- staff with a receipt ----------------------------------------------------------------------


def test_a_receipt_that_a_clerk_wrote_out_confirms_nothing_by_itself():
    (report,) = some.entered()
    said = some.say(report)
    assert (said.counts, said.at_counter) == (False, "clerk")
    with later(days=60):
        tick.tick()
        assert some.state(report) == "confirming"


@pytest.mark.parametrize(
    ("role", "channel"), [("grid_worker", "proxy"), ("grid_worker", "grid"), ("convener", "committee"), ("clerk", "scan")]
)
def test_nor_does_one_of_any_other_post(role, channel):
    (report,) = some.entered(role, channel)
    assert not some.say(report).counts
    assert some.state(report) == "confirming"


def test_the_journal_says_whose_receipt_it_was_and_that_it_confirms_nothing_alone():
    (report,) = some.entered()
    some.say(report)
    (data,) = of_topic(report, "evaluation.judged")
    assert data["counts"] is False and data["entered_by"] == "议事专员"
    assert "不单独算确认" in data["kind"]


def test_with_it_neighbours_are_asked_at_once_and_their_word_resolves():
    report, neighbour = some.entered(supporters=1)
    some.say(report)
    assert Question.objects.get(why="neighbour").recipient == f"person:{neighbour.person_id}"
    some.say(neighbour)
    assert some.state(report) == "resolved"


def test_a_neighbours_no_outweighs_it():
    report, neighbour = some.entered(supporters=1)
    some.say(report)
    some.say(neighbour, NO)
    assert some.state(report) == "delivering"


def test_what_is_not_solved_counts_from_such_a_receipt_too():
    (report,) = some.entered()
    some.say(report, NO)
    assert some.state(report) == "delivering"


def test_with_the_number_that_was_left_the_reporter_themselves_confirms():
    (report,) = some.entered(phone=PHONE)
    assert not some.say(report).counts
    assert some.say(report, by=with_phone()).counts
    assert some.state(report) == "resolved"


def test_another_number_than_the_one_left_confirms_nothing():
    (report,) = some.entered(phone=PHONE)
    assert not some.say(report, by=with_phone("13905170002")).counts


def test_a_staff_account_confirms_nothing_even_with_the_number_that_was_left():
    (report,) = some.entered(phone=PHONE)
    with pytest.raises(No):
        some.say(report, by=with_phone(kind="staff"))


def test_a_staff_account_whose_post_is_not_open_judges_nothing():
    (report,) = some.confirming()
    clerk = resident(Person.objects.get(pk=make.actor("clerk", room=report.topic.room).person_id))
    with pytest.raises(No):
        some.say(report, by=clerk)
    Report.objects.filter(pk=report.pk).update(person=clerk.person_id)
    with pytest.raises(No):
        some.say(report, by=clerk)


def test_a_ticket_of_another_system_is_its_callers_own_and_has_no_slip(client):
    room = make.room()
    post = make.post("clerk", room=room)
    ticket = Source("12345", "CX1", {})
    report = record_report(room, "工地太吵", "hotline", by=in_post(post), phone=PHONE, source=ticket).report
    client.force_login(post.person)
    assert client.get(f"/desk/filed/{report.number}/slip/").status_code == 404
    some.carry_out(Report.objects.get(pk=report.pk))
    assert some.say(report).counts


# --- what the pages say ------------------------------------------------------------------------


def test_the_page_says_before_one_answers_that_such_a_receipt_is_not_enough(client):
    (report,) = some.entered(phone=PHONE)
    page = client.get(judge_address(report)).content.decode()
    assert "这张回执是议事专员代填的" in page
    assert "用当时留的手机号登录" in page
    client.post(judge_address(report), {"solved": "yes"})
    after = client.get(judge_address(report).removesuffix("judge/")).content.decode()
    assert "还要邻居确认才算解决" in after


def test_where_no_number_was_left_none_is_asked_for(client):
    (report,) = some.entered()
    assert "用当时留的手机号登录" not in client.get(judge_address(report)).content.decode()


def test_a_reporter_of_their_own_is_told_nothing_of_it(client):
    (report,) = some.confirming()
    assert "代填" not in client.get(judge_address(report)).content.decode()


def test_the_public_and_the_room_read_how_many_spoke_at_a_counter(client):
    (report,) = some.entered()
    some.say(report)
    assert "另有 1 位凭工作人员代填的回执" in client.get(f"/t/{report.topic.number}/").content.decode()
    client.force_login(make.post("clerk", room=report.topic.room).person)
    assert "凭议事专员代填的回执" in client.get(f"/desk/t/{report.topic.number}/").content.decode()


def test_a_staff_account_without_its_second_factor_is_offered_no_form(client):
    (report,) = some.confirming()
    post = make.post("clerk", room=report.topic.room)
    post.person.authenticator_set.all().delete()
    client.force_login(post.person)
    assert "请先退出" in client.get(judge_address(report)).content.decode()
    assert client.post(judge_address(report), {"solved": "yes"}).status_code == 403


def test_the_question_asked_is_answered_and_the_answer_stands_apart():
    """Asked and answered are counted; satisfied and not satisfied are not: the figures' denominators hold."""
    (report,) = some.entered()
    some.say(report)
    opened = Round.objects.get()
    assert opened.questions.exclude(answered_at=None).count() == 1
    (data,) = [e.data for e in Entry.objects.filter(verb="evaluation.judged")]
    assert data["first"] and not data["counts"]
    assert actions.judge(report, NO, by=ANYONE, own=True).counts
