"""Handing over: from the table to a unit, directly or by a resolution."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils.translation import gettext as _

from ....ground.calendar import clocks
from ....ground.calendar.clock import now
from ....ground.journal.deeds import deed
from ....ground.journal.record import record
from ....ground.people import law
from ....ground.people.models import Unit
from ....topic import lifecycle
from ....topic.models import Topic
from ...deliberation.queries import standing_of
from ...deliberation.rules import is_yuan
from .. import rules
from ..models import Task
from .change import demand_under_way, follow, said, start_clocks


@deed
def handle_directly(
    topic: Topic, unit: Unit, content: str, due: date | datetime | None = None, *, usual: str = "task", by, **terms
) -> Task:
    """A clear duty that nobody opposes goes to its unit at once, without review or meeting.

    `due` is a day or a moment; without one it is the `usual` time, one of rules.USUAL. `terms`: supporting,
    planned_cost (whole yuan), funding, procurement, criterion. Raises ValidationError by field.
    """
    law.demand(by, "delivery.handle_directly", topic)
    if not topic.title:
        raise ValidationError({"topic": _("先写好公开的标题和摘要：别人要看得懂是什么事。")})
    task = _task(topic, unit, content, _deadline(due, usual), _next_batch(topic), _complete(terms))
    lifecycle.move(topic, "handle_directly", by=by, holder=unit.name, due=task.due_at, track="direct")
    return _hand_over([task], by)[0]


@deed
def deliver(topic: Topic, *, by) -> list[Task]:
    """Make a task of each item of the topic's resolution. Raises ValidationError when there is none, and while the
    party organisation has not confirmed what a full deliberation came to."""
    law.demand(by, "delivery.deliver", topic)
    items = _items_of(topic)
    batch = _next_batch(topic)
    tasks = [
        _task(topic, item.unit, item.what, rules.end_of(item.due), batch, _terms_of(item))
        for item in items
    ]

    holder = rules.holder_of(task.unit.name for task in tasks)
    lifecycle.move(topic, "deliver", by=by, holder=holder, due=max(task.due_at for task in tasks))
    return _hand_over(tasks, by)


@deed
def assign(
    topic: Topic, unit: Unit, content: str, due: date | datetime | None = None, *, usual: str = "task", by, **terms
) -> Task:
    """A further task of a topic that is being carried out; arguments as of handle_directly()."""
    law.demand(by, "delivery.assign", topic)
    batch = max(_next_batch(topic) - 1, 1)
    task = _task(topic, unit, content, _deadline(due, usual), batch, _complete(terms))
    demand_under_way(task)
    _hand_over([task], by)
    follow(topic)
    return task


def _next_batch(topic: Topic) -> int:
    return (Task.objects.filter(topic=topic).aggregate(last=Max("batch"))["last"] or 0) + 1


def _items_of(topic: Topic) -> list:
    """The items of the resolution that stands, in order."""
    standing = standing_of(topic)
    if standing is None or not standing.adopted:
        raise ValidationError({"topic": _("还没有形成可以落实的协商成果，不能交办。")})
    if rules.waits_for_confirmation(topic, standing):
        raise ValidationError({"topic": _("党组织还没有确认这份协商成果，确认以后就能交办。")})
    items = list(standing.items.select_related("unit").prefetch_related("supporting").order_by("order"))
    if not items:
        raise ValidationError({"topic": _("协商成果里还没有写要办的事，请先补上单位、期限和标准。")})
    return items


def _terms_of(item) -> dict:
    return {
        "item": item,
        "supporting": "、".join(unit.name for unit in item.supporting.all()),
        "planned_cost": item.cost,
        "funding": item.source,
        "procurement": item.procurement,
        "criterion": item.criterion,
    }


def _deadline(due: date | datetime | None, usual: str) -> datetime:
    """The moment until when; a resolution's own day may be over when it is handed over, another may not."""
    deadline = rules.end_of(due) if due else clocks.CLOCKS[usual].due(now())
    if deadline <= now():
        raise ValidationError({"due": _("期限要在今天之后。")})
    return deadline


def _complete(terms: dict) -> dict:
    """The terms, when they hold together: money has a source, as in a resolution."""
    cost = terms.get("planned_cost")
    if cost is not None and not is_yuan(cost):
        raise ValidationError({"planned_cost": _("金额写整数，以元为单位，不能是负数。")})
    if cost and terms.get("funding") in {None, "", "none"}:
        raise ValidationError({"funding": _("要花钱的，请写明谁出钱。")})
    return terms


def _task(topic, unit, content, deadline: datetime, batch, terms) -> Task:
    """A task of checked terms, not saved yet."""
    return Task(
        topic=topic, place=topic.place, county=topic.county, town=topic.town, batch=batch, unit=unit,
        content=said(content, "content", _("请写清要办什么事。")), due_at=deadline, state="assigned",
        assigned_at=now(), **terms,
    )  # fmt: skip


def _hand_over(tasks: list[Task], by) -> list[Task]:
    """Save the tasks, start their clocks, and tell each unit through the journal."""
    for task in tasks:
        task.save(force_insert=True)
        start_clocks(task)
        record("delivery.assigned", by=by, topic=task.topic, data={
            "task": task.pk, "unit": task.unit.name, "content": task.content, "due": task.due_at.isoformat(),
        })  # fmt: skip
    return tasks
