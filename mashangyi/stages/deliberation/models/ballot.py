from django.db import models

from ....ground.calendar.clock import now
from ....ground.people.models import Post
from .meeting import Attendance, Meeting
from .words import BALLOT_KINDS, BALLOT_OUTCOMES, CHOICES, COUNTED, ELECTORATES, MOOD, ORIGINS


class Ballot(models.Model):
    """One question put to the meeting. `share` is the per cent of votes it needs, 50 meaning more than half.

    `offered` holds the answers of a choice ballot as [[key, words], …]; other kinds have fixed ones.
    """

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="ballots")
    question = models.CharField(max_length=200)
    kind = models.CharField(max_length=8, choices=list(BALLOT_KINDS.items()))
    offered = models.JSONField(default=list)
    electorate = models.CharField(max_length=10, choices=list(ELECTORATES.items()), default="vouched")
    share = models.PositiveSmallIntegerField(default=50)
    quorum = models.PositiveIntegerField(default=0)
    advisory = models.BooleanField(default=True)
    opened_at = models.DateTimeField(default=now)
    closed_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, choices=list(BALLOT_OUTCOMES.items()), blank=True)
    winner = models.CharField(max_length=10, blank=True)

    class Meta:
        indexes = [models.Index("meeting", "id", name="ballots_of_meeting")]

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def is_mood(self) -> bool:
        """Whether it takes guests, too, and therefore decides nothing."""
        return self.electorate == MOOD

    @property
    def choices(self) -> dict[str, str]:
        """Key and words of each answer, in the order in which they are shown; words are msgids where fixed."""
        return dict(self.offered) if self.kind == "choice" else CHOICES[self.kind]


class Vote(models.Model):
    """The one vote of one who signed in. While the ballot is open it may be changed, never doubled."""

    ballot = models.ForeignKey(Ballot, models.PROTECT, related_name="votes")
    voter = models.ForeignKey(Attendance, models.PROTECT, related_name="votes")
    choice = models.CharField(max_length=10)
    words = models.CharField(max_length=300, blank=True)
    origin = models.CharField(max_length=6, choices=[(key, ORIGINS[key]) for key in ("phone", "clerk")])
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = [models.UniqueConstraint("ballot", "voter", name="one_vote_a_voter")]


class Count(models.Model):
    """Hands or paper slips counted for one answer: who entered it, and whether a later count replaced it."""

    ballot = models.ForeignKey(Ballot, models.PROTECT, related_name="counts")
    origin = models.CharField(max_length=6, choices=[(key, ORIGINS[key]) for key in COUNTED])
    choice = models.CharField(max_length=10)
    number = models.PositiveIntegerField()
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="counts")
    at = models.DateTimeField(default=now)
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "ballot", "origin", "choice", name="one_count_in_force", condition=models.Q(replaced_at=None)
            )
        ]
