"""The promises of time as data, and the deeds of a clock: start, pause, go on, stop, look."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_
from django.utils.translation import ngettext

from .clock import now
from .models import Clock
from .workdays import add_workdays, add_workhours


@dataclass(frozen=True)
class Promise:
    """One kind of clock: exactly one of the three lengths is given."""

    kind: str
    name: str
    hours: float = 0
    workhours: float = 0
    workdays: int = 0

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
        Promise("acceptance", N_("受理"), workhours=2),
        Promise("contact", N_("联系反映人"), hours=24),
        Promise("verification", N_("核实"), workdays=3),
        Promise("information", N_("等反映人补充"), workdays=15),
        Promise("emergency", N_("应急处置"), hours=2),
        Promise("utilities", N_("水电气热抢修"), hours=24),
        Promise("quick", N_("即时议"), hours=48),
        Promise("review", N_("审定"), workdays=3),
        Promise("late_review", N_("应急事项补审"), hours=24),
        Promise("preparation", N_("协商准备"), workdays=5),
        Promise("meeting", N_("召开协商会"), workdays=5),
        Promise("minutes", N_("纪要送发言人"), hours=24),
        Promise("publication", N_("公开协商结果"), workdays=7),
        Promise("signing", N_("签收"), hours=48),
        Promise("task", N_("办理"), workdays=7),
        Promise("complex_task", N_("复杂事项办理"), workdays=15),
        Promise("transfer", N_("等转办结果"), workdays=15),
        Promise("mediation", N_("调解"), workdays=30),
        Promise("confirmation", N_("等反映人确认"), workdays=7),
        Promise("redo", N_("返工"), workdays=15),
        Promise("supervision", N_("督办"), workdays=5),
    )
}


def start(kind: str, subject: str, *, place: str, holder: str = "", due: datetime | None = None) -> Clock:
    """Start a promise on `subject`; `due` overrides the usual length (a resolution's own date)."""
    began = now()
    return Clock.objects.create(
        kind=kind,
        subject=subject,
        place=place,
        holder=holder,
        started_at=began,
        due_at=due or CLOCKS[kind].due(began),
    )


def stop(subject: str, *kinds: str) -> int:
    """Stop these running clocks of `subject` (all of them when none is named); how many stopped."""
    running = Clock.objects.filter(subject=subject, stopped_at=None)
    if kinds:
        running = running.filter(kind__in=kinds)
    return running.update(stopped_at=now())


def pause(clock: Clock, reason: str) -> None:
    """Hold a clock. A reason is required: nobody stops a clock without saying why."""
    if not reason.strip():
        raise ValueError(_("暂停计时要写明原因"))
    Clock.objects.filter(pk=clock.pk, paused_at=None).update(paused_at=now(), pause_reason=reason)


def go_on(clock: Clock) -> None:
    """Let a paused clock run again; its end moves by the time it was held."""
    clock.refresh_from_db()
    if clock.paused_at:
        clock.due_at += now() - clock.paused_at
        clock.paused_at = None
        clock.save(update_fields=["due_at", "paused_at"])


def overdue() -> list[Clock]:
    """Running clocks whose time is over and which have not been called overdue yet, oldest first."""
    return list(
        Clock.objects.filter(
            stopped_at=None, paused_at=None, overdue_at=None, due_at__lt=now()
        ).order_by("due_at")[:500]
    )


def left(due: datetime | None) -> str:
    """How long is left, in the words people use: "还剩 3 天", "还剩 38 分钟", "已超 2 天"."""
    if due is None:
        return ""
    span = due - now()
    return _("还剩 %s") % _span(span) if span >= timedelta() else _("已超 %s") % _span(-span)


def _span(span: timedelta) -> str:
    minutes = int(span.total_seconds() // 60)
    if minutes < 60:
        n = max(minutes, 1)
        return ngettext("%(n)s 分钟", "%(n)s 分钟", n) % {"n": n}
    if minutes < 48 * 60:
        n = minutes // 60
        return ngettext("%(n)s 小时", "%(n)s 小时", n) % {"n": n}
    n = minutes // (24 * 60)
    return ngettext("%(n)s 天", "%(n)s 天", n) % {"n": n}
