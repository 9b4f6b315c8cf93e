from django.db import models

from ..calendar.clock import now


class Notice(models.Model):
    """Something one recipient is told about one journal entry. `subject` is "person:4" or "report:19"."""

    seq = models.BigIntegerField()
    kind = models.CharField(max_length=40)
    recipient = models.CharField(max_length=40)
    title = models.CharField(max_length=120)
    words = models.TextField()
    link = models.CharField(max_length=200, blank=True)
    urgent = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=now)
    seen_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint("seq", "kind", "recipient", name="told_once")]
        indexes = [models.Index("recipient", "id", name="notices_of_recipient")]


class Delivery(models.Model):
    """One notice by one carrier: waiting, sending, sent, dead (given up) or digest (waits for the daily letter)."""

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="deliveries")
    carrier = models.CharField(max_length=12)
    state = models.CharField(max_length=8, default="waiting")
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(default=now)
    sent_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint("notice", "carrier", name="sent_once_a_carrier")]
        indexes = [
            models.Index("next_at", name="delivery_waiting", condition=models.Q(state__in=["waiting", "sending"]))
        ]


class Wish(models.Model):
    """How a recipient wants to be told: carriers, at once or in a digest, or not at all."""

    recipient = models.CharField(max_length=40, primary_key=True)
    carriers = models.JSONField(default=list)
    digest = models.BooleanField(default=False)
    silent = models.BooleanField(default=False)
