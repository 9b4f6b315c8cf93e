"""Who is told what, from the journal: each kind of notice finds its people and its words."""

from collections import defaultdict
from datetime import timedelta

import pytest

from mashangyi.ground.calendar import clock
from mashangyi.ground.journal.models import Entry
from mashangyi.ground.outbox.models import Notice
from mashangyi.ground.outbox.notices import kinds_for
from mashangyi.ground.outbox.worker import project
from mashangyi.ground.people.actor import ANYONE
from mashangyi.ground.people.models import Post
from mashangyi.stages.delivery import actions as delivery
from mashangyi.stages.delivery.models import Task
from mashangyi.stages.delivery.tests import factories as delivered
from mashangyi.stages.evaluation import actions, tick
from mashangyi.stages.evaluation.models import Round
from mashangyi.stages.evaluation.queries import judge_address
from mashangyi.stages.intake.models import Report
from tests import factories as make

from . import factories as some
from .factories import NO

pytestmark = pytest.mark.django_db

def notices_of(verb: str) -> dict[str, list[str]]:
    """Who really gets what, by kind: the worker leaves out the doer where it knows them."""
    while project():
        pass
    seqs = Entry.objects.filter(verb=verb).values("seq")
    found = defaultdict(list)
    for kind, who in Notice.objects.filter(seq__in=seqs).order_by("id").values_list("kind", "recipient"):
        found[kind].append(who)
    return found


OURS = ("new_task", "plea_decided", "urged", "unit_topic", "task_clock", "plea_asked", "task_extended",
        "please_confirm", "not_solved")  # fmt: skip


def told(verb: str) -> dict[str, list]:
    """Kind of notice → what its recipients get, for the last entry of this verb."""
    entry = Entry.objects.filter(verb=verb).order_by("-seq").first()
    kinds = [kind for kind in kinds_for(verb) if kind.name in OURS]
    return {
        kind.name: [(who, *kind.words(entry, who)) for who in dict.fromkeys(kind.recipients(entry))]
        for kind in kinds
    }


def person_of(actor) -> str:
    return f"person:{Post.objects.get(pk=actor.post_id).person_id}"


def test_a_unit_hears_of_its_new_task_and_the_link_leads_there():
    unit = make.unit()
    officer = make.actor("unit_officer", unit=unit)
    make.actor("unit_officer", unit=make.unit())
    task = delivered.task(unit=unit)
    ((who, _title, words, link),) = told("delivery.assigned")["new_task"]
    assert who == person_of(officer) and link == f"/desk/tasks/{task.pk}/"
    assert task.content in words


def test_the_convener_hears_of_what_is_asked_and_the_unit_of_the_answer():
    task = delivered.signed()
    convener, officer = delivered.convener(task), delivered.officer(task)
    plea = delivery.ask_extension(task, task.due_at.replace(year=task.due_at.year + 1), "等货", by=officer)
    asked = told("delivery.extension_asked")["plea_asked"]
    assert [row[0] for row in asked] == [person_of(convener)] and asked[0][2] == "等货"
    delivery.grant_extension(plea, by=convener)
    assert person_of(officer) in [row[0] for row in told("delivery.extended")["plea_decided"]]


def test_reporters_hear_of_a_later_deadline_with_its_reason():
    (report,) = some.reported()
    some.carry_out(report)
    some.say(report, NO)
    task = Task.objects.get()
    officer = delivered.officer(task)
    plea = delivery.ask_extension(task, task.due_at.replace(year=task.due_at.year + 1), "等货", by=officer)
    delivery.grant_extension(plea, by=delivered.convener(task))
    ((who, _title, words, link),) = told("delivery.extended")["task_extended"]
    assert who == report.subject and "等货" in words and report.number in link


def test_those_who_are_asked_get_the_link_to_their_own_judging_page():
    reports = some.confirming(n=2, supporters=1)
    tick.ask_waiting()
    rows = told("evaluation.asked")["please_confirm"]
    assert {row[0]: row[3] for row in rows} == {each.subject: judge_address(each) for each in reports[:2]}


def test_a_no_reaches_the_room_and_the_unit_without_the_reporters_words():
    (report,) = some.confirming()
    convener = make.actor("convener", room=report.topic.room)
    officer = make.actor("unit_officer", unit=Task.objects.get().unit)
    some.say(report, some.Answer(False, "again", words="我是王大妈"))
    room, unit = told("evaluation.judged_not")["not_solved"], told("topic.redo")["unit_topic"]
    assert person_of(convener) in [row[0] for row in room]
    assert person_of(officer) in [row[0] for row in unit]
    assert "王大妈" not in str(room) + str(unit) and "好了几天又坏了" in str(unit)


@pytest.mark.parametrize(("answer", "verb"), [(some.YES, "topic.confirm"), (NO, "topic.redo")])
def test_the_other_reporters_hear_whether_it_is_solved(answer, verb):
    first, second, third = some.confirming(n=2, supporters=1)
    some.say(first, some.YES)
    some.say(second, answer)
    assert sorted(notices_of(verb)["decided"]) == sorted([first.subject, f"person:{third.person_id}"])


def test_when_the_time_of_asking_is_over_everyone_hears_what_was_counted():
    first, second = some.confirming(n=2)
    some.say(first, some.YES)
    with clock.at(Round.objects.get().until + timedelta(minutes=1)):
        tick.close_over()
        assert sorted(notices_of("topic.confirm")["decided"]) == sorted([first.subject, second.subject])


def test_a_reopening_reaches_the_room():
    (report,) = some.confirming()
    clerk = make.actor("clerk", room=report.topic.room)
    some.say(report)
    report.refresh_from_db()
    actions.reopen(report, "again", by=some.ANYONE, own=True)
    assert person_of(clerk) in [row[0] for row in told("topic.reopen")["not_solved"]]


def test_whoever_opens_it_again_without_an_account_hears_nothing_of_it_and_the_others_do():
    first, second = some.confirming(n=2)
    some.say(first), some.say(second)
    first.refresh_from_db()
    actions.reopen(first, "again", by=ANYONE, own=True)
    told = notices_of("topic.reopen")
    assert told["opened_again"] == [second.subject]
    assert first.subject not in sum(told.values(), [])


def test_nor_does_a_person_who_opens_it_by_the_receipt_of_their_own_report_signed_out():
    person = some.neighbour().person_id
    first, second = some.confirming(n=2)
    Report.objects.filter(pk=first.pk).update(person=person)
    for each in (first, second):
        some.say(each)
    first.refresh_from_db()
    actions.reopen(first, "again", by=ANYONE, own=True)
    assert notices_of("topic.reopen")["opened_again"] == [second.subject]


def test_when_an_auditor_opens_it_again_every_reporter_hears_of_it():
    reports = some.confirming(n=2)
    for each in reports:
        some.say(each)
    reports[0].topic.refresh_from_db()
    actions.reopen_by_audit(reports[0].topic, "照片与另一件相同", by=make.actor("auditor"))
    assert notices_of("topic.reopen")["opened_again"] == [each.subject for each in reports]


def test_a_second_opening_leaves_out_the_second_doer_and_not_the_first():
    first, second = some.confirming(n=2)
    for doer in (first, second):
        for each in (first, second):
            some.say(each)
        doer.refresh_from_db()
        actions.reopen(doer, "again", by=ANYONE, own=True)
        some.carry_out_again(doer)
    assert notices_of("topic.reopen")["opened_again"] == [second.subject, first.subject]


def test_a_units_clock_reaches_the_unit():
    from datetime import timedelta

    from mashangyi.ground.calendar import clock
    from mashangyi.ground.calendar.tick import tick as clocks_tick

    task = delivered.signed()
    officer = delivered.officer(task)
    with clock.at(task.due_at + timedelta(hours=1)):
        clocks_tick()
        told_of = [row[0] for row in told("clock.overdue")["task_clock"]]
    assert person_of(officer) in told_of
