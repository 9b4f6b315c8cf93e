"""Carrying out: the unit signs, shows its steps, and reports that it is done."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from ....ground.calendar import clocks
from ....ground.calendar.clock import now
from ....ground.journal.deeds import deed
from ....ground.journal.record import record
from ....ground.people import law
from ....ground.photos.store import store
from ....topic import lifecycle
from ...deliberation.rules import is_yuan
from ..models import Milestone, Task
from .change import change, demand_under_way, follow, open_tasks, said, void_pleas

OPEN = ("assigned", "signed", "working", "returned")


@deed
def sign_for(task: Task, *, by) -> Task:
    """The unit takes the task on."""
    law.demand(by, "delivery.sign_for", task)
    demand_under_way(task)
    change(task, ("assigned",), state="signed", signed_at=now())
    clocks.stop(task.subject, "signing")
    record("delivery.signed", by=by, topic=task.topic, data={"task": task.pk, "unit": task.unit.name})
    return task


@deed
def add_milestone(task: Task, words: str, *, by, photos=(), kind: str = "during") -> Milestone:
    """One step in words and photos, which everyone sees at once. `kind`: before, during, after."""
    law.demand(by, "delivery.milestone", task)
    demand_under_way(task)
    step = _step(task, words, photos, kind, by)
    _begin_work(task)
    record("delivery.milestone", by=by, topic=task.topic, data={
        "task": task.pk, "unit": task.unit.name, "words": step.words,
    })  # fmt: skip
    return step


@deed
def report_done(task: Task, words: str = "", *, actual_cost: int, by, photos=()) -> Task:
    """The unit says it is done: with evidence, and what it really cost in all (whole yuan, 0 when nothing); of
    a task that came back, with what it had cost before.

    When it was the last open task, the topic goes to those who reported it, to be confirmed.
    """
    law.demand(by, "delivery.report_done", task)
    demand_under_way(task)
    _check_done(task, actual_cost, photos)
    if words.strip() or photos:
        _step(task, words.strip() or N_("办好了"), photos, "after", by)

    before = {"before": task.actual_cost} if task.actual_cost else {}
    change(
        task, OPEN, state="done", done_at=now(), ended_at=now(), signed_at=task.signed_at or now(),
        actual_cost=actual_cost, result=words.strip(),
    )  # fmt: skip
    clocks.stop(task.subject)
    void_pleas(task)

    record("delivery.done", by=by, topic=task.topic, data={
        "task": task.pk, "unit": task.unit.name, "cost": actual_cost, "words": words.strip(),
        "on_time": now() <= task.due_at, **before,
    })  # fmt: skip
    pass_on(task.topic, by)
    return task


def pass_on(topic, by) -> None:
    """To those who confirm, when nothing of the topic is left to do."""
    if open_tasks(topic):
        follow(topic)
    else:
        topic.refresh_from_db()
        lifecycle.move(topic, "report_done", by=by, holder=N_("反映人"))


def _step(task: Task, words: str, photos, kind: str, by) -> Milestone:
    words = said(words, "words", _("请写一句做了什么。"))
    if len(words) > 300:
        raise ValidationError({"words": _("一步最多写 300 个字。")})
    step = Milestone.objects.create(task=task, words=words, organ=by.label, at=now())
    store(photos, step.subject, kind, by=by, public=True)
    return step


def _begin_work(task: Task) -> None:
    """The first step of a task shows that work has begun; a returned one stays with its question."""
    if task.state in {"assigned", "signed"}:
        change(task, ("assigned", "signed"), state="working", signed_at=task.signed_at or now())
        clocks.stop(task.subject, "signing")


def _check_done(task: Task, actual_cost, photos) -> None:
    if actual_cost is None:
        raise ValidationError({"actual_cost": _("请写实际花了多少钱，没花钱就写 0。")})
    if not is_yuan(actual_cost):
        raise ValidationError({"actual_cost": _("金额写整数，以元为单位，不能是负数。")})
    if not photos and not task.milestones.exists():
        raise ValidationError({"photos": _("至少要有一张照片或一步进展，让大家看得见办了什么。")})
