"""The promises of time as data, and what can be done with a clock: start, pause, go on, extend, stop."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from django.core.exceptions import ValidationError
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from ..asked import number_in
from .clock import now
from .dayoffs import refresh
from .models import Clock
from .workdays import add_workdays, add_workhours, workday_before, workhours_between

LONGEST_REASON = 200
# How many clocks one round of the worker looks at.
ROUND = 500


@dataclass(frozen=True)
class Promise:
    """One kind of clock: exactly one of the three lengths is given.

    `roles` are those of the room or place who are reminded; a clock of a unit's task or of a mediator's case has
    its own notices. A promise of the `resident` is ours to wait for: its end is no overrun of anybody. One that
    `outlives` its matter is still to be kept when that has ended.
    """

    kind: str
    name: str
    hours: float = 0
    workhours: float = 0
    workdays: int = 0
    roles: tuple[str, ...] = ()
    resident: bool = False
    outlives: bool = False

    def due(self, start: datetime) -> datetime:
        if self.hours:
            return start + timedelta(hours=self.hours)
        if self.workhours:
            return add_workhours(start, self.workhours)
        return add_workdays(start, self.workdays)


# Lengths: workflow.md, "Clocks". A city changes them here, or one by one with `due=`.
CLOCKS = {
    promise.kind: promise
    for promise in (
        Promise("acceptance", N_("受理"), workhours=2, roles=("clerk",)),
        Promise("contact", N_("联系反映人"), hours=24, roles=("clerk",)),
        Promise("verification", N_("核实"), workdays=3, roles=("clerk",)),
        Promise("information", N_("等反映人补充"), workdays=15, resident=True),
        Promise("emergency", N_("应急处置"), hours=2, roles=("clerk", "convener")),
        Promise("utilities", N_("水电气热抢修"), hours=24),
        Promise("quick", N_("即时议"), hours=48, roles=("clerk", "convener")),
        Promise("review", N_("审定"), workdays=3, roles=("reviewer",)),
        Promise("late_review", N_("应急事项补审"), hours=24, roles=("reviewer",), outlives=True),
        Promise("preparation", N_("协商准备"), workdays=5, roles=("clerk", "convener")),
        Promise("meeting", N_("召开协商会"), workdays=5, roles=("clerk", "convener")),
        Promise("publication", N_("公开协商结果"), workdays=7, roles=("convener",)),
        Promise("handing", N_("落实协商结论"), workdays=7, roles=("convener",)),
        Promise("signing", N_("签收"), hours=48),
        Promise("task", N_("办理"), workdays=7),
        Promise("complex_task", N_("复杂事项办理"), workdays=15),
        Promise("transfer", N_("等转办结果"), workdays=15, roles=("clerk",)),
        Promise("mediation", N_("调解"), workdays=30),
        Promise("statutory_vote", N_("等法定表决结果"), workdays=30, roles=("clerk", "convener")),
        Promise("confirmation", N_("等反映人确认"), workdays=7, resident=True),
        Promise("redo", N_("返工"), workdays=15),
        Promise("supervision", N_("督办"), workdays=5, roles=("supervisor",)),
    )
}


def start(
    kind: str,
    subject: str,
    *,
    place: str,
    holder: str = "",
    due: datetime | None = None,
    topic: int | None = None,
    room: int | None = None,
) -> Clock:
    """Start a promise on `subject`; one of this kind that is running already goes on as it is.

    `due` overrides the usual length (a resolution's own date). `topic` and `room` are ids: the pages on
    which an overrun shows; the topic of a subject "topic:12" is known. What comes back says when it is
    due; to hold or extend a clock, ask `running()` for it.
    """
    refresh()
    promise, began = CLOCKS[kind], now()
    due = due or promise.due(began)
    clock = Clock(
        kind=kind,
        subject=subject,
        topic=topic or number_in(subject, "topic"),
        room=room,
        place=place,
        holder=holder,
        started_at=began,
        remind_at=remind_at(promise, began, due),
        due_at=due,
    )
    Clock.objects.bulk_create([clock], ignore_conflicts=True)
    return clock


def remind_at(promise: Promise, began: datetime, due: datetime) -> datetime:
    """When the holder is reminded: a working day before the end, or after 3/4 of a short time."""
    three_quarters = began + (due - began) * 3 / 4
    if promise.workhours and due == promise.due(began):
        three_quarters = add_workhours(began, promise.workhours * 3 / 4)
    return max(three_quarters, workday_before(due))


def stop(subject: str, *kinds: str) -> int:
    """Stop these running clocks of `subject`; how many stopped. When none is named, all but those that outlive it."""
    kinds = kinds or tuple(promise.kind for promise in CLOCKS.values() if not promise.outlives)
    running = Clock.objects.filter(subject=subject, stopped_at=None, kind__in=kinds)
    return running.update(stopped_at=now())


def pause(clock: Clock, reason: str) -> None:
    """Hold a clock. A reason is required: nobody stops a clock without saying why."""
    reason = reason.strip()
    if not reason:
        raise ValidationError({"reason": _("暂停计时要写明原因。")})
    if len(reason) > LONGEST_REASON:
        raise ValidationError({"reason": _("原因最多 %(n)s 个字。") % {"n": LONGEST_REASON}})
    running = Clock.objects.filter(pk=clock.pk, paused_at=None, stopped_at=None)
    running.update(paused_at=now(), pause_reason=reason)
    clock.refresh_from_db()


def go_on(clock: Clock) -> datetime:
    """Let a paused clock run again, with the time that was left when it was held; its new end.

    Who keeps a copy of the end (a topic's due_at) writes it there.
    """
    clock.refresh_from_db()
    if clock.paused_at is None or clock.stopped_at:
        return clock.due_at
    held = Clock.objects.filter(pk=clock.pk, paused_at=clock.paused_at, stopped_at=None)
    due = _end_after_pause(clock)
    held.update(due_at=due, remind_at=clock.remind_at + (due - clock.due_at), paused_at=None)
    clock.refresh_from_db()
    return clock.due_at


def _end_after_pause(clock: Clock) -> datetime:
    promise = CLOCKS[clock.kind]
    if promise.hours or clock.due_at <= clock.paused_at:
        return clock.due_at + (now() - clock.paused_at)
    return add_workhours(now(), workhours_between(clock.paused_at, clock.due_at))


def extend(clock: Clock, due: datetime) -> None:
    """Give a running clock a new end, which will be reminded of and called overdue anew."""
    soon = remind_at(CLOCKS[clock.kind], now(), due)
    running = Clock.objects.filter(pk=clock.pk, stopped_at=None)
    running.update(due_at=due, remind_at=soon, reminded_at=None, overdue_at=None)
    clock.refresh_from_db()


def running(subject: str, kind: str = "") -> list[Clock]:
    """The clocks of `subject` that are not stopped, those due soonest first."""
    found = Clock.objects.filter(subject=subject, stopped_at=None)
    if kind:
        found = found.filter(kind=kind)
    return list(found.order_by("due_at"))


def overdue(limit: int = ROUND) -> list[Clock]:
    """Running clocks whose time is over and which have not been called overdue yet, oldest first."""
    due = Clock.objects.filter(stopped_at=None, paused_at=None, overdue_at=None, due_at__lt=now())
    return list(due.order_by("due_at")[:limit])


def unsaid(before: datetime) -> int:
    """How many running clocks ended before a moment without having been called overdue."""
    return Clock.objects.filter(stopped_at=None, paused_at=None, overdue_at=None, due_at__lt=before).count()


def to_remind(limit: int = ROUND) -> list[Clock]:
    """Running clocks whose end is near and of which nobody has been reminded, nearest first."""
    due = Clock.objects.filter(stopped_at=None, paused_at=None, overdue_at=None, reminded_at=None)
    return list(due.filter(remind_at__lt=now(), due_at__gte=now()).order_by("remind_at")[:limit])


def left(due: datetime | None) -> str:
    """How long is left, in the words people use: "还剩 3 天", "还剩 38 分钟", "已超 2 天"."""
    if due is None:
        return ""
    return _said(get_language(), *until(due))


def until(due: datetime) -> tuple[bool, int, str]:
    """Time until `due`, or since: whether it is over, and how many of its largest unit, at least one."""
    span = due - now()
    over, minutes = span < timedelta(), int(abs(span).total_seconds() // 60)
    if minutes < 60:
        return over, max(minutes, 1), "minute"
    if minutes < 48 * 60:
        return over, minutes // 60, "hour"
    return over, minutes // (24 * 60), "day"


@lru_cache(maxsize=1024)
def _said(language: str, over: bool, n: int, unit: str) -> str:
    """In the language that is active; every line of every list says one of these."""
    spans = {
        "minute": ngettext("%(n)s 分钟", "%(n)s 分钟", n),
        "hour": ngettext("%(n)s 小时", "%(n)s 小时", n),
        "day": ngettext("%(n)s 天", "%(n)s 天", n),
    }
    span = spans[unit] % {"n": n}
    return _("已超 %s") % span if over else _("还剩 %s") % span
