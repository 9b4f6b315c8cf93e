from django.db import models

from ....ground.calendar.clock import now
from ....ground.people.models import Post, Unit
from ....topic.models import Topic
from .words import ANSWERS, PARTIES, SOURCES


class ResearchVisit(models.Model):
    """A visit before the meeting (调研): who went, what was found, what it may cost in yuan. Photos
    under `subject`."""

    topic = models.ForeignKey(Topic, models.PROTECT, related_name="research")
    at = models.DateTimeField()
    who = models.CharField(max_length=200, help_text="bodies and roles, never a resident's name")
    findings = models.TextField()
    cost = models.PositiveBigIntegerField(null=True)
    recorded_at = models.DateTimeField(default=now)

    class Meta:
        indexes = [models.Index("topic", "id", name="research_of_topic")]

    @property
    def subject(self) -> str:
        return f"research:{self.pk}"


class Voice(models.Model):
    """What one of the eight parties said during a visit."""

    visit = models.ForeignKey(ResearchVisit, models.CASCADE, related_name="voices")
    party = models.CharField(max_length=16, choices=list(PARTIES.items()))
    words = models.TextField()


class Option(models.Model):
    """A way to solve it, beside the others: 甲, 乙, 丙. `cost` in yuan; None where nobody could say yet."""

    topic = models.ForeignKey(Topic, models.PROTECT, related_name="options")
    label = models.CharField(max_length=2)
    title = models.CharField(max_length=60)
    words = models.TextField(blank=True)
    cost = models.PositiveBigIntegerField(null=True)
    source = models.CharField(max_length=16, choices=list(SOURCES.items()), blank=True)
    basis = models.CharField(max_length=200, blank=True, help_text="law, rule or standard that it rests on")
    pros = models.TextField(blank=True)
    cons = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint("topic", "label", name="one_option_a_label")]


class Suggestion(models.Model):
    """What anyone suggests, before the meeting or after the result. Each is answered: adopted or not, and why."""

    topic = models.ForeignKey(Topic, models.PROTECT, related_name="suggestions")
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="suggestions")
    words = models.TextField()
    after = models.BooleanField(default=False, help_text="came when there was a result already")
    at = models.DateTimeField(default=now)
    adopted = models.BooleanField(null=True)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index("topic", "id", name="suggestions_of_topic"),
            models.Index("topic", name="suggestions_to_answer", condition=models.Q(adopted=None)),
        ]


class Invitation(models.Model):
    """One body or group of the eight parties asked to come. An affected side must be among them.

    `body` is what the public reads: "业主代表 3 名", "供电公司". Who it is for is a post or a unit,
    where known.
    """

    topic = models.ForeignKey(Topic, models.PROTECT, related_name="invitations")
    party = models.CharField(max_length=16, choices=list(PARTIES.items()))
    body = models.CharField(max_length=80)
    affected = models.BooleanField(default=False)
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="invitations")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="invitations")
    invited_at = models.DateTimeField(default=now)
    answer = models.CharField(max_length=10, choices=list(ANSWERS.items()), blank=True)
    words = models.CharField(max_length=200, blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index("topic", "id", name="invitations_of_topic"),
            models.Index("post", "id", name="invitations_of_post", condition=models.Q(post__isnull=False)),
            models.Index("unit", "id", name="invitations_of_unit", condition=models.Q(unit__isnull=False)),
        ]
        constraints = [models.UniqueConstraint("topic", "party", "body", name="invited_once")]
