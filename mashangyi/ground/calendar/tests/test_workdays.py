"""Working time: holidays and make-up days as the State Council announced them, and what follows."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as some

from mashangyi.ground.calendar import workdays
from mashangyi.ground.calendar.clock import at, local, now, today
from mashangyi.ground.calendar.workdays import (
    HALVES,
    add_workdays,
    add_workhours,
    is_workday,
    last_workday,
    next_workday,
    workday_before,
    workhours_between,
)

moments = some.datetimes(
    datetime(2024, 1, 1),  # noqa: DTZ001
    datetime(2026, 11, 30),  # noqa: DTZ001
    timezones=some.just(ZoneInfo("Asia/Shanghai")),
)
hours = some.floats(0.01, 60)


# Days off: weekdays on which nobody works.
@pytest.mark.parametrize(
    "day",
    ["2024-02-12", "2024-04-05", "2024-05-03", "2024-09-17", "2024-10-07", "2025-01-01", "2025-01-28",
     "2025-02-04", "2025-06-02", "2025-10-08", "2026-01-02", "2026-02-16", "2026-02-23", "2026-04-06",
     "2026-06-19", "2026-09-25", "2026-10-07"],
)  # fmt: skip
def test_a_public_holiday_is_no_working_day(day):
    assert not is_workday(date.fromisoformat(day))


# Make-up days (调休): Saturdays and Sundays on which everybody works.
@pytest.mark.parametrize(
    "day",
    ["2024-02-04", "2024-02-18", "2024-04-07", "2024-04-28", "2024-05-11", "2024-09-14", "2024-09-29",
     "2024-10-12",
     "2025-01-26", "2025-02-08", "2025-04-27", "2025-09-28", "2025-10-11",
     "2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"],
)  # fmt: skip
def test_a_make_up_day_is_a_working_day(day):
    assert date.fromisoformat(day).weekday() >= 5
    assert is_workday(date.fromisoformat(day))


def test_an_ordinary_week_has_five_working_days():
    assert [is_workday(date(2026, 5, 18) + timedelta(n)) for n in range(7)] == [True] * 5 + [False] * 2


def test_a_year_that_is_not_announced_yet_has_ordinary_weeks():
    assert is_workday(date(2099, 10, 8)) and not is_workday(date(2099, 10, 10))


@pytest.mark.parametrize("day", ["2098-01-01", "2098-05-01", "2098-05-02", "2098-10-01", "2098-10-02", "2098-10-03"])
def test_what_the_law_lets_off_is_off_in_a_year_that_is_not_announced_yet(day):
    assert date.fromisoformat(day).weekday() < 5 and not is_workday(date.fromisoformat(day))


def test_the_citys_own_exceptions_go_before_the_national_calendar(monkeypatch):
    monkeypatch.setitem(workdays.exceptions, date(2026, 5, 18), False)
    monkeypatch.setitem(workdays.exceptions, date(2026, 5, 17), True)
    assert not is_workday(date(2026, 5, 18)) and is_workday(date(2026, 5, 17))


def test_three_working_days_over_the_national_day_end_after_it():
    assert add_workdays(local(2026, 9, 30), 3) == local(2026, 10, 10, 18)


def test_seven_working_days_over_the_spring_festival_count_its_make_up_days():
    assert add_workdays(local(2025, 1, 24), 3) == local(2025, 2, 5, 18)


def test_no_working_day_at_all_ends_with_today():
    assert add_workdays(local(2026, 5, 18), 0) == local(2026, 5, 18, 18)


def test_two_hours_from_the_morning_end_in_the_morning():
    assert add_workhours(local(2026, 5, 18, 9), 2) == local(2026, 5, 18, 11)


def test_two_hours_over_noon_skip_the_noon_break():
    assert add_workhours(local(2026, 5, 18, 11, 30), 2) == local(2026, 5, 18, 15, 30)


def test_two_hours_from_friday_evening_end_on_monday_morning():
    assert add_workhours(local(2026, 5, 22, 17, 30), 2) == local(2026, 5, 25, 10)


def test_two_hours_from_the_eve_of_a_holiday_end_on_the_make_up_day():
    assert add_workhours(local(2026, 2, 13, 17), 2) == local(2026, 2, 14, 9, 30)


def test_two_hours_from_the_middle_of_the_night_end_next_morning():
    assert add_workhours(local(2026, 5, 18, 2), 2) == local(2026, 5, 18, 10, 30)


def test_a_full_day_has_seven_and_a_half_hours():
    assert workhours_between(local(2026, 5, 18, 0), local(2026, 5, 18, 23)) == 7.5


def test_a_weekend_has_no_working_hours():
    assert workhours_between(local(2026, 5, 22, 18), local(2026, 5, 25, 8, 30)) == 0


def test_the_working_day_before_monday_is_friday():
    assert workday_before(local(2026, 5, 18, 15)) == local(2026, 5, 15, 15)


@given(moments, hours)
def test_the_end_lies_inside_working_time(start, length):
    end = timezone.localtime(add_workhours(start, length))
    assert is_workday(end.date())
    assert any(opens <= end.time() <= closes for opens, closes in HALVES)


@given(moments, hours, hours)
def test_a_longer_time_never_ends_earlier(start, one, other):
    assert add_workhours(start, max(one, other)) >= add_workhours(start, min(one, other))


@given(moments, some.timedeltas(timedelta(0), timedelta(days=20)), hours)
def test_who_starts_later_never_ends_earlier(start, later, length):
    assert add_workhours(start + later, length) >= add_workhours(start, length)


@given(moments, hours)
def test_the_hours_until_the_end_are_those_that_were_given(start, length):
    assert abs(workhours_between(start, add_workhours(start, length)) - length) < 1e-6


@given(moments, some.integers(0, 40), some.integers(0, 40))
def test_working_days_are_monotone_and_end_on_a_working_day(start, one, other):
    assert add_workdays(start, max(one, other)) >= add_workdays(start, min(one, other))
    assert one == 0 or is_workday(timezone.localtime(add_workdays(start, one)).date())


@given(moments)
def test_the_next_and_the_last_working_day_are_neighbours(moment):
    day = moment.date()
    assert last_workday(next_workday(day)) <= day < next_workday(day)


def test_a_told_moment_is_now_inside_and_only_inside():
    told = local(2023, 4, 12, 23, 30)
    with at(told):
        assert now() == told and today() == date(2023, 4, 12)
    assert now() > told


def test_today_is_the_citys_day_and_not_londons():
    with at(datetime(2026, 5, 17, 16, 30, tzinfo=ZoneInfo("UTC"))):
        assert today() == date(2026, 5, 18)
