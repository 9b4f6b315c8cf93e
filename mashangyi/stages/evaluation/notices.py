"""Who is told what of evaluation: those who are asked, and the room when something is not solved."""

from django.utils.translation import gettext as _

from ...ground.outbox.notices import NoticeKind
from ...topic.models import Topic
from ...topic.notices import ForTheRoom
from ..intake.models import Report
from ..intake.notices import TopicMoved
from ..intake.queries import recipient
from . import queries
from .models import Question, Reopening, Round


class PleaseConfirm(NoticeKind):
    """Each of those asked gets the link to their own judging page."""

    name = "please_confirm"
    verbs = ("evaluation.asked", "evaluation.sampled")

    def recipients(self, entry):
        why = "neighbour" if entry.verb == "evaluation.sampled" else "reporter"
        asked = Question.objects.filter(round__topic=entry.topic, round__number=entry.data["round"], why=why)
        return list(asked.order_by("id").values_list("recipient", flat=True))

    def words(self, entry, recipient):
        topic = Topic.objects.get(pk=entry.topic)
        words = _("“%(title)s”，承办单位说办好了。真的解决了吗？由您说了算，点开只要一下。")
        link = queries.judge_link(entry.topic, recipient)
        return _("办好了吗？请您确认"), words % {"title": topic.title or topic.number}, link


class TheOthers(TopicMoved):
    """Every reporter but the one by whose receipt it was done, signed in or not: they know."""

    def recipients(self, entry):
        report = self.report_of(entry)
        own = recipient(report.pk, report.person_id) if report else ""
        return [name for name in super().recipients(entry) if name != own]

    def report_of(self, entry) -> Report | None:
        """The report by which it was done; None when nobody's receipt was needed."""
        raise NotImplementedError


class OpenedAgain(TheOthers):
    """The reporters hear that a matter is open again."""

    name = "opened_again"
    verbs = ("topic.reopen",)

    def report_of(self, entry):
        opened = Reopening.objects.filter(topic=entry.topic, at__lte=entry.at).select_related("report").order_by("-id")
        last = opened.first()
        return last.report if last else None


class Decided(TheOthers):
    """The reporters hear whether it is solved. Where the time was over and answers were counted, all of them."""

    name = "decided"
    verbs = ("topic.confirm", "topic.redo")

    def report_of(self, entry):
        closed = Round.objects.filter(topic=entry.topic, closed_at__lte=entry.at).order_by("-number").first()
        if closed is None or closed.closed_at >= closed.until:
            return None
        last = closed.judgements.select_related("report").order_by("-judged_at", "-id").first()
        return last.report if last else None


class NotSolved(ForTheRoom):
    """The convener is told that somebody says it is not solved, or has it opened again."""

    name = "not_solved"
    verbs = ("evaluation.judged_not", "topic.reopen")


KINDS = (PleaseConfirm(), Decided(), OpenedAgain(), NotSolved())
