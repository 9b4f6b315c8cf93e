"""Two reporters answer in the same moment: both are counted, and it is resolved once."""

import pytest

from mashangyi.ground.journal.models import Entry
from mashangyi.ground.people.actor import ANYONE
from mashangyi.stages.delivery.tests.test_at_once import at_once, refused
from mashangyi.stages.evaluation import actions, tick
from mashangyi.stages.evaluation.models import Judgement, Round

from . import factories as some
from .factories import NO, YES

pytestmark = pytest.mark.django_db(transaction=True)


def judge(report, answer):
    return lambda: actions.judge(report, answer, by=ANYONE, own=True)


def test_two_yes_at_once_resolve_it():
    first, second = some.confirming(n=2)
    assert not refused(at_once(judge(first, YES), judge(second, YES)))
    assert some.state(first) == "resolved"
    assert Judgement.objects.count() == 2 and Round.objects.count() == 1
    assert Entry.objects.filter(verb="topic.confirm").count() == 1


def test_yes_and_no_at_once_is_a_redo_whoever_came_first():
    first, second = some.confirming(n=2)
    at_once(judge(first, YES), judge(second, NO))
    assert some.state(first) == "delivering"


def test_worker_and_reporter_ask_once():
    (report,) = some.confirming()
    at_once(tick.ask_waiting, judge(report, YES))
    assert Round.objects.count() == 1
    assert some.state(report) == "resolved"
