"""Urging and supervision: public words, by the right post, and never an end in silence."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from mashangyi.ground.calendar import clock, clocks
from mashangyi.ground.calendar.clock import now
from mashangyi.ground.journal import read
from mashangyi.ground.people.law import No
from mashangyi.stages.delivery import actions, queries
from mashangyi.stages.delivery.models import Task
from mashangyi.topic.lifecycle import Conflict
from tests import factories as make

from . import factories as some

pytestmark = pytest.mark.django_db


def supervisor(place: str = "3208"):
    return make.actor("supervisor", place=place)


def test_urging_is_public_with_its_words():
    task = some.signed()
    actions.urge(task, "居民等了一周", by=supervisor())
    entry = read.of_topic(task.topic_id, public=True)[-1]
    assert (entry.verb, entry.data["reason"]) == ("delivery.urged", "居民等了一周")


def test_the_convener_reminds_in_their_own_room_only():
    task = some.signed()
    actions.urge(task, "请抓紧", by=some.convener(task))
    with pytest.raises(No):
        actions.urge(task, "请抓紧", by=make.actor("convener", room=make.room()))


def test_a_supervisor_of_another_county_is_refused():
    task = some.signed()
    with pytest.raises(No):
        actions.supervise(task.topic, "慢", by=supervisor("320831"))


def test_supervision_needs_a_reason_and_shows_who_supervises():
    task = some.signed()
    with pytest.raises(No):
        actions.supervise(task.topic, "  ", by=supervisor())
    by = supervisor()
    topic = actions.supervise(task.topic, "超期十天没有进展", by=by)
    assert (topic.state, topic.holder) == ("supervised", by.label)


def test_work_goes_on_under_supervision_and_is_reported_done_from_there():
    task = some.signed()
    actions.supervise(task.topic, "慢", by=supervisor())
    actions.add_milestone(task, "开工了", by=some.officer(task))
    actions.report_done(task, actual_cost=5, by=some.officer(task))
    task.topic.refresh_from_db()
    assert task.topic.state == "confirming"


def test_after_supervision_there_is_a_new_deadline():
    task = some.signed()
    actions.supervise(task.topic, "慢", by=supervisor())
    due = now() + timedelta(days=30)
    topic = actions.resume(task.topic, "月底前办完", due=due, by=supervisor())
    task.refresh_from_db()
    assert (topic.state, topic.due_at, task.due_at) == ("delivering", due, due)
    assert clocks.running(task.subject, "task")[0].due_at == due


def test_what_waits_for_confirmation_can_be_supervised_and_is_then_worked_on_again():
    task = some.done()
    actions.supervise(task.topic, "照片和现场不符", by=supervisor())
    task.refresh_from_db()
    assert (task.state, task.redone) == ("working", 0)
    assert actions.resume(task.topic, "重做", by=supervisor()).state == "delivering"


def test_an_explanation_ends_it_as_explained_never_as_solved():
    task = some.signed()
    actions.supervise(task.topic, "慢", by=supervisor())
    topic = actions.explain(task.topic, "管线不归本市，已报省里", by=supervisor())
    task.refresh_from_db()
    assert (topic.state, topic.outcome, task.state) == ("explained", "explained", "dropped")
    assert not clocks.running(task.subject)


def test_each_task_that_an_explanation_ends_stands_in_the_journal():
    task = some.signed()
    actions.supervise(task.topic, "慢", by=supervisor())
    actions.explain(task.topic, "管线不归本市，已报省里", by=supervisor())
    dropped, ended = read.of_topic(task.topic_id, public=True)[-2:]
    assert (dropped.verb, ended.verb) == ("delivery.dropped", "topic.explain")
    assert dropped.data == {"task": task.pk, "unit": task.unit.name, "content": task.content}


def test_resuming_needs_something_to_do_and_words():
    task = some.signed()
    actions.supervise(task.topic, "慢", by=supervisor())
    with pytest.raises(ValidationError):
        actions.resume(task.topic, "", by=supervisor())


def test_explaining_what_is_not_supervised_is_a_conflict():
    task = some.signed()
    with pytest.raises(Conflict):
        actions.explain(task.topic, "x", by=supervisor())


def test_redo_is_a_residents_word_alone():
    task = some.done()
    for role in ("clerk", "convener", "supervisor", "unit_officer", "auditor"):
        with pytest.raises(No):
            actions.redo(task.topic, "没好", by=make.actor(role, room=task.topic.room, unit=task.unit))


def test_the_supervisor_sees_what_is_late_under_the_place_latest_first():
    first, second = some.task(due=now() + timedelta(days=3)), some.task(due=now() + timedelta(days=1))
    some.task(due=now() + timedelta(days=9))
    with clock.at(now() + timedelta(days=5)):
        assert queries.overdue_under("3208") == [second, first]
        assert queries.overdue_under("320812") == [second, first]
        assert queries.overdue_under("320812004") == [second, first]
        assert queries.overdue_under("320831") == []
        assert queries.overdue_under("3208", after=second.pk) == [first]
        assert queries.numbers_under("320812") == {"open": 3, "overdue": 2, "soon": 0}


def test_a_late_task_is_told_late_until_it_is_done():
    task = some.task(due=now() + timedelta(days=1))
    with clock.at(now() + timedelta(days=4)):
        assert Task.objects.get(pk=task.pk).is_overdue
        assert "已超" in clocks.left(task.due_at)
