from datetime import datetime

from django.db import models
from django.utils import timezone

from ....ground.calendar.clock import now, today
from ....ground.places.models import Room
from ....topic.models import Topic
from .words import AT_ONCE, CLASSES, FORMS, MEETING_STATES, REMOTE_FORMS, WAYS


class Meeting(models.Model):
    """One round of deliberation (协商议事会) on a topic. `code` is what the room shows: six digits to
    sign in with.

    `agenda` is one item a line; `at_item` the one being talked about, from 0. `heads` is how many people
    the clerk counted on site, where not everyone signs in.
    """

    topic = models.ForeignKey(Topic, models.PROTECT, related_name="meetings")
    room = models.ForeignKey(Room, models.PROTECT, related_name="meetings")
    round = models.PositiveSmallIntegerField(default=1)
    form = models.CharField(max_length=12, choices=list(FORMS.items()))
    place_words = models.CharField(max_length=120)
    at = models.DateTimeField()
    agenda = models.TextField(blank=True)
    at_item = models.PositiveSmallIntegerField(default=0)
    seats = models.PositiveIntegerField(null=True)
    heads = models.PositiveIntegerField(null=True)
    state = models.CharField(max_length=10, choices=list(MEETING_STATES.items()), default="planned")
    emergency = models.BooleanField(default=False)
    short_notice = models.CharField(
        max_length=200, blank=True, help_text="why the notice was shorter than it must be"
    )
    no_side = models.CharField(max_length=200, blank=True, help_text="why no affected side was invited")
    moved_because = models.CharField(max_length=200, blank=True)
    code = models.CharField(max_length=6)
    announced_at = models.DateTimeField(default=now)
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    minutes = models.JSONField(
        default=dict, help_text="who took part, ballots, dissent: counted when it closed"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint("topic", "round", name="one_meeting_a_round"),
            models.UniqueConstraint(
                "topic", name="one_meeting_at_a_time", condition=models.Q(state__in=["planned", "open"])
            ),
        ]
        indexes = [
            models.Index("room", "state", "at", name="meetings_of_room"),
            models.Index("state", "at", "id", name="meetings_by_time"),
            models.Index("state", "id", name="meetings_by_state"),
        ]

    @property
    def items(self) -> list[str]:
        """The agenda, one item a line."""
        return [line.strip() for line in self.agenda.splitlines() if line.strip()]

    @property
    def has_not_begun(self) -> bool:
        """Whether its hour has come and nobody has opened it."""
        return self.state == "planned" and self.at < now()

    @property
    def goes_on_since(self) -> datetime | None:
        """When it began, where that was on another day and it was never closed."""
        left = self.state == "open" and self.opened_at and timezone.localtime(self.opened_at).date() < today()
        return self.opened_at if left else None

    @property
    def exceptions(self) -> tuple[str, str]:
        """Why the notice was short, and why no affected side was invited; a meeting on the spot needs no reason."""
        return ("", "") if self.no_side == AT_ONCE else (self.short_notice, self.no_side)

    @property
    def is_remote(self) -> bool:
        return self.form in REMOTE_FORMS

    @property
    def is_open(self) -> bool:
        """Whether its floor is open: talk and votes count only then. A topic gone to mediation shuts it."""
        return self.state == "open" and self.topic.state == "deliberating"


class Attendance(models.Model):
    """Somebody who signed in. `number` is what they are called in this meeting; no name stands here.

    Never used to appraise staff. A person signs in once however many devices they hold; a device that
    signed in by code alone is a guest until the clerk vouches for whoever holds it.
    """

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="attendances")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=16, choices=list(CLASSES.items()))
    way = models.CharField(max_length=8, choices=list(WAYS.items()))
    label = models.CharField(
        max_length=60, blank=True, help_text="for the clerk's list: seat or part, never a name"
    )
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="attendances")
    at = models.DateTimeField(default=now)
    struck_at = models.DateTimeField(null=True)
    struck_why = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("meeting", "number", name="one_number_a_meeting"),
            models.UniqueConstraint(
                "meeting", "person", name="signs_in_once", condition=models.Q(person__isnull=False)
            ),
        ]


class Statement(models.Model):
    """Something said in a meeting: by the speaker's own phone, or written down by the clerk. Its id is its turn."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="statements")
    attendance = models.ForeignKey(Attendance, models.PROTECT, null=True, related_name="statements")
    kind = models.CharField(max_length=16, choices=list(CLASSES.items()))
    way = models.CharField(max_length=8, choices=list(WAYS.items()))
    words = models.TextField()
    at_item = models.PositiveSmallIntegerField(default=0)
    at = models.DateTimeField(default=now)
    withheld_why = models.CharField(
        max_length=120, blank=True, help_text="why it is not shown: names, insults"
    )

    class Meta:
        indexes = [models.Index("meeting", "id", name="statements_of_meeting")]

    @property
    def hour(self) -> str:
        """When it was said, on the wall clock: "19:24"."""
        return f"{timezone.localtime(self.at):%H:%M}"
