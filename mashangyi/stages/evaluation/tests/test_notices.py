"""Who is told what, from the journal: each kind of notice finds its people and its words."""

import pytest

from mashangyi.ground.journal.models import Entry
from mashangyi.ground.outbox.notices import kinds_for
from mashangyi.ground.people.models import Post
from mashangyi.stages.delivery import actions as delivery
from mashangyi.stages.delivery.models import Task
from mashangyi.stages.delivery.tests import factories as delivered
from mashangyi.stages.evaluation import actions, tick
from mashangyi.stages.evaluation.queries import judge_address
from tests import factories as make

from . import factories as some
from .factories import NO

pytestmark = pytest.mark.django_db

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


def test_a_reopening_reaches_the_room():
    (report,) = some.confirming()
    clerk = make.actor("clerk", room=report.topic.room)
    some.say(report)
    report.refresh_from_db()
    actions.reopen(report, "again", by=some.ANYONE, own=True)
    assert person_of(clerk) in [row[0] for row in told("topic.reopen")["not_solved"]]


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
