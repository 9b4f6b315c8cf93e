"""Times in the notations of exports."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as some

from mashangyi.doors.channels.spreadsheet.moments import moment
from mashangyi.ground.calendar import clock

NOTATIONS = [
    "2019/4/25 9:32:09", "2019-04-25 09:32:09", "2019-04-25T09:32:09", "2019-04-25 09:32:09.123", "2019.4.25 9:32:09",
    "2019年4月25日 9时32分9秒", "2019年4月25日9:32:09", "20190425093209", "43580.397326388888",
]  # fmt: skip


@pytest.mark.parametrize("text", NOTATIONS)
def test_day_and_hour_in_every_notation(text):
    assert moment(text) == clock.local(2019, 4, 25, 9, 32) + timedelta(seconds=9)


@pytest.mark.parametrize("text", ["2019/4/25", "2019-04-25", "2019.04.25", "2019年4月25日", "20190425", "43580"])
def test_a_day_alone_begins_at_midnight(text):
    assert moment(text) == clock.local(2019, 4, 25, 0)


@pytest.mark.parametrize("text", ["2019-04-25 09:32", "2019年4月25日 9时32分", "2019/4/25 9：32", "201904250932", "2019年4月25日 9点32分"])
def test_seconds_may_be_left_out(text):
    assert moment(text) == clock.local(2019, 4, 25, 9, 32)


def test_an_empty_cell_is_no_time():
    assert moment("") is None


@pytest.mark.parametrize(
    "text", ["昨天", "2019-13-01", "2019-02-30", "25/4/2019", "2019-04-25 25:00", "0001-01-01", "1800-01-01", "9" * 14, "12345",
             "2019-04-25 09:32 下午", "²019-04-25", "123"]
)  # fmt: skip
def test_what_is_no_time_is_refused_with_an_example(text):
    with pytest.raises(ValidationError, match="请写成 2026-04-06 21:30"):
        moment(text)


def test_what_lies_ahead_is_a_slip_of_the_pen():
    with clock.at(clock.local(2026, 4, 7)), pytest.raises(ValidationError, match="还没有到"):
        moment("2062-04-06 21:30")


@given(some.datetimes(min_value=clock.local(1991, 10, 1).replace(tzinfo=None), max_value=clock.local(2025, 1, 1).replace(tzinfo=None)))
def test_every_moment_is_read_back(at):
    at = at.replace(microsecond=0)
    for form in ("%Y-%m-%d %H:%M:%S", "%Y/%m/%d %H:%M:%S", "%Y年%m月%d日 %H时%M分%S秒", "%Y%m%d%H%M%S"):
        assert timezone.make_naive(moment(at.strftime(form))) == at


@given(some.text(max_size=30))
def test_no_text_breaks_it(text):
    try:
        moment(text)
    except ValidationError as refused:
        assert refused.messages
