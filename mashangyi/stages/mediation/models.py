from django.db import models

from ...ground.calendar.clock import now
from ...topic.models import Topic


class Case(models.Model):
    """A mediation. What the parties said and agreed is sealed; `post` is the mediator who may read it."""

    topic = models.ForeignKey(Topic, models.PROTECT, related_name="cases")
    post = models.ForeignKey("people.Post", models.PROTECT, related_name="cases")
    opened_at = models.DateTimeField(default=now)
    closed_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=20, blank=True)

    class Meta:
        indexes = [models.Index("post", "id", name="cases_of_mediator")]
        constraints = [
            models.UniqueConstraint(
                "topic", name="one_open_case_a_topic", condition=models.Q(closed_at=None)
            )
        ]


class Paper(models.Model):
    """One sealed sheet of a case: a party, a session, a proposal, the agreement, an obligation."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="papers")
    kind = models.CharField(max_length=12)
    sealed = models.BinaryField()
    at = models.DateTimeField(default=now)
    due_on = models.DateField(null=True)
    signed = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index("case", "id", name="papers_of_case")]
