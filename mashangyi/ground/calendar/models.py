from django.db import models


class Clock(models.Model):
    """A running deadline: which promise of clocks.CLOCKS, on what, who holds it, until when.

    `subject` names the thing as "topic:12" or "task:7"; the ground does not know what that is. `topic`
    and `room` are the ones on whose pages an overrun is shown.
    """

    kind = models.CharField(max_length=24)
    subject = models.CharField(max_length=40)
    topic = models.BigIntegerField(null=True)
    room = models.BigIntegerField(null=True)
    place = models.CharField(max_length=12)
    holder = models.CharField(max_length=120, blank=True)
    started_at = models.DateTimeField()
    remind_at = models.DateTimeField()
    due_at = models.DateTimeField()
    paused_at = models.DateTimeField(null=True)
    pause_reason = models.CharField(max_length=200, blank=True)
    stopped_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    overdue_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index("subject", "kind", name="clock_of_subject"),
            models.Index("kind", "due_at", name="clock_running", condition=models.Q(stopped_at=None)),
            models.Index(
                "due_at",
                name="clock_to_call_overdue",
                condition=models.Q(stopped_at=None, paused_at=None, overdue_at=None),
            ),
            models.Index(
                "remind_at",
                name="clock_to_remind",
                condition=models.Q(stopped_at=None, paused_at=None, overdue_at=None, reminded_at=None),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                "subject", "kind", name="one_running_clock_a_kind", condition=models.Q(stopped_at=None)
            )
        ]


class DayOff(models.Model):
    """A day on which the city does not follow the national calendar: off, or worked, and why."""

    day = models.DateField(primary_key=True)
    working = models.BooleanField(default=False)
    reason = models.CharField(max_length=80)

    class Meta:
        ordering = ["day"]
