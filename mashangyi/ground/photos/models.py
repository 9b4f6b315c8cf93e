from django.db import models
from django.urls import reverse

from ..calendar.clock import now


class Photo(models.Model):
    """A picture, re-encoded and without metadata. `subject` is what it belongs to: "report:12", "task:3".

    `public` photos are for everyone; the others are shown to whom access.py lets see their subject.
    """

    subject = models.CharField(max_length=40)
    kind = models.CharField(max_length=12, default="evidence", help_text="evidence, before, during, after")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the stored file; also its name")
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    caption = models.CharField(max_length=120, blank=True)
    role = models.CharField(max_length=20, blank=True, help_text="in what role it was put here")
    public = models.BooleanField(default=False)
    taken_at = models.DateTimeField(default=now)

    class Meta:
        indexes = [
            models.Index("subject", "id", name="photos_of_subject"),
            models.Index("digest", name="photos_by_digest"),
        ]

    @property
    def url(self) -> str:
        return reverse("photos:photo", kwargs={"digest": self.digest})

    @property
    def small_url(self) -> str:
        return reverse("photos:small", kwargs={"digest": self.digest})
