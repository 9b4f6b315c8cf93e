from django.db import models
from django.utils.translation import gettext_noop as N_

from ...ground.calendar.clock import now
from ...ground.people.models import Unit
from ...topic.models import Category, Topic
from ..intake.models import Report

DECISIONS = {"answer": N_("答复"), "transfer": N_("转办"), "decline": N_("不予受理")}
VERDICTS = {"approved": N_("同意协商"), "returned": N_("退回"), "postponed": N_("暂缓"), "noted": N_("补审")}


class CallBack(models.Model):
    """A clerk phoned a reporter back: when, reached or not, what was said. The content is never public."""

    topic = models.ForeignKey(Topic, models.PROTECT, related_name="call_backs")
    report = models.ForeignKey(Report, models.PROTECT, related_name="call_backs")
    at = models.DateTimeField(default=now)
    reached = models.BooleanField()
    words = models.TextField(blank=True)
    label = models.CharField(max_length=120)

    class Meta:
        indexes = [models.Index("topic", "at", name="call_backs_of_topic")]


class SiteVisit(models.Model):
    """Somebody went and looked: findings and who is concerned, for everyone to read. Photos: "visit:<id>"."""

    topic = models.ForeignKey(Topic, models.PROTECT, related_name="visits")
    at = models.DateTimeField(default=now)
    findings = models.TextField()
    stakeholders = models.CharField(max_length=300, blank=True, help_text="bodies and groups, not persons")
    label = models.CharField(max_length=120)

    class Meta:
        indexes = [models.Index("topic", "at", name="visits_of_topic")]

    @property
    def subject(self) -> str:
        return f"visit:{self.pk}"


class Question(models.Model):
    """What the clerk asked the reporters, and the first answer that came. Neither is public."""

    topic = models.ForeignKey(Topic, models.PROTECT, related_name="questions")
    words = models.TextField()
    asked_at = models.DateTimeField(default=now)
    label = models.CharField(max_length=120)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    report = models.ForeignKey(Report, models.PROTECT, null=True, related_name="answers")

    class Meta:
        indexes = [models.Index("topic", "asked_at", name="questions_of_topic")]
        constraints = [
            models.UniqueConstraint(
                "topic", name="one_open_question_a_topic", condition=models.Q(answered_at=None)
            )
        ]


class Home(models.Model):
    """The topic under which a report stood before a merge, so that a split gives back exactly that one."""

    report = models.OneToOneField(Report, models.CASCADE, primary_key=True, related_name="home")
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="homes")


class Sorting(models.Model):
    """What the clerk decided when sorting, beyond the topic's own category: the unit that should do it."""

    topic = models.OneToOneField(Topic, models.PROTECT, primary_key=True, related_name="sorting")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="sortings")
    at = models.DateTimeField(default=now)
    label = models.CharField(max_length=120)


class DutyRow(models.Model):
    """The duty list (职责清单): in this place and below, this category is this unit's duty."""

    place = models.CharField(max_length=12, help_text="a division code: its subtree")
    category = models.ForeignKey(Category, models.PROTECT, related_name="duties")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="duties")

    class Meta:
        constraints = [models.UniqueConstraint("category", "place", name="one_duty_a_place_and_category")]


class Decision(models.Model):
    """How a topic ended in triage, in words for the public: declined, answered, or transferred.

    `body` is where to go instead (declined) or who has it now (transferred); `result` is what the
    other body said.
    """

    topic = models.ForeignKey(Topic, models.PROTECT, related_name="decisions")
    kind = models.CharField(max_length=10, choices=list(DECISIONS.items()))
    code = models.CharField(max_length=24, blank=True, help_text="a key of rules.DECLINE_CODES")
    body = models.CharField(max_length=300, blank=True)
    words = models.TextField()
    at = models.DateTimeField(default=now)
    label = models.CharField(max_length=120)
    result = models.TextField(blank=True)
    result_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index("topic", "at", name="decisions_of_topic")]


class Review(models.Model):
    """The party organisation's gate: asked, by when, and what was decided, with reason or conditions.

    `late`: an emergency was dealt with first and is looked at afterwards. One review is open at a time.
    """

    topic = models.ForeignKey(Topic, models.PROTECT, related_name="reviews")
    place = models.CharField(max_length=12)
    late = models.BooleanField(default=False)
    asked_at = models.DateTimeField(default=now)
    due_at = models.DateTimeField()
    organ = models.CharField(max_length=120, blank=True)
    decision = models.CharField(max_length=10, choices=list(VERDICTS.items()), blank=True)
    reason = models.TextField(blank=True)
    conditions = models.TextField(blank=True)
    until = models.DateField(null=True, help_text="postponed: taken up again on this day")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index("topic", "asked_at", name="reviews_of_topic"),
            models.Index("due_at", "id", name="reviews_open", condition=models.Q(decided_at=None)),
        ]
        constraints = [
            models.UniqueConstraint(
                "topic", "late", name="one_open_review_a_topic", condition=models.Q(decided_at=None)
            )
        ]
