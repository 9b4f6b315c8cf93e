"""The rule book of return, extension and "cannot be done": what a unit asks, what the convener decides."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from mashangyi.ground.calendar import clock, clocks
from mashangyi.ground.calendar.clock import now
from mashangyi.stages.delivery import actions, rules
from mashangyi.stages.delivery.models import Plea, Task
from mashangyi.topic.lifecycle import Conflict
from tests import factories as make

from . import factories as some

pytestmark = pytest.mark.django_db


def returned(**terms):
    task = some.task(**terms)
    return task, actions.return_task(task, "灯归供电公司管", by=some.officer(task))


def extension(days: int = 20):
    task = some.signed()
    until = task.due_at + timedelta(days=days)
    return task, actions.ask_extension(task, until, "灯杆要等货", by=some.officer(task))


def cannot(task=None, cause: str = "planned"):
    task = task or some.signed()
    return task, actions.cannot_do(task, cause, "明年旧区改造一起做", by=some.officer(task))


# --- return ------------------------------------------------------------------------------------


def test_a_returned_task_stays_with_its_unit_until_the_convener_decides():
    task, plea = returned()
    assert (task.state, plea.state) == ("returned", "open")
    assert task.topic.holder == task.unit.name


@pytest.mark.parametrize(("hours", "may"), [(0, True), (47, True), (48, True), (49, False)])
def test_returning_is_possible_for_48_hours(hours, may):
    task = some.task()
    with clock.at(task.assigned_at + timedelta(hours=hours)):
        if may:
            assert actions.return_task(task, "不归我们", by=some.officer(task))
        else:
            with pytest.raises(ValidationError):
                actions.return_task(task, "不归我们", by=some.officer(task))


def test_what_has_been_begun_is_not_returned():
    task = some.signed()
    actions.add_milestone(task, "开工", by=some.officer(task))
    with pytest.raises(ValidationError):
        actions.return_task(task, "不归我们", by=some.officer(task))


def test_a_reason_is_needed_for_everything_that_is_asked():
    task = some.signed()
    for deed in (
        lambda: actions.return_task(task, " ", by=some.officer(task)),
        lambda: actions.ask_extension(task, task.due_at + timedelta(days=1), "", by=some.officer(task)),
        lambda: actions.cannot_do(task, "planned", "", by=some.officer(task)),
    ):
        with pytest.raises(ValidationError) as problem:
            deed()
        assert "reason" in problem.value.message_dict


def test_another_unit_gets_the_task_with_its_own_48_hours():
    task, plea = returned()
    power = make.unit("供电公司")
    with clock.at(now() + timedelta(hours=30)):
        actions.reassign(task, power, by=some.convener(task))
        task.refresh_from_db()
        plea.refresh_from_db()
        assert (task.unit, task.state, task.assigned_at) == (power, "assigned", now())
        assert (plea.state, task.topic.holder) == ("granted", power.name)
        assert {each.kind for each in clocks.running(task.subject)} == {"signing", "task"}


def test_a_refused_return_goes_back_to_where_it_stood():
    task, plea = returned()
    actions.refuse(plea, "街道分工里写明了", by=some.convener(task))
    task.refresh_from_db()
    assert task.state == "assigned"


def test_reassigning_to_the_same_unit_is_refused():
    task, _plea = returned()
    with pytest.raises(ValidationError):
        actions.reassign(task, task.unit, by=some.convener(task))


# --- extension ---------------------------------------------------------------------------------


def test_more_time_moves_the_task_its_clock_and_the_topic():
    task, plea = extension()
    actions.grant_extension(plea, by=some.convener(task))
    task.refresh_from_db()
    task.topic.refresh_from_db()
    assert task.due_at == plea.until == task.topic.due_at
    assert clocks.running(task.subject, "task")[0].due_at == plea.until
    assert not clocks.running(task.topic.subject)


def test_the_convener_may_give_another_day_but_not_an_earlier_one():
    task, plea = extension()
    with pytest.raises(ValidationError):
        actions.grant_extension(plea, until=task.due_at - timedelta(days=1), by=some.convener(task))
    wished, given = plea.until, task.due_at + timedelta(days=2)
    actions.grant_extension(plea, until=given, by=some.convener(task))
    kept = Plea.objects.get()
    assert (kept.until, kept.granted_until) == (wished, given), "what was asked for stays what it was"


def test_an_earlier_day_is_refused_with_the_deadline_of_now():
    task = some.signed()
    with pytest.raises(ValidationError, match=rules.day_of(task.due_at)):
        actions.ask_extension(task, task.due_at, "灯杆要等货", by=some.officer(task))


def test_it_is_asked_before_the_time_is_over():
    task = some.signed()
    with clock.at(task.due_at + timedelta(seconds=1)), pytest.raises(ValidationError) as problem:
        actions.ask_extension(task, task.due_at + timedelta(days=9), "慢", by=some.officer(task))
    assert "until" in problem.value.message_dict


def test_a_plea_is_decided_once():
    task, plea = extension()
    again = Plea.objects.select_related("task").get(pk=plea.pk)
    actions.grant_extension(plea, by=some.convener(task))
    with pytest.raises(Conflict):
        actions.refuse(again, "不行", by=some.convener(task))


def test_one_open_plea_a_task():
    task, plea = extension()
    with pytest.raises(ValidationError):
        actions.cannot_do(task, "planned", "明年做", by=some.officer(task))
    with pytest.raises(IntegrityError), transaction.atomic():
        Plea.objects.create(task=task, room=plea.room, unit=task.unit, kind="extension", reason="x")


# --- cannot be done ----------------------------------------------------------------------------


def test_only_the_conveners_consent_ends_it_with_class_and_reason():
    task, plea = cannot()
    assert task.topic.state == "delivering"
    actions.agree_cannot_do(plea, by=some.convener(task))
    topic = task.topic
    topic.refresh_from_db()
    assert (topic.state, topic.outcome) == ("not_feasible", "planned")
    assert topic.reason == "明年旧区改造一起做"
    assert Task.objects.get().state == "dropped"


def test_without_consent_it_goes_on():
    task, plea = cannot()
    actions.refuse(plea, "先做一半也行", by=some.convener(task))
    task.refresh_from_db()
    assert task.is_open


def test_the_class_must_be_one_of_the_three():
    with pytest.raises(ValidationError) as problem:
        cannot(cause="lazy")
    assert "cause" in problem.value.message_dict


def test_what_was_done_beside_it_is_still_confirmed():
    task = some.signed()
    other = actions.assign(task.topic, make.unit(), "接电", now() + timedelta(days=5), by=some.convener(task))
    actions.report_done(task, "好", actual_cost=1, by=some.officer(task), photos=[some.photo()])
    _task, plea = cannot(other)
    actions.agree_cannot_do(plea, by=some.convener(task))
    task.topic.refresh_from_db()
    assert task.topic.state == "confirming"


def test_reporting_done_makes_an_open_plea_void():
    task, plea = extension()
    actions.report_done(task, "好", actual_cost=0, by=some.officer(task), photos=[some.photo()])
    plea.refresh_from_db()
    assert plea.state == "void"
