from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as N_

from ..ground.calendar.clock import now
from ..ground.places.models import Room
from .numbers import number

TRACKS = {
    "direct": N_("直办"),
    "quick": N_("即时议"),
    "full": N_("专题协商"),
    "emergency": N_("应急"),
    "mediation": N_("调解"),
    "statutory_vote": N_("法定表决"),
    "transfer": N_("转办"),
    "answer": N_("答复"),
    "decline": N_("不予受理"),
}


class Category(models.Model):
    """What a topic is about, in up to three levels: "urban/noise/building-site". Filled from a file."""

    path = models.CharField(max_length=120, primary_key=True)
    name = models.CharField(max_length=60)
    order = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["order", "path"]

    def __str__(self):
        return self.label

    @property
    def label(self) -> str:
        """The name in the reader's language; one that a city added itself, as the city wrote it."""
        return gettext(self.name)


class TopicQuerySet(models.QuerySet):
    def update(self, **fields):
        if "state" in fields and not getattr(self, "_by_lifecycle", False):
            raise RuntimeError("only lifecycle.move() sets the state of a topic")
        return super().update(**fields)


class Topic(models.Model):
    """The matter itself. n reports are joined to it, and every answer goes back to each of them.

    Until a clerk has written `title` and `summary` for the public, the public reads neither.
    `stage`, `family` and `due_at` follow the state; lifecycle.py alone writes them.
    """

    room = models.ForeignKey(Room, models.PROTECT, related_name="topics")
    place = models.CharField(max_length=12)
    county = models.CharField(max_length=6, help_text="first six digits of place: its own index, its own lists")
    town = models.CharField(max_length=9)
    spot = models.CharField(max_length=120, blank=True)
    title = models.CharField(max_length=80, blank=True)
    summary = models.TextField(blank=True)
    category = models.ForeignKey(Category, models.PROTECT, null=True)
    track = models.CharField(max_length=16, choices=list(TRACKS.items()), blank=True)
    urgent = models.BooleanField(default=False)
    hazard = models.BooleanField(default=False)
    state = models.CharField(max_length=20, default="received")
    stage = models.CharField(max_length=14, default="triage")
    family = models.CharField(max_length=8, default="open")
    holder = models.CharField(max_length=120, blank=True)
    due_at = models.DateTimeField(null=True)
    moves = models.PositiveIntegerField(default=0)
    outcome = models.CharField(max_length=40, blank=True)
    reason = models.TextField(blank=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged")
    reports_count = models.PositiveIntegerField(default=0)
    support_count = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=now)
    moved_at = models.DateTimeField(default=now)
    ended_at = models.DateTimeField(null=True)

    objects = TopicQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index("room", "stage", "due_at", "id", name="topic_desk"),
            models.Index("family", "id", name="topic_of_city"),
            models.Index("county", "family", "id", name="topic_of_county"),
            models.Index("town", "family", "id", name="topic_of_town"),
            models.Index("place", "family", "id", name="topic_of_place"),
            models.Index("room", "family", "id", name="topic_of_room"),
            models.Index("state", "id", name="topic_state_of_city"),
            models.Index("county", "state", "id", name="topic_state_of_county"),
            models.Index("town", "state", "id", name="topic_state_of_town"),
            models.Index("stage", "due_at", "id", name="topic_of_stage"),
            models.Index("category", "family", "id", name="topic_of_category"),
        ]

    def save(self, *args, **kwargs):
        self.county, self.town = self.place[:6], self.place[:9]
        if self.pk and not kwargs.get("force_insert"):
            written = kwargs.setdefault("update_fields", PUBLIC_FIELDS)
            if not set(written) <= set(PUBLIC_FIELDS):
                raise RuntimeError("only lifecycle.move() sets the state of a topic, and what follows it")
        super().save(*args, **kwargs)

    @property
    def number(self) -> str:
        return number("Y", self.pk, self.created_at)

    @property
    def subject(self) -> str:
        return f"topic:{self.pk}"

    @property
    def is_open(self) -> bool:
        return self.family == "open"


# What may be written by saving a topic; everything else follows its moves.
PUBLIC_FIELDS = ["title", "summary", "category", "spot", "urgent", "hazard", "track"]
