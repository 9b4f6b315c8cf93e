from django.db import models
from django.db.models import Q

from ..calendar.clock import now

# What is still on its way; one index each, because SQLite finds none for "one of the two".
OPEN = ("sending", "waiting")


class Notice(models.Model):
    """Something one recipient ("person:4", "report:19") is told about one journal entry. Shown on the page.

    The kinds "digest:…" are the daily letters: they go out by carrier and are not shown on the page again.
    """

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
        indexes = [
            models.Index("recipient", "id", name="notices_of_recipient"),
            models.Index("recipient", name="notices_not_seen", condition=Q(seen_at=None)),
        ]


class Delivery(models.Model):
    """One notice by one carrier.

    waiting → sending → sent; a failure goes back to waiting with a later `next_at`, the last one to dead.
    While sending, `next_at` is when its worker is taken for dead. digest → bundled: it went into a letter.
    dead → waiting or dropped: somebody has looked at it.
    """

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
            models.Index("next_at", name="delivery_waiting", condition=Q(state="waiting")),
            models.Index("next_at", name="delivery_sending", condition=Q(state="sending")),
            models.Index("next_at", name="delivery_digest", condition=Q(state="digest")),
            models.Index("id", name="delivery_dead", condition=Q(state="dead")),
        ]

    @property
    def key(self) -> str:
        """The same at every try: a carrier that knows it has sent already sends no second time."""
        return f"mashangyi-delivery-{self.pk}"


class Wish(models.Model):
    """How a recipient wants to be told: by which carriers, at once or once a day, or not at all."""

    recipient = models.CharField(max_length=40, primary_key=True)
    carriers = models.JSONField(default=list, help_text="besides the page; empty: all that reach them")
    digest = models.BooleanField(default=False)
    silent = models.BooleanField(default=False)
    language = models.CharField(max_length=8, default="zh-hans")


class Unmade(models.Model):
    """A notice that could not be made, because its kind failed on this entry. Nobody else waits for it."""

    seq = models.BigIntegerField()
    kind = models.CharField(max_length=40)
    error = models.CharField(max_length=300)
    failed_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [models.UniqueConstraint("seq", "kind", name="one_failure_a_kind")]
