from datetime import datetime

from django.db import models
from django.utils.translation import gettext_noop as N_

from ...ground.calendar.clock import now
from ...ground.calendar.clocks import CLOCKS
from ...ground.people.models import Unit
from ...topic.models import Topic
from ..deliberation.models import ResolutionItem
from ..deliberation.models.words import PROCUREMENT, SOURCES

# State of a task: its word and its tone.
STATES = {
    "assigned": (N_("等签收"), "due"),
    "signed": (N_("已签收"), ""),
    "working": (N_("办理中"), ""),
    "returned": (N_("请求退回"), "due"),
    "done": (N_("已办好"), "done"),
    "dropped": (N_("办不了"), ""),
}
ENDED = ("done", "dropped")

PLEAS = {
    "return": N_("退回"),
    "extension": N_("延期"),
    "cannot_do": N_("认定办不了"),
}
# Why something cannot be done: the three classes of answers that the public gets.
CAUSES = {
    "planned": N_("已列入计划，还没到时候"),
    "conditions": N_("条件还不具备"),
    "not_right": N_("要求不合规定或不合理"),
}


class Task(models.Model):
    """What one unit has promised to carry out (转化事项): a contract that everyone can read.

    It comes from an item of a resolution, or directly. `batch` counts how often the topic was handed
    over: after a reopening the old tasks stay as they were. Money is whole yuan, never negative.
    `state` is written by actions/change.py alone.
    """

    topic = models.ForeignKey(Topic, models.PROTECT, related_name="tasks")
    place = models.CharField(max_length=12)
    county = models.CharField(max_length=6)
    town = models.CharField(max_length=9)
    batch = models.PositiveSmallIntegerField(default=1)
    item = models.ForeignKey(
        ResolutionItem,
        models.PROTECT,
        null=True,
        related_name="tasks",
        help_text="null: directly",
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="tasks")
    supporting = models.CharField(max_length=200, blank=True, help_text="units that help, in words")
    content = models.TextField()
    planned_cost = models.PositiveBigIntegerField(null=True, help_text="yuan; null: nothing was said")
    funding = models.CharField(max_length=16, blank=True, choices=list(SOURCES.items()))
    procurement = models.CharField(max_length=8, blank=True, choices=list(PROCUREMENT.items()))
    criterion = models.TextField(blank=True, help_text="by what everyone can see that it is done")
    state = models.CharField(max_length=10, choices=[(key, label) for key, (label, _tone) in STATES.items()])
    assigned_at = models.DateTimeField(default=now)
    due_at = models.DateTimeField()
    signed_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True, help_text="done or given up; null: still open")
    actual_cost = models.PositiveBigIntegerField(null=True, help_text="yuan, all that it took")
    result = models.TextField(blank=True)
    cause = models.CharField(max_length=12, blank=True, help_text="of CAUSES, for a task given up")
    redone = models.PositiveSmallIntegerField(default=0)
    urged_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index("topic", "id", name="task_of_topic"),
            models.Index("unit", "state", "due_at", "id", name="task_of_unit"),
            models.Index("unit", "due_at", "id", name="task_open_unit", condition=models.Q(ended_at=None)),
            models.Index(
                "unit", "due_at", "id", name="task_ended_unit", condition=models.Q(ended_at__isnull=False)
            ),
            models.Index("due_at", "id", name="task_open", condition=models.Q(ended_at=None)),
            models.Index(
                "county", "due_at", "id", name="task_open_county", condition=models.Q(ended_at=None)
            ),
            models.Index("town", "due_at", "id", name="task_open_town", condition=models.Q(ended_at=None)),
        ]

    @property
    def subject(self) -> str:
        return f"task:{self.pk}"

    @property
    def is_open(self) -> bool:
        return self.ended_at is None

    @property
    def is_overdue(self) -> bool:
        """Publicly late: still open after its deadline, or done after it."""
        return (self.done_at or self.ended_at or now()) > self.due_at

    @property
    def sign_by(self) -> datetime | None:
        """Until when its unit should sign for it; None once it has."""
        return CLOCKS["signing"].due(self.assigned_at) if self.state == "assigned" else None

    @property
    def promise(self) -> str:
        """The kind of clock that runs for it."""
        return "redo" if self.redone else "task"


class Milestone(models.Model):
    """One step of carrying out, in words; its photos are under `subject` (before, during, after)."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="milestones")
    words = models.CharField(max_length=300)
    organ = models.CharField(max_length=120, help_text="the post that wrote it")
    at = models.DateTimeField(default=now)

    class Meta:
        indexes = [models.Index("task", "id", name="milestone_of_task")]

    @property
    def subject(self) -> str:
        return f"milestone:{self.pk}"


class Plea(models.Model):
    """What a unit asks of the convener: to return a task, more time, or to say that it cannot be done.

    One open plea a task: the database keeps it. `until` is the wished deadline, `granted_until` the granted one.
    """

    STATES = {
        "open": N_("等召集人决定"),
        "granted": N_("同意"),
        "refused": N_("不同意"),
        "void": N_("不再需要"),
    }

    task = models.ForeignKey(Task, models.PROTECT, related_name="pleas")
    room = models.ForeignKey("places.Room", models.PROTECT, related_name="pleas")
    kind = models.CharField(max_length=10, choices=list(PLEAS.items()))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="pleas", help_text="which unit asked")
    reason = models.CharField(max_length=500)
    cause = models.CharField(max_length=12, blank=True)
    until = models.DateTimeField(null=True)
    granted_until = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(default=now)
    state = models.CharField(max_length=8, default="open", choices=list(STATES.items()))
    decided_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=500, blank=True)

    class Meta:
        indexes = [
            models.Index("task", "id", name="plea_of_task"),
            models.Index("room", "id", name="plea_open_of_room", condition=models.Q(decided_at=None)),
        ]
        constraints = [
            models.UniqueConstraint("task", name="one_open_plea_a_task", condition=models.Q(decided_at=None))
        ]
