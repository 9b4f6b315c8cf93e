"""What a unit asks of the convener: to return the task, more time, or to say that it cannot be done."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from ....ground.calendar import clocks
from ....ground.calendar.clock import now
from ....ground.journal.deeds import deed
from ....ground.journal.record import record
from ....ground.people import law
from ....topic.lifecycle import Conflict
from .. import rules
from ..models import CAUSES, Plea, Task
from .change import change, demand_under_way, said


@deed
def return_task(task: Task, reason: str, *, by) -> Plea:
    """Ask, within 48 hours and with a reason, that another unit takes it. Until then it stays here."""
    law.demand(by, "delivery.return", task)
    demand_under_way(task)
    refused = rules.why_not_return(task)
    if refused:
        raise ValidationError({"reason": refused})
    plea = _plead(task, "return", reason)
    change(task, ("assigned", "signed"), state="returned")
    clocks.stop(task.subject, "signing")
    record("delivery.returned", by=by, topic=task.topic, data=_facts(plea))
    return plea


@deed
def ask_extension(task: Task, until: date | datetime, reason: str, *, by) -> Plea:
    """Ask for more time, before the time is over and with a reason that the reporter will read."""
    law.demand(by, "delivery.ask_extension", task)
    demand_under_way(task)
    until = rules.end_of(until) if until else None
    refused = rules.why_not_extend(task, until)
    if refused:
        raise ValidationError({"until": refused})
    plea = _plead(task, "extension", reason, until=until)
    record("delivery.extension_asked", by=by, topic=task.topic, data=_facts(plea))
    return plea


@deed
def cannot_do(task: Task, cause: str, reason: str, *, by) -> Plea:
    """Say that it cannot be done: one of CAUSES and a reason. Only the convener's consent makes it so."""
    law.demand(by, "delivery.cannot_do", task)
    demand_under_way(task)
    if cause not in CAUSES:
        raise ValidationError({"cause": _("请选办不了的原因。")})
    plea = _plead(task, "cannot_do", reason, cause=cause)
    record("delivery.cannot_asked", by=by, topic=task.topic, data=_facts(plea))
    return plea


def _plead(task: Task, kind: str, reason: str, **fields) -> Plea:
    reason = said(reason, "reason", _("请写明原因，反映人会看到。"))
    Task.objects.select_for_update().get(pk=task.pk)  # a second plea of the same moment waits here
    if not task.is_open:
        raise Conflict(_("这项任务已经办结。"))
    if Plea.objects.filter(task=task, decided_at=None).exists():
        raise ValidationError({"reason": _("上一次的申请召集人还没有答复，请先等一等。")})
    return Plea.objects.create(
        task=task, room_id=task.topic.room_id, unit_id=task.unit_id, kind=kind, reason=reason,
        asked_at=now(), **fields,
    )  # fmt: skip


def _facts(plea: Plea) -> dict:
    task = plea.task
    facts = {"task": task.pk, "unit": task.unit.name, "reason": plea.reason}
    if plea.until:
        facts["until"] = timezone.localtime(plea.until).date().isoformat()
    if plea.cause:
        facts["cause"] = CAUSES[plea.cause]
    return facts
