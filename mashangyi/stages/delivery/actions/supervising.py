"""When it was not done, or not well: once more, urged, supervised, explained."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils.translation import gettext as _

from ....ground.calendar import clocks
from ....ground.calendar.clock import now
from ....ground.journal.deeds import deed
from ....ground.journal.record import record
from ....ground.people import law
from ....ground.people.actor import SYSTEM
from ....topic import lifecycle
from ....topic.lifecycle import Conflict
from ....topic.models import Topic
from .. import rules
from ..models import Task
from .carrying import OPEN
from .change import change, open_tasks, put_off, said, start_clock, void_pleas


@deed
def redo(topic: Topic, reason: str, *, by, own: bool = False) -> list[Task]:
    """Those who reported it say that it is not solved: its tasks are worked on again.

    Called by evaluation, by the resident whose own judgement it was. The third time the topic is
    supervised. `reason` is public: no words that could tell who it was.
    """
    law.demand(by, "delivery.redo", topic, own=own)
    reason = said(reason, "reason", _("请写明哪里没有办好。"))
    tasks, due = _done_tasks(topic), clocks.CLOCKS["redo"].due(now())
    step = rules.next_after_redo(max((task.redone for task in tasks), default=0))
    for task in tasks:
        _back_to_work(task, due, by, redone=task.redone + 1)

    if step == "supervise":
        lifecycle.move(topic, "supervise", by=SYSTEM, reason=reason)
    else:
        holder = rules.holder_of(task.unit.name for task in tasks)
        lifecycle.move(topic, "redo", by=by, reason=reason, holder=holder, due=due)
    return tasks


def _done_tasks(topic: Topic) -> list[Task]:
    """What was done since the topic was last handed over."""
    last = Task.objects.filter(topic=topic).aggregate(last=Max("batch"))["last"]
    rows = Task.objects.filter(topic=topic, batch=last, state="done")
    return list(rows.select_related("unit", "topic").order_by("id"))


def _back_to_work(task: Task, due: datetime, by, **values) -> None:
    """What was reported done is not: the journal takes it back, so that nothing counts as done twice."""
    record("delivery.sent_back", by=by, topic=task.topic, data={
        "task": task.pk, "unit": task.unit.name, "content": task.content, "on_time": not task.is_overdue,
    })  # fmt: skip
    change(task, ("done",), state="working", done_at=None, ended_at=None, due_at=due, **values)
    start_clock(task, task.promise, due)


@deed
def urge(task: Task, words: str, *, by) -> Task:
    """Press the unit, with words that everyone can read."""
    law.demand(by, "delivery.urge" if by.role == "supervisor" else "delivery.remind", task)
    words = said(words, "words", _("请写一句督促的话，单位和居民都会看到。"))
    change(task, OPEN, urged_at=now())
    record("delivery.urged", by=by, topic=task.topic, data={
        "task": task.pk, "unit": task.unit.name, "reason": words,
    })  # fmt: skip
    return task


@deed
def supervise(topic: Topic, reason: str, *, by) -> Topic:
    """Put a topic that does not get on under supervision, publicly and with a reason."""
    law.demand(by, "delivery.supervise", topic)
    if topic.state == "confirming":
        for task in _done_tasks(topic):
            _back_to_work(task, clocks.CLOCKS["redo"].due(now()), by)
    return lifecycle.move(topic, "supervise", by=by, reason=reason, holder=by.label)


@deed
def resume(topic: Topic, words: str, *, by, due: date | datetime | None = None) -> Topic:
    """Let the units go on after supervision; `due` is a new deadline for what is still open."""
    law.demand(by, "delivery.supervise", topic)
    words = said(words, "words", _("请写明督办的结果和要求。"))
    tasks = open_tasks(topic)
    if not tasks:
        raise Conflict(_("这件事没有未办的任务，请先交办。"))
    due = rules.end_of(due) if due else None
    if due and due <= now():
        raise ValidationError({"due": _("期限要在今天之后。")})
    for task in tasks if due else ():
        put_off(task, due)
        change(task, OPEN, due_at=due)
    holder = rules.holder_of(task.unit.name for task in tasks)
    return lifecycle.move(topic, "resume", by=by, reason=words, holder=holder,
                          due=max(task.due_at for task in tasks))  # fmt: skip


@deed
def explain(topic: Topic, words: str, *, by) -> Topic:
    """End a supervised topic with a public explanation: it says what was not done, and why."""
    law.demand(by, "delivery.supervise", topic)
    for task in open_tasks(topic):
        change(task, OPEN, state="dropped", ended_at=now(), cause="explained")
        clocks.stop(task.subject)
        void_pleas(task)
        record("delivery.dropped", by=by, topic=topic, data={
            "task": task.pk, "unit": task.unit.name, "content": task.content,
        })  # fmt: skip
    return lifecycle.move(topic, "explain", by=by, reason=words, outcome="explained")
