"""The rule book of a task: signed for, shown step by step, reported done with evidence and its cost."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from mashangyi.ground.calendar import clock, clocks
from mashangyi.ground.calendar.clock import at, local, now
from mashangyi.ground.calendar.tick import tick
from mashangyi.ground.journal.models import Entry
from mashangyi.ground.outbox.notices import kinds_for
from mashangyi.ground.people.actor import ANYONE
from mashangyi.ground.photos.queries import photos_of
from mashangyi.stages.delivery import actions
from mashangyi.stages.delivery.models import Task
from mashangyi.topic.lifecycle import Conflict
from tests import factories as make

from . import factories as some

pytestmark = pytest.mark.django_db


def running(task) -> set[str]:
    return {each.kind for each in clocks.running(task.subject)}


def test_a_task_handed_over_directly_holds_the_topic_until_its_deadline():
    task = some.task(content="修路灯")
    topic = task.topic
    assert (topic.state, topic.track, topic.holder) == ("delivering", "direct", task.unit.name)
    assert topic.due_at == task.due_at
    assert running(task) == {"signing", "task"}
    assert task.item is None


def overruns(topic) -> list[str]:
    """What every page of the house can show of it: each time an end was told as overrun, with whose it was."""
    entries = Entry.objects.filter(verb="clock.overdue", room=topic.room_id).order_by("seq")
    return [f"{each.data['what']} {each.data['holder']}" for each in entries]


def test_a_single_task_that_is_late_is_told_late_once_to_everyone_and_to_its_unit():
    task = some.signed()
    officer = some.officer(task)
    with clock.at(task.due_at + timedelta(hours=1)):
        tick()
    assert overruns(task.topic) == [f"办理 {task.unit.name}"]
    entry = Entry.objects.get(verb="clock.overdue")
    assert entry.topic == task.topic_id
    (told,) = [kind for kind in kinds_for("clock.overdue") if kind.name == "task_clock"]
    assert f"person:{officer.person_id}" in told.recipients(entry)


def test_a_task_that_gets_more_time_than_the_others_is_told_late_once_too():
    first = some.signed()
    other = actions.assign(first.topic, make.unit(), "补种树", first.due_at, by=some.convener(first))
    actions.sign_for(other, by=some.officer(other))
    later = first.due_at + timedelta(days=5)
    plea = actions.ask_extension(other, later, "等苗", by=some.officer(other))
    actions.grant_extension(plea, by=some.convener(other))
    with clock.at(later + timedelta(hours=1)):
        tick()
    assert sorted(overruns(first.topic)) == sorted(f"办理 {task.unit.name}" for task in (first, other))


def test_a_task_worked_on_again_is_told_late_once():
    task = some.done()
    actions.redo(task.topic, "只办了一半", by=ANYONE, own=True)
    task.refresh_from_db()
    with clock.at(task.due_at + timedelta(hours=1)):
        tick()
    assert overruns(task.topic) == [f"返工 {task.unit.name}"]


def test_without_a_deadline_a_task_has_seven_working_days():
    task = some.task(due=None)
    assert task.due_at == clocks.CLOCKS["task"].due(task.assigned_at)


def test_a_deadline_must_lie_ahead():
    with pytest.raises(ValidationError) as problem:
        some.task(due=now() - timedelta(hours=1))
    assert "due" in problem.value.message_dict


def test_signing_stops_the_clock_of_signing_and_only_that():
    task = some.signed()
    assert task.state == "signed" and task.signed_at
    assert running(task) == {"task"}


def test_of_two_officers_who_sign_only_the_first_signs():
    task = some.task()
    first, second = Task.objects.get(pk=task.pk), Task.objects.get(pk=task.pk)
    actions.sign_for(first, by=some.officer(task))
    with pytest.raises(Conflict):
        actions.sign_for(second, by=some.officer(task))


def test_the_first_step_shows_that_work_has_begun():
    task = some.signed()
    step = actions.add_milestone(
        task, "拆下旧灯", by=some.officer(task), photos=[some.photo()], kind="before"
    )
    assert task.state == "working"
    kept = photos_of(step.subject)
    assert [(photo.kind, photo.public) for photo in kept] == [("before", True)]


def test_a_step_needs_words():
    task = some.signed()
    with pytest.raises(ValidationError):
        actions.add_milestone(task, "  ", by=some.officer(task))


def test_done_needs_evidence():
    task = some.signed()
    with pytest.raises(ValidationError) as problem:
        actions.report_done(task, actual_cost=0, by=some.officer(task))
    assert "photos" in problem.value.message_dict


def test_a_photo_is_evidence_enough():
    task = some.signed()
    actions.report_done(task, "装好了", actual_cost=0, by=some.officer(task), photos=[some.photo()])
    assert task.state == "done"


@pytest.mark.parametrize("cost", [None, -1, 1.5, True, "800", 10**13])
def test_done_needs_the_real_cost_in_whole_yuan(cost):
    task = some.signed()
    actions.add_milestone(task, "换灯", by=some.officer(task))
    with pytest.raises(ValidationError) as problem:
        actions.report_done(task, actual_cost=cost, by=some.officer(task))
    assert "actual_cost" in problem.value.message_dict


def test_when_the_last_task_is_done_the_reporters_are_asked():
    task = some.done()
    assert task.topic.state == "confirming"
    assert not running(task)


def test_while_another_task_is_open_the_topic_stays_in_delivery_with_its_unit():
    task = some.signed()
    other = actions.assign(task.topic, make.unit(), "接电", now() + timedelta(days=5), by=some.convener(task))
    actions.report_done(task, "好", actual_cost=1, by=some.officer(task), photos=[some.photo()])
    task.topic.refresh_from_db()
    assert (task.topic.state, task.topic.holder) == ("delivering", other.unit.name)
    assert task.topic.due_at == other.due_at


def test_nothing_can_be_done_to_a_task_whose_topic_is_being_confirmed():
    task = some.done()
    for deed in (
        lambda: actions.add_milestone(task, "又来", by=some.officer(task)),
        lambda: actions.report_done(task, actual_cost=1, by=some.officer(task)),
        lambda: actions.ask_extension(task, now() + timedelta(days=90), "慢", by=some.officer(task)),
    ):
        with pytest.raises(Conflict):
            deed()


def test_a_task_is_late_from_the_moment_after_its_deadline():
    task = some.signed()
    with clock.at(task.due_at):
        assert not task.is_overdue
    with clock.at(task.due_at + timedelta(seconds=1)):
        assert task.is_overdue


# --- signing for it ----------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_task_that_nobody_signs_for_in_time_says_so_on_every_page(client):
    with at(local(2026, 6, 2, 10)):
        task = some.task()
        assert task.sign_by == local(2026, 6, 4, 10)
        public = f"/t/{task.topic.number}/"
        assert "签收已超" not in client.get(public).content.decode()
    with at(local(2026, 6, 5, 10)):
        assert "签收已超 24 小时" in client.get(public).content.decode()
        actions.sign_for(task, by=some.officer(task))
        assert task.sign_by is None and "签收已超" not in client.get(public).content.decode()
