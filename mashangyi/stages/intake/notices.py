"""What a reporter is told from their first minute on: every public step of their topic."""

from django.utils.translation import gettext as _

from ...ground.journal.verbs import wording
from ...ground.outbox.notices import NoticeKind
from ...topic.lifecycle import MOVES
from . import queries
from .models import Report

# Not worth a message: the reporter did it, or another follows at once. What is decided and opened again is told by
# evaluation, which knows by whose receipt it was done.
QUIET = {"withdraw", "confirm", "redo", "answer_in", "look_back", "reopen"}


class TopicMoved(NoticeKind):
    """Each reporter of a topic hears of each move, once, however many reports were joined."""

    name = "topic_moved"
    verbs = tuple(f"topic.{move}" for move in MOVES if move not in QUIET)

    def recipients(self, entry):
        return queries.reporters(Report.objects.filter(topic=entry.topic, withdrawn_at=None))

    def words(self, entry, recipient):
        report, what = queries.first_of(entry.topic, recipient), wording(entry)
        words = _("您反映的“%(matter)s”有了新进展：%(what)s。")
        return what, words % {"matter": report.topic.title or report.number, "what": what}, queries.receipt_address(report)


KINDS = (TopicMoved(),)
