from django.db import models

from ....ground.calendar.clock import now
from ....ground.people.models import Unit
from ....topic.models import Topic
from .meeting import Attendance, Meeting
from .words import CLASSES, OUTCOMES, PARTIES, PLEDGE_KINDS, PROCUREMENT, SOURCES, VOTE_PROCEDURES


class Dissent(models.Model):
    """An opinion kept on the record (保留意见). `name` is how the speaker chose to be named; empty: unnamed."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="dissents")
    attendance = models.ForeignKey(Attendance, models.PROTECT, null=True, related_name="dissents")
    kind = models.CharField(max_length=16, choices=list(CLASSES.items()))
    name = models.CharField(max_length=60, blank=True)
    words = models.TextField()
    at = models.DateTimeField(default=now)

    class Meta:
        indexes = [models.Index("meeting", "id", name="dissents_of_meeting")]


class Resolution(models.Model):
    """What a round came to (协商成果). Its items are the contract; delivery makes a task of each.

    `confirmed_at` is when the party organisation confirmed it (for an emergency: the late review).
    """

    topic = models.ForeignKey(Topic, models.PROTECT, related_name="resolutions")
    meeting = models.OneToOneField(Meeting, models.PROTECT, related_name="resolution")
    outcome = models.CharField(max_length=8, choices=list(OUTCOMES.items()))
    summary = models.TextField()
    concluded_at = models.DateTimeField(default=now)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.CharField(max_length=120, blank=True)
    dropped_at = models.DateTimeField(null=True, help_text="reconsidered: it is history, not a contract")

    class Meta:
        indexes = [
            models.Index("topic", "id", name="resolutions_of_topic"),
            models.Index(
                "id",
                name="resolutions_to_confirm",
                condition=models.Q(confirmed_at=None, dropped_at=None),
            ),
        ]

    @property
    def adopted(self) -> bool:
        """Whether there is something to carry out."""
        return self.outcome in {"agreed", "partly"} and self.dropped_at is None


class ResolutionItem(models.Model):
    """One thing to be done: what, who, how much (yuan), whose money, how bought, until when, when it
    counts as done."""

    resolution = models.ForeignKey(Resolution, models.PROTECT, related_name="items")
    order = models.PositiveSmallIntegerField()
    what = models.CharField(max_length=200)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="resolution_items")
    supporting = models.ManyToManyField(Unit, related_name="supported_items")
    cost = models.PositiveBigIntegerField(default=0)
    source = models.CharField(max_length=16, choices=list(SOURCES.items()))
    procurement = models.CharField(max_length=8, choices=list(PROCUREMENT.items()))
    due = models.DateField()
    criterion = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint("resolution", "order", name="one_item_a_line")]


class Pledge(models.Model):
    """What a party promised to bring (认领): kept, broken, or not yet known. `who` is a body, never a
    resident's name."""

    topic = models.ForeignKey(Topic, models.PROTECT, related_name="pledges")
    resolution = models.ForeignKey(Resolution, models.PROTECT, null=True, related_name="pledges")
    party = models.CharField(max_length=16, choices=list(PARTIES.items()))
    who = models.CharField(max_length=80)
    kind = models.CharField(max_length=8, choices=list(PLEDGE_KINDS.items()))
    quantity = models.CharField(max_length=80, help_text='with its unit: "志愿者 20 名", "黄桃 500 千克"')
    due = models.DateField(null=True)
    pledged_at = models.DateTimeField(default=now)
    kept = models.BooleanField(null=True)
    kept_words = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index("topic", "id", name="pledges_of_topic")]


class StatutoryVote(models.Model):
    """A vote that the law asks for and that is not ours to hold: handed over, and its result recorded."""

    topic = models.ForeignKey(Topic, models.PROTECT, related_name="statutory_votes")
    procedure = models.CharField(max_length=8, choices=list(VOTE_PROCEDURES.items()))
    handed_at = models.DateTimeField(default=now)
    passed = models.BooleanField(null=True)
    result = models.TextField(
        blank=True, help_text="who voted, how many, for and against, where it is posted"
    )
    recorded_at = models.DateTimeField(null=True)
