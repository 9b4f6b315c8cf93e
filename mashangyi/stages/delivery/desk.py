"""What waits on the desks: a unit's tasks, the convener's decisions, the supervisor's late ones."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from ...topic.desk import Inbox, Item
from ...topic.queries import waiting_under
from . import queries
from .models import PLEAS as PLEA_WORDS
from .models import STATES


def _tasks(actor, limit: int) -> list[Item]:
    return [
        Item(
            title=task.content[:60],
            detail=_("%(state)s · %(room)s")
            % {"state": _(STATES[task.state][0]), "room": task.topic.room.name},
            url=reverse("delivery:task", kwargs={"task_id": task.pk}),
            due_at=task.due_at,
        )
        for task in queries.tasks_of_unit(actor.unit_id, limit=limit)
    ]


def _pleas(actor, limit: int) -> list[Item]:
    return [
        Item(
            title=_("%(unit)s申请%(kind)s") % {"unit": plea.unit.name, "kind": _(PLEA_WORDS[plea.kind])},
            detail=plea.task.topic.title or plea.task.content[:60],
            url=reverse("topic:desk_topic", kwargs={"number": plea.task.topic.number}) + "#delivery",
            due_at=plea.task.due_at,
        )
        for plea in queries.open_pleas(actor.room_id, limit)
    ]


def _late(actor, limit: int) -> list[Item]:
    supervised = [
        Item(
            title=topic.title or topic.number,
            detail=topic.room.name,
            url=reverse("topic:desk_topic", kwargs={"number": topic.number}),
            due_at=topic.due_at,
            state=topic.state,
        )
        for topic in waiting_under(actor.place, ("supervised",), limit)
    ]
    late = [
        Item(
            title=task.content[:60],
            detail=f"{task.unit.name} · {task.topic.room.name}",
            url=reverse("delivery:supervision") + f"#task-{task.pk}",
            due_at=task.due_at,
        )
        for task in queries.overdue_under(actor.place, limit=limit)
    ]
    return (supervised + late)[:limit]


TASKS = Inbox("tasks", ("unit_officer",), N_("本单位要办的"), _tasks)
PLEAS = Inbox("pleas", ("convener",), N_("等您答复的申请"), _pleas)
LATE = Inbox("late", ("supervisor",), N_("超期的任务和督办中的事"), _late)
