"""What the deeds of delivery share: the one setter of a task's state, its clocks, the topic that follows."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ....ground.calendar import clocks
from ....ground.calendar.clock import now
from ....topic.lifecycle import STATES as TOPIC_STATES
from ....topic.lifecycle import Conflict, hand_on
from ....topic.models import Topic
from ...triage.actions.words import unmarked
from .. import rules
from ..models import Plea, Task

LONGEST = 500


def change(task: Task, sources: tuple[str, ...], **values) -> None:
    """Write `values` if the task is still in one of `sources` and with the same unit; Conflict otherwise.

    Two officers who saw the same task cannot both get past the filter.
    """
    rows = Task.objects.filter(pk=task.pk, state__in=sources, unit=task.unit_id)
    if rows.update(**values) != 1:
        raise Conflict(_("这项任务刚刚有了变化，请刷新看看最新情况。"))
    for name, value in values.items():
        setattr(task, name, value)


def demand_under_way(task: Task) -> None:
    """Raise Conflict unless the topic's tasks can be worked on now."""
    state = Topic.objects.filter(pk=task.topic_id).values_list("state", flat=True).get()
    if state not in rules.UNDER_WAY:
        raise Conflict(_("这件事现在是“%s”，任务不能再改。") % _(TOPIC_STATES[state].label))


def said(words: str, field: str, missing: str) -> str:
    """The words without blanks around, which everyone will read. Raises ValidationError with `missing` when
    there are none, and where a private number stands in them."""
    words = words.strip()
    if not words:
        raise ValidationError({field: missing})
    if len(words) > LONGEST:
        raise ValidationError({field: _("最多 %s 个字，长的材料请拍照附上。") % LONGEST})
    return unmarked(field, words)


# --- clocks ------------------------------------------------------------------------------------


def start_clock(task: Task, kind: str, due: datetime | None = None) -> None:
    """Start a clock of the task. Its overrun is told to the unit and on the topic's page: the topic has none of
    its own while its tasks are carried out (lifecycle: by_parts), so that each overrun is told once."""
    clocks.start(
        kind, task.subject, place=task.place, holder=task.unit.name, due=due,
        topic=task.topic_id, room=task.topic.room_id,
    )  # fmt: skip


def start_clocks(task: Task) -> None:
    """Signing and carrying out."""
    start_clock(task, "signing")
    start_clock(task, "task", task.due_at)


def put_off(task: Task, due: datetime) -> None:
    """Give the task's running clock a new end."""
    for clock in clocks.running(task.subject, task.promise):
        clocks.extend(clock, due)


# --- the topic ---------------------------------------------------------------------------------


def open_tasks(topic: Topic) -> list[Task]:
    return list(Task.objects.filter(topic=topic, ended_at=None).select_related("unit").order_by("id"))


def follow(topic: Topic) -> None:
    """Let the topic show who holds its open tasks and until when; its state stays.

    While it is supervised the supervisor holds it, with a clock of their own.
    """
    tasks = open_tasks(topic)
    topic.refresh_from_db(fields=["state", "due_at", "holder"])
    if topic.state != "delivering" or not tasks:
        return
    due, holder = max(task.due_at for task in tasks), rules.holder_of(task.unit.name for task in tasks)
    hand_on(topic, holder, due)


def void_pleas(task: Task) -> None:
    """A plea that nobody needs to decide any more."""
    Plea.objects.filter(task=task, decided_at=None).update(state="void", decided_at=now())
