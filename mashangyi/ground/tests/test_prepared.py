"""A prepared question answers as the ordinary queryset does, whatever is asked."""

from datetime import date, timedelta
from threading import Thread

import pytest
from django.db import connection
from django.db.models import Q
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mashangyi.ground.calendar.clock import local
from mashangyi.ground.calendar.models import Clock, DayOff
from mashangyi.ground.places.models import Division
from mashangyi.ground.prepared import prepared

pytestmark = pytest.mark.django_db


@prepared
def under(limit, parent, **more):
    return Division.objects.filter(parent=parent, **more).order_by("code")[:limit]


@prepared
def any_of(**codes):
    return Division.objects.filter(code__in=list(codes.values())).values_list("code", "name")


@pytest.fixture
def divisions():
    rows = [("3208", "淮安市", ""), ("320812", "清江浦区", "3208"), ("320803", "淮安区", "3208")]
    for code, name, parent in rows:
        Division.objects.create(code=code, name=name, level=len(code), parent=parent)


def test_it_answers_as_the_queryset_does(divisions):
    assert under(5, parent="3208") == list(Division.objects.filter(parent="3208").order_by("code"))
    assert under(1, parent="3208") == [Division.objects.get(code="320803")]
    assert under(5, parent="3208", level=4) == []


def test_each_value_is_asked_anew(divisions):
    assert [row.code for row in under(9, parent="")] == ["3208"]
    assert [row.code for row in under(9, parent="3208")] == ["320803", "320812"]


def test_what_came_meanwhile_is_seen(divisions):
    before = under(9, parent="3208")
    Division.objects.create(code="320804", name="淮阴区", level=6, parent="3208")
    assert len(under(9, parent="3208")) == len(before) + 1


def test_as_many_values_as_are_named(divisions):
    assert any_of(one="3208") == [("3208", "淮安市")]
    assert sorted(any_of(one="3208", two="320812")) == [("3208", "淮安市"), ("320812", "清江浦区")]


def test_a_question_that_nothing_can_answer_is_not_put(divisions, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert any_of() == []


def test_the_first_row_or_none(divisions):
    assert under.first(1, parent="3208").code == "320803"
    assert under.first(1, parent="nowhere") is None


@given(pk=st.integers())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
def test_a_number_too_long_for_the_database_finds_nothing_and_breaks_nothing(pk):
    @prepared
    def numbered(pk):
        return Clock.objects.filter(pk=pk)

    assert numbered(pk=pk) == []


@prepared
def due_before(moment):
    return Clock.objects.filter(Q(due_at__lt=moment) | Q(stopped_at__lt=moment))


@prepared
def off_from(day):
    return DayOff.objects.filter(day__gte=day)


@pytest.mark.parametrize(("moved", "found"), [(-1, 0), (0, 0), (1, 1)])
def test_moments_compare_as_the_database_keeps_them(moved, found):
    noon = local(2026, 10, 1, 12)
    Clock.objects.create(subject="topic:1", kind="review", due_at=noon, remind_at=noon, started_at=noon)
    assert len(due_before(moment=noon + timedelta(microseconds=moved))) == found


@pytest.mark.parametrize(("day", "found"), [(1, 1), (2, 1), (3, 0)])
def test_days_compare_as_the_database_keeps_them(day, found):
    DayOff.objects.create(day=date(2026, 10, 2), reason="国庆节")
    assert len(off_from(day=date(2026, 10, day))) == found


@pytest.mark.django_db(transaction=True)
def test_threads_ask_side_by_side_each_on_its_own_connection(divisions):
    answers = []

    def ask():
        answers.extend(tuple(row.code for row in under(9, parent="3208")) for _ in range(20))
        connection.close()

    threads = [Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [("320803", "320812")] * 80
