"""Small decisions of delivery, without side effects."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from ...ground.calendar.clock import local, now
from ...ground.calendar.words import day_words
from ...ground.people.actor import SEVERAL
from .models import Task

# The usual times of a task, by the promise that has their length (workflow.md, "Clocks").
USUAL = {
    "task": N_("一般的事：7 个工作日"),
    "complex_task": N_("复杂的事：15 个工作日"),
    "utilities": N_("停水停电、燃气、管道抢修：24 小时"),
}
# A unit may return a task within this time after it was handed over (workflow.md, "Clocks").
RETURN_WITHIN = timedelta(hours=48)
# The third "not solved" is no redo any more: it is supervised.
MOST_REDOS = 2

# In these states of the topic its tasks can be worked on.
UNDER_WAY = ("delivering", "supervised")


def why_not_return(task: Task) -> str:
    """Why a task cannot be returned now, in words; empty when it can."""
    if task.state not in {"assigned", "signed"}:
        return _("已经动手办的事不能再退回。办不下去，请申请延期，或者说明办不了。")
    if now() > task.assigned_at + RETURN_WITHIN:
        return _("退回要在收到后 48 小时内提出，现在已经过了。有困难请和召集人商量，或申请延期。")
    return ""


def too_soon(task: Task) -> str:
    """The words for a new deadline that is none."""
    return _("新的期限要比现在的期限（%s）晚。") % day_of(task.due_at)


def usual_for(category: str | None) -> str:
    """The time to begin with for a matter of this category: supply that failed cannot wait for a week."""
    return "utilities" if category in SUPPLY else "task"


SUPPLY = {"utilities/water", "utilities/power", "utilities/gas", "utilities/sewage"}


def day_of(moment: datetime) -> str:
    """The day of a moment here, in words."""
    return day_words(timezone.localtime(moment).date())


def why_not_extend(task: Task, until: datetime | None) -> str:
    """Why more time cannot be asked for, in words; empty when it can."""
    if now() > task.due_at:
        return _("期限已经过了，不能再申请延期。请抓紧办，进展写出来让大家看见。")
    if until is None or until <= task.due_at:
        return too_soon(task)
    return ""


def waits_for_confirmation(topic, resolution) -> bool:
    """Whether the party organisation has still to confirm a resolution before it is carried out (workflow.md). What
    was settled on the spot or in an emergency is carried out at once and confirmed afterwards."""
    return topic.track == "full" and resolution.confirmed_at is None


def end_of(day: date | datetime) -> datetime:
    """The moment a deadline is over: a day ends when the offices close, at 18:00."""
    return day if isinstance(day, datetime) else local(day.year, day.month, day.day, 18)


def holder_of(names: Iterable[str]) -> str:
    """Who holds a topic, of the units that work on it, as it is stored: one, two, or the first of n."""
    units = list(dict.fromkeys(names))
    if len(units) <= 2:
        return "、".join(units)[:120]
    return SEVERAL % {"first": units[0][:80], "n": len(units)}


def next_after_redo(redone: int) -> str:
    """The topic's move when a result was not accepted, after so many redos before."""
    return "redo" if redone < MOST_REDOS else "supervise"


@dataclass(frozen=True)
class Money:
    """Planned and spent yuan of some tasks; `known` of `n` tasks said what they spent."""

    planned: int
    actual: int
    known: int
    n: int
    by_source: tuple[tuple[str, int, int], ...]


def money(tasks: Iterable[Task]) -> Money:
    """The sums of tasks, also by source of funds: (funding, planned, actual), in order of appearance.

    A task given up counts with what was planned for it only when something was spent on it.
    """
    counted = [task for task in tasks if task.state != "dropped" or task.actual_cost]
    sources: dict[str, list[int]] = {}
    for task in counted:
        sums = sources.setdefault(task.funding, [0, 0])
        sums[0] += task.planned_cost or 0
        sums[1] += task.actual_cost or 0
    return Money(
        planned=sum(sums[0] for sums in sources.values()),
        actual=sum(sums[1] for sums in sources.values()),
        known=sum(task.actual_cost is not None for task in counted),
        n=len(counted),
        by_source=tuple(
            (name, planned, actual) for name, (planned, actual) in sources.items() if planned or actual
        ),
    )
