"""Two at once, in real threads: one wins, the other is told so, nothing is done twice."""

import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from mashangyi.ground.journal.models import Entry
from mashangyi.stages.delivery import actions
from mashangyi.stages.delivery.models import Plea, Task
from mashangyi.topic.lifecycle import Conflict

from . import factories as some

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*deeds) -> list:
    """Run the deeds in threads that start together; what each returned or raised."""
    outcomes, start = [None] * len(deeds), threading.Barrier(len(deeds))

    def run(n, deed):
        start.wait()
        try:
            outcomes[n] = deed()
        except (Conflict, ValidationError) as refused:
            outcomes[n] = refused
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def fresh(task) -> Task:
    return Task.objects.select_related("topic__room", "unit").get(pk=task.pk)


def refused(outcomes) -> list:
    return [each for each in outcomes if isinstance(each, Exception)]


def test_two_officers_sign_at_once():
    task = some.task()
    by = some.officer(task)
    both = [fresh(task), fresh(task)]
    outcomes = at_once(*(lambda each=each: actions.sign_for(each, by=by) for each in both))
    assert len(refused(outcomes)) == 1
    assert Entry.objects.filter(verb="delivery.signed").count() == 1


def test_the_last_two_tasks_done_at_once_ask_the_reporters_once():
    first = some.signed()
    second = actions.assign(first.topic, first.unit, "接电", by=some.convener(first))
    by = some.officer(first)
    for task in (first, second):
        actions.add_milestone(task, "开工", by=by)
    both = [fresh(first), fresh(second)]
    outcomes = at_once(*(lambda each=each: actions.report_done(each, actual_cost=1, by=by) for each in both))
    assert not refused(outcomes)
    assert Entry.objects.filter(verb="topic.report_done").count() == 1
    first.topic.refresh_from_db()
    assert first.topic.state == "confirming"


def test_two_pleas_at_once_are_one():
    task = some.signed()
    by = some.officer(task)
    both = [fresh(task), fresh(task)]
    outcomes = at_once(
        *(lambda each=each: actions.cannot_do(each, "planned", "明年", by=by) for each in both)
    )
    assert len(refused(outcomes)) == 1
    assert Plea.objects.count() == 1
