"""Opening again what was over."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ....ground.calendar.clock import now
from ....ground.journal.deeds import deed
from ....ground.people import law
from ....ground.photos.store import store
from ....topic import lifecycle
from ....topic.models import Topic
from ...intake.models import Report
from .. import rules
from ..models import CAUSES, Reopening
from .asking import hold


@deed
def reopen(report: Report, cause: str, words: str = "", *, by, own: bool, photos=()) -> Reopening:
    """Open a matter again, by whoever reported it, within six months of its end.

    `cause` (of CAUSES) is public; `words` are for the room. The topic goes back to be checked.
    """
    law.demand(by, "evaluation.reopen", report, own=own)
    if by.role != "resident":
        raise law.No(_("重新打开由反映人自己来做。"))
    topic = hold(report.topic)
    if not rules.may_reopen(topic.ended_at, now()):
        raise ValidationError({"cause": _("只有办结后半年内可以重新打开。时间久了，请重新反映一次。")})
    opened = _reopen(topic, cause, words, by, report=report)
    store(photos, opened.subject, by=by)
    return opened


@deed
def reopen_by_audit(topic: Topic, words: str, *, by) -> Reopening:
    """Open a matter again at any time, by an auditor who found that its outcome does not hold."""
    law.demand(by, "evaluation.reopen_by_audit", topic)
    return _reopen(hold(topic), "other", words, by, public=words)


def _reopen(topic: Topic, cause: str, words: str, by, *, report=None, public: str = "") -> Reopening:
    if cause not in CAUSES:
        raise ValidationError({"cause": _("请选一下为什么重新打开。")})
    if cause == "other" and not words.strip():
        raise ValidationError({"words": _("请写几个字，说说为什么。")})
    if len(words) > rules.LONGEST:
        raise ValidationError({"words": _("最多 1000 个字，长的材料请拍照附上。")})
    opened = Reopening.objects.create(
        topic=topic, report=report, cause=cause, words=words.strip(), was=topic.state, at=now()
    )
    lifecycle.move(topic, "reopen", by=by, reason=public or CAUSES[cause], outcome="")
    return opened
