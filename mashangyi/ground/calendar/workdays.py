"""Working time of the People's Republic of China, with public holidays and make-up days (调休).

The national calendar comes from the State Council's yearly notices (package chinese_calendar); a city's
own exceptions, such as a snow day, are put on top of it by dayoffs.py.
"""

from datetime import date, datetime, time, timedelta
from functools import lru_cache

import chinese_calendar
from django.utils import timezone

# The two halves of an office day; a working hour is an hour inside them.
HALVES = ((time(8, 30), time(12, 0)), (time(14, 0), time(18, 0)))
DAY_ENDS = HALVES[-1][1]

# Month and day of what is off in every year: New Year, Labour Day, National Day (全国年节及纪念日放假办法, 2024).
# The festivals of the moon have no fixed day.
OFF_BY_LAW = {(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)}

# The city's own exceptions: day → whether it is worked. Filled by dayoffs.refresh().
exceptions: dict[date, bool] = {}


def is_workday(day: date) -> bool:
    """True on working days of the city."""
    own = exceptions.get(day)
    return _is_national_workday(day) if own is None else own


@lru_cache(maxsize=4096)
def _is_national_workday(day: date) -> bool:
    """Years the State Council has not announced yet: Monday to Friday, but for what the law alone lets off."""
    try:
        return chinese_calendar.is_workday(day)
    except NotImplementedError:
        return day.weekday() < 5 and (day.month, day.day) not in OFF_BY_LAW


def next_workday(day: date) -> date:
    """The first working day after `day`."""
    day += timedelta(days=1)
    while not is_workday(day):
        day += timedelta(days=1)
    return day


def last_workday(day: date) -> date:
    """The last working day before `day`."""
    day -= timedelta(days=1)
    while not is_workday(day):
        day -= timedelta(days=1)
    return day


def add_workdays(start: datetime, days: int) -> datetime:
    """Office closing time on the `days`-th working day after the day of `start`."""
    day = timezone.localtime(start).date()
    for _ in range(days):
        day = next_workday(day)
    return _moment(day, DAY_ENDS)


def add_workhours(start: datetime, hours: float) -> datetime:
    """The moment when `hours` of office time have passed since `start`; it lies in office time."""
    left = timedelta(hours=hours)
    here = timezone.localtime(start)
    day = here.date()
    while True:
        for opens, closes in _spans(day):
            begin = max(opens, here)
            if begin < closes:
                if left <= closes - begin:
                    return begin + left
                left -= closes - begin
        day = next_workday(day)


def workhours_between(start: datetime, end: datetime) -> float:
    """Hours of office time from `start` to `end`; 0 when `end` is not later."""
    day, total = timezone.localtime(start).date(), timedelta()
    while day <= timezone.localtime(end).date():
        for opens, closes in _spans(day):
            total += max(min(closes, end) - max(opens, start), timedelta())
        day += timedelta(days=1)
    return total / timedelta(hours=1)


def workday_before(moment: datetime) -> datetime:
    """The same time of day on the working day before."""
    here = timezone.localtime(moment)
    return _moment(last_workday(here.date()), here.time())


def _spans(day: date):
    if not is_workday(day):
        return []
    return [(_moment(day, opens), _moment(day, closes)) for opens, closes in HALVES]


def _moment(day: date, hour: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, hour))
