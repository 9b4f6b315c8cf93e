"""Several stories told at once, in the order of time: each yields the moment of its next step."""

import heapq
from collections.abc import Iterator
from datetime import datetime

from mashangyi.ground.calendar import clock
from mashangyi.ground.calendar.tick import tick
from mashangyi.ground.people.actor import SYSTEM

Story = Iterator[datetime]


def on(month: int, day: int, hour: int = 9, minute: int = 0, year: int = 2026) -> datetime:
    """A moment of the told year."""
    return clock.local(year, month, day, hour, minute)


def tell_in_order(stories: list[Story]) -> datetime:
    """Run every story to its end, each step at its moment, all steps in order; the last moment."""
    waiting = []
    for turn, story in enumerate(stories):
        _next(waiting, turn, story)
    last = None
    while waiting:
        moment, turn, story = heapq.heappop(waiting)
        last = _new_day(last, moment)
        with clock.at(moment):
            _next(waiting, turn, story)
    return last


def _next(waiting: list, turn: int, story: Story) -> None:
    """Let a story take the step it waited for, and queue it for its next one."""
    try:
        heapq.heappush(waiting, (next(story), turn, story))
    except StopIteration:
        pass


def _new_day(last: datetime | None, moment: datetime) -> datetime:
    """Each told morning the clocks are looked at, as the worker does."""
    if last is None or moment.date() > last.date():
        with clock.at(moment.replace(hour=0, minute=1)):
            tick(by=SYSTEM)
    return moment
