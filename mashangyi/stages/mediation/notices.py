"""The mediator is told of a case, the room of its end; what was said in it stands in no notice."""

from django.urls import reverse
from django.utils.translation import gettext as _

from ...ground.outbox.notices import NoticeKind
from ...topic.notices import ForTheRoom
from . import queries
from .models import Case


class NewCase(NoticeKind):
    """A case came to a mediator, from the room or from another mediator."""

    name = "new_case"
    verbs = ("topic.mediate", "mediation.changed")
    duty = True

    def recipients(self, entry):
        for post in Case.objects.filter(topic=entry.topic, closed_at=None).values_list("post", flat=True):
            yield f"post:{post}"

    def words(self, entry, recipient):
        case = Case.objects.filter(topic=entry.topic).order_by("-id").first()
        return _("有一个调解案子交给您"), _("请在时限内约各方见面。"), reverse("mediation:case", kwargs={"case_id": case.pk})


class CaseDue(NoticeKind):
    """A case's time is nearly over, or over: its mediator is told, and which case it is by its number alone."""

    name = "case_due"
    verbs = ("clock.reminded", "clock.overdue")
    duty = True

    def recipients(self, entry):
        return NewCase().recipients(entry) if entry.data["kind"] == "mediation" else []

    def words(self, entry, recipient):
        case = Case.objects.select_related("topic").filter(topic=entry.topic).order_by("-id").first()
        link = reverse("mediation:case", kwargs={"case_id": case.pk})
        if entry.verb == "clock.overdue":
            return _("调解案子超期了"), _("%s 超期了，居民在网页上看得到，请马上处理。") % case.topic.number, link
        return _("调解案子快到期了"), _("%s 快到期了，请及时处理。") % case.topic.number, link


class CaseEnded(ForTheRoom):
    """Whoever brought the dispute to a mediator hears how it ended, and nothing else."""

    name = "case_ended"
    verbs = queries.ENDINGS


KINDS = (NewCase(), CaseDue(), CaseEnded())
