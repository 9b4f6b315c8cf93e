"""Every list is read along an index in its own order: nothing is sorted, however many rows there are."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mashangyi.ground.calendar.clock import now
from mashangyi.stages.delivery import queries
from mashangyi.stages.delivery.models import Task
from tests import factories as make

from . import factories as some

pytestmark = pytest.mark.django_db


def sorts(ask) -> list[str]:
    """The steps of SQLite's plans in which rows are sorted or a whole table is read."""
    with CaptureQueriesContext(connection) as seen:
        ask()
    found = []
    for query in seen:
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {query['sql']}")
            found += [
                row[3]
                for row in cursor.fetchall()
                if "TEMP B-TREE" in row[3] or row[3].startswith("SCAN delivery_task")
            ]
    return [step for step in found if "USING INDEX" not in step]


def _varied(n: int, units: list) -> dict:
    """A town as it is after some years: most tasks are done, the open ones are due before and after now."""
    due = now() + timedelta(hours=n - 200)
    is_open = n % 20 == 0
    ended = {} if is_open else {"state": "done", "done_at": due, "ended_at": due}
    return {
        "unit_id": units[(n // 20) % 20].pk,
        "due_at": due - timedelta(hours=2000 if is_open else 0),
        **ended,
    }


@pytest.fixture
def many():
    if connection.vendor != "sqlite":
        pytest.skip("plans are read on SQLite")
    task, units = some.task(), [make.unit() for _each in range(20)]
    fields = {f.attname: getattr(task, f.attname) for f in Task._meta.fields if f.name != "id"}
    Task.objects.bulk_create([Task(**{**fields, **_varied(n, units)}) for n in range(4000)])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return units[0].pk


@pytest.mark.parametrize("narrow", ["open", "overdue", "soon", "assigned"])
def test_a_units_list_is_read_in_order(many, narrow):
    last = Task.objects.filter(unit=many).order_by("due_at")[2]
    assert not sorts(lambda: queries.tasks_of_unit(many, narrow))
    assert not sorts(lambda: queries.tasks_of_unit(many, narrow, after=last.pk))


@pytest.mark.parametrize("place", ["3208", "320812", "320812004"])
def test_the_supervisors_list_is_read_in_order(many, place):
    last = Task.objects.order_by("due_at")[20]
    assert not sorts(lambda: queries.overdue_under(place))
    assert not sorts(lambda: queries.overdue_under(place, after=last.pk))


def test_pages_follow_each_other_without_gap_or_double(many):
    seen, after = [], None
    while page := queries.overdue_under("3208", after=after)[: queries.PAGE]:
        seen += page
        after = page[-1].pk
    assert [task.pk for task in seen] == [task.pk for task in queries.overdue_under("3208", limit=10_000)]
