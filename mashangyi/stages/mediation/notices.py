"""The mediator is told of a new case."""

from django.urls import reverse
from django.utils.translation import gettext as _

from ...ground.outbox.notices import NoticeKind
from .models import Case


class NewCase(NoticeKind):
    name = "new_case"
    verbs = ("topic.mediate",)
    duty = True

    def recipients(self, entry):
        for post in Case.objects.filter(topic=entry.topic, closed_at=None).values_list("post", flat=True):
            yield f"post:{post}"

    def words(self, entry, recipient):
        case = Case.objects.filter(topic=entry.topic).order_by("-id").first()
        return _("有一个调解案子交给您"), _("请在时限内约各方见面。"), reverse("mediation:case", kwargs={"case_id": case.pk})


KINDS = (NewCase(),)
