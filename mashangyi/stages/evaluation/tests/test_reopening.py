"""Opening again: by the reporter within six months, by an auditor at any time, always with a public cause."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from mashangyi.ground.calendar import clock
from mashangyi.ground.calendar.clock import now
from mashangyi.ground.people.actor import ANYONE
from mashangyi.ground.people.law import No
from mashangyi.stages.delivery import actions as delivery
from mashangyi.stages.delivery.models import Task
from mashangyi.stages.evaluation import actions
from mashangyi.stages.evaluation.models import Reopening
from mashangyi.topic.lifecycle import Conflict
from tests import factories as make

from . import factories as some

pytestmark = pytest.mark.django_db


def resolved():
    (report,) = some.confirming()
    some.say(report)
    report.refresh_from_db()
    return report


def reopen(report, cause="again", words="", **how):
    return actions.reopen(report, cause, words, **{"by": ANYONE, "own": True, **how})


def test_a_reporter_opens_it_again_and_it_is_checked_anew():
    report = resolved()
    reopen(report, words="昨晚又不亮了，我家门口")
    assert some.state(report) == "verifying"
    assert report.topic.reason == "又出现了"
    assert Reopening.objects.get().was == "resolved"


def test_half_a_year_is_the_end_of_it():
    report = resolved()
    with clock.at(now() + timedelta(days=184)), pytest.raises(ValidationError):
        reopen(report)


@pytest.mark.parametrize("role", ["clerk", "convener", "unit_officer", "supervisor"])
def test_no_post_reopens_in_a_reporters_place(role):
    report = resolved()
    by = make.actor(role, room=report.topic.room, unit=Task.objects.get().unit)
    with pytest.raises(No):
        reopen(report, by=by)


def test_an_auditor_opens_again_what_does_not_hold():
    report = resolved()
    actions.reopen_by_audit(report.topic, "照片与另一件相同", by=make.actor("auditor"))
    assert some.state(report) == "verifying"


def test_what_is_open_cannot_be_opened_again():
    (report,) = some.confirming()
    with pytest.raises((ValidationError, Conflict)):
        reopen(report)


def test_a_cause_is_needed_and_other_needs_words():
    report = resolved()
    for cause in ("", "whatever", "other"):
        with pytest.raises(ValidationError):
            reopen(report, cause)


def test_a_second_course_has_its_own_tasks_and_the_old_ones_stay_done():
    report = resolved()
    reopen(report)
    clerk = make.actor("clerk", room=report.topic.room)
    report.topic.refresh_from_db()
    again = delivery.handle_directly(report.topic, make.unit(), "换整根线", by=clerk)
    assert again.batch == 2
    some.report_done(again)
    some.say(report, some.NO)
    states = dict(Task.objects.values_list("batch", "state"))
    assert states == {1: "done", 2: "working"}
