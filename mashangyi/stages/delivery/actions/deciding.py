"""The convener's answer to what a unit asks."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from ....ground.calendar import clocks
from ....ground.calendar.clock import now
from ....ground.journal.deeds import deed
from ....ground.journal.record import record
from ....ground.people import law
from ....ground.people.models import Unit
from ....topic import lifecycle
from ....topic.lifecycle import Conflict
from .. import rules
from ..models import CAUSES, Plea, Task
from .carrying import OPEN, pass_on
from .change import change, demand_under_way, follow, open_tasks, put_off, said, start_clock


@deed
def reassign(task: Task, unit: Unit, *, by, reason: str = "") -> Task:
    """Give the task to another unit, because it was returned or for the convener's own reason."""
    law.demand(by, "delivery.reassign", task)
    demand_under_way(task)
    if unit.pk == task.unit_id:
        raise ValidationError({"unit": _("这项任务现在就在这个单位，请选另一个。")})
    plea = Plea.objects.filter(task=task, kind="return", decided_at=None).first()
    reason = said(reason or (plea.reason if plea else ""), "reason", _("请写明为什么换单位。"))

    Plea.objects.filter(task=task, decided_at=None).update(state="void", decided_at=now())
    if plea:
        Plea.objects.filter(pk=plea.pk).update(state="granted")
    change(task, OPEN, unit=unit, state="assigned", assigned_at=now(), signed_at=None)
    clocks.stop(task.subject)
    start_clock(task, "signing")
    start_clock(task, task.promise, task.due_at)
    follow(task.topic)
    record("delivery.reassigned", by=by, topic=task.topic, data={
        "task": task.pk, "unit": unit.name, "reason": reason,
    })  # fmt: skip
    return task


@deed
def grant_extension(plea: Plea, *, by, until: date | datetime | None = None) -> Task:
    """Give the time that was asked for, or until another day. Everyone sees until when, and why."""
    task = plea.task
    law.demand(by, "delivery.decide", task)
    demand_under_way(task)
    until = rules.end_of(until) if until else plea.until
    if plea.kind != "extension":
        raise ValidationError({"until": _("这不是延期申请。")})
    if until <= max(task.due_at, now()):
        raise ValidationError({"until": rules.too_soon(task)})

    _decide(plea, "granted", granted_until=until)
    put_off(task, until)
    change(task, OPEN, due_at=until)
    follow(task.topic)
    record("delivery.extended", by=by, topic=task.topic, data={
        "task": task.pk, "unit": task.unit.name, "reason": plea.reason,
        "until": timezone.localtime(until).date().isoformat(),
    })  # fmt: skip
    return task


@deed
def agree_cannot_do(plea: Plea, *, by) -> Task:
    """Consent that it cannot be done. When nothing else of the topic was done, that is its outcome."""
    task = plea.task
    law.demand(by, "delivery.decide", task)
    demand_under_way(task)
    if plea.kind != "cannot_do":
        raise ValidationError({"cause": _("这不是办不了的说明。")})
    _decide(plea, "granted")
    change(task, OPEN, state="dropped", ended_at=now(), cause=plea.cause)
    clocks.stop(task.subject)
    record("delivery.cannot_agreed", by=by, topic=task.topic, data={
        "task": task.pk, "unit": task.unit.name, "cause": CAUSES[plea.cause], "reason": plea.reason,
    })  # fmt: skip
    _end_or_pass_on(task, plea, by)
    return task


def _end_or_pass_on(task: Task, plea: Plea, by) -> None:
    topic = task.topic
    done = Task.objects.filter(topic=topic, batch=task.batch, state="done").exists()
    if done or open_tasks(topic):
        return pass_on(topic, by)
    topic.refresh_from_db()
    return lifecycle.move(topic, "cannot_do", by=by, reason=plea.reason, outcome=plea.cause)


@deed
def refuse(plea: Plea, words: str, *, by) -> Task:
    """Say no to what a unit asks, with a reason: the task stays where it is."""
    task = plea.task
    law.demand(by, "delivery.decide", task)
    demand_under_way(task)
    words = said(words, "words", _("请写明为什么不同意。"))
    _decide(plea, "refused", answer=words)
    if plea.kind == "return":
        change(task, ("returned",), state="signed" if task.signed_at else "assigned")
        if not task.signed_at:
            start_clock(task, "signing")
    record(f"delivery.{plea.kind}_refused", by=by, topic=task.topic, data={
        "task": task.pk, "unit": task.unit.name, "reason": words,
    })  # fmt: skip
    return task


def _decide(plea: Plea, state: str, **values) -> None:
    """Decide an open plea once. Raises Conflict when somebody has done so."""
    rows = Plea.objects.filter(pk=plea.pk, decided_at=None)
    if rows.update(state=state, decided_at=now(), **values) != 1:
        raise Conflict(_("这个申请刚刚已经有了答复，请刷新看看。"))
    plea.refresh_from_db()
