from django.db import models
from django.utils.translation import gettext_noop as N_

from ...ground.calendar.clock import now
from ...topic.models import Topic
from ...topic.numbers import number

CHANNELS = {
    "scan": N_("扫码"),
    "grid": N_("网格推题"),
    "proxy": N_("网格员代提"),
    "hotline": N_("12345 热线"),
    "member": N_("政协委员"),
    "station": N_("聆听驿站"),
    "committee": N_("党政点题"),
    "petition": N_("阳光信访"),
}


class Report(models.Model):
    """What one person said through one channel (来件). Its words are for those who handle it, never public.

    Who said it is in the vault under `subject`. Whoever holds the receipt (rules.receipt_secret) may
    follow, withdraw and judge. `once` is the random word of the form it came by: a form that a bad
    network sends twice is one report.
    """

    topic = models.ForeignKey(Topic, models.PROTECT, related_name="reports")
    channel = models.CharField(max_length=12, choices=list(CHANNELS.items()))
    words = models.TextField()
    spot = models.CharField(max_length=120, blank=True)
    code = models.ForeignKey("places.Code", models.PROTECT, null=True, related_name="reports")
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="reports")
    filed_by = models.ForeignKey("people.Post", models.PROTECT, null=True, related_name="filed")
    consent = models.CharField(max_length=120, blank=True, help_text="how the person agreed to be spoken for")
    cosponsors = models.JSONField(default=list)
    source = models.CharField(max_length=20, blank=True)
    external_id = models.CharField(max_length=80, blank=True)
    original = models.JSONField(default=dict, help_text="further fields of the source system, without identities")
    once = models.CharField(max_length=40, unique=True, null=True)
    joined = models.BooleanField(default=False, help_text="came by 'me too' on an open topic")
    happened_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField(default=now)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index("topic", "id", name="reports_of_topic")]
        constraints = [
            models.UniqueConstraint(
                "source", "external_id", name="one_report_a_ticket", condition=~models.Q(external_id="")
            )
        ]

    @property
    def number(self) -> str:
        return number("L", self.pk, self.received_at)

    @property
    def subject(self) -> str:
        return f"report:{self.pk}"
