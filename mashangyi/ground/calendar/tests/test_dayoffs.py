"""A city's own days off and working days."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from mashangyi.ground.calendar import clocks, workdays
from mashangyi.ground.calendar.actions import drop_day, set_day
from mashangyi.ground.calendar.clock import at, local
from mashangyi.ground.calendar.dayoffs import refresh
from mashangyi.ground.calendar.models import DayOff
from mashangyi.ground.calendar.workdays import is_workday
from mashangyi.ground.journal.models import Entry
from mashangyi.ground.journal.verbs import wording
from mashangyi.ground.people.law import No
from tests.factories import actor

pytestmark = pytest.mark.django_db
TUESDAY = date(2026, 5, 19)


@pytest.fixture(autouse=True)
def monday():
    with at(local(2026, 5, 18, 9)):
        yield
    workdays.exceptions.clear()


def test_a_snow_day_is_no_working_day_and_the_public_reads_why():
    set_day(TUESDAY, working=False, reason="暴雪停工", by=actor("city_admin"))
    assert not is_workday(TUESDAY)
    assert wording(Entry.objects.get()) == "5 月 19 日定为放假：暴雪停工"


def test_clocks_that_start_afterwards_skip_it():
    set_day(TUESDAY, working=False, reason="暴雪停工", by=actor("city_admin"))
    assert clocks.start("review", "topic:1", place="3208").due_at == local(2026, 5, 22, 18)


def test_a_saturday_can_be_worked():
    set_day(date(2026, 5, 23), working=True, reason="创文迎检", by=actor("city_admin"))
    assert is_workday(date(2026, 5, 23))


def test_a_day_can_follow_the_national_calendar_again():
    admin = actor("city_admin")
    set_day(TUESDAY, working=False, reason="暴雪停工", by=admin)
    assert drop_day(TUESDAY, by=admin)
    assert is_workday(TUESDAY)
    assert not drop_day(TUESDAY, by=admin)
    assert Entry.objects.count() == 2


def test_only_the_citys_administrator_may_do_so():
    with pytest.raises(No):
        set_day(TUESDAY, working=False, reason="想休息", by=actor("clerk"))
    assert not DayOff.objects.exists()


@pytest.mark.parametrize(
    ("day", "reason", "field"), [(date(2026, 5, 17), "补", "day"), (TUESDAY, " ", "reason")]
)
def test_a_past_day_and_a_day_without_a_reason_are_refused(day, reason, field):
    with pytest.raises(ValidationError) as refused:
        set_day(day, working=False, reason=reason, by=actor("city_admin"))
    assert list(refused.value.message_dict) == [field]


def test_what_another_process_wrote_is_read_anew():
    DayOff.objects.create(day=TUESDAY, working=False, reason="暴雪停工")
    refresh(at_once=True)
    assert not is_workday(TUESDAY)


def test_the_exceptions_are_kept_in_memory_for_a_while(django_assert_num_queries):
    refresh(at_once=True)
    with django_assert_num_queries(0):
        refresh()
