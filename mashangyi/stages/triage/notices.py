"""Whom triage tells what: reporters when their matter is joined or parted, staff when something waits."""

from django.urls import reverse
from django.utils.translation import gettext as _

from ...ground.outbox.notices import NoticeKind
from ...ground.outbox.recipients import in_post
from ...ground.people.actor import KEEPERS
from ...topic.models import Topic
from ..intake.models import Report
from ..intake.queries import numbered, receipt_link, reporters, sent_by
from .rules import numbers_to_call

# Channels that bring many at once; their messages wait on the desk without a notice each.
BATCHES = ("hotline", "station", "petition")


class Joined(NoticeKind):
    """Each reporter of a topic that was merged, split off or set apart hears of it once.

    Their reports no longer stand under the entry's topic, so the entry itself says which they are.
    """

    name = "triage_joined"
    verbs = ("topic.merge", "topic.split", "triage.set_apart")

    def recipients(self, entry):
        return reporters(Report.objects.filter(pk__in=entry.data.get("reports", []), withdrawn_at=None))

    def words(self, entry, recipient):
        report = Report.objects.filter(**sent_by(recipient), pk__in=entry.data["reports"]).first()
        link = receipt_link(report.topic_id, recipient) if report else ""
        if entry.verb == "topic.merge":
            return (
                _("您反映的事和别人的并在一起办了"),
                _("这是同一件事，办理情况会告诉每一个人，您的编号照样能查。"),
                link,
            )
        return _("您反映的事单独办理了"), _("它和别的事不是一回事，已经分开。您的编号照样能查。"), link


class _ToStaff(NoticeKind):
    """Something waits for those in these posts of the topic's room; it is part of their work."""

    duty = True
    roles: tuple[str, ...] = ()
    route = ""

    def recipients(self, entry):
        return in_post(*self.roles, room=entry.room)

    def words(self, entry, recipient):
        topic = Topic.objects.get(pk=entry.topic)
        link = reverse(self.route, kwargs={"number": topic.number})
        return self.title(entry), topic.title or _("编号 %s") % topic.number, link

    def title(self, entry) -> str:
        raise NotImplementedError


class NewReport(_ToStaff):
    """A new message has come to the room. Those that an import brings by the hundred wait on the desk, urgent ones
    excepted. One that is marked urgent or speaks of danger to life rings at night, too."""

    name = "triage_new"
    verbs = ("intake.reported",)
    roles = ("clerk",)
    route = "triage:message"

    def recipients(self, entry):
        waits = entry.data.get("via") in BATCHES and not entry.data.get("urgent")
        return [] if waits else super().recipients(entry)

    def is_urgent(self, entry):
        return bool(entry.data.get("urgent")) or self.speaks_of_danger(entry)

    def speaks_of_danger(self, entry) -> bool:
        report = numbered(entry.data.get("report", ""))
        return report is not None and bool(numbers_to_call(report.words))

    def title(self, entry):
        return _("紧急：议事室来了新的反映") if self.is_urgent(entry) else _("议事室来了新的反映")


class AnswerCame(_ToStaff):
    """The reporter answered what was asked."""

    name = "triage_answer_in"
    verbs = ("topic.answer_in",)
    roles = ("clerk",)
    route = "triage:message"

    def title(self, entry):
        return _("反映人补充了情况")


class Reviewed(_ToStaff):
    """The organ has decided; the room goes on."""

    name = "triage_reviewed"
    verbs = ("topic.approve", "topic.return", "topic.postpone")
    roles = KEEPERS
    route = "topic:desk_topic"

    def title(self, entry):
        return {
            "topic.approve": _("党组织同意协商"),
            "topic.return": _("审定退回，请看原因"),
            "topic.postpone": _("审定暂缓，请看原因"),
        }[entry.verb]


class ReviewWaits(_ToStaff):
    """A matter waits for the review of its place, or an emergency for the look afterwards."""

    name = "triage_review_waits"
    verbs = ("topic.propose", "topic.review_again", "topic.respond_at_once")
    roles = ("reviewer",)
    route = "triage:review"

    def recipients(self, entry):
        return in_post(*self.roles, place=entry.place)

    def is_urgent(self, entry):
        return entry.verb == "topic.respond_at_once"

    def title(self, entry):
        if entry.verb == "topic.respond_at_once":
            return _("应急处置已开始，请在 24 小时内补审")
        return _("有议题等您审定")


KINDS = (Joined(), NewReport(), AnswerCame(), Reviewed(), ReviewWaits())
