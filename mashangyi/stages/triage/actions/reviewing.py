"""The review by the party organisation (审定): a gate with a clock, and a reason for every no."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ....ground.calendar import clocks
from ....ground.calendar.clock import local, now, today
from ....ground.calendar.workdays import DAY_ENDS
from ....ground.journal.deeds import deed
from ....ground.journal.record import record
from ....ground.people import law
from ....topic import lifecycle
from ....topic.models import Topic
from .. import queries
from ..models import Review
from .words import for_the_public

# A matter that waits longer than this would be forgotten.
LONGEST_WAIT = timedelta(days=366)


def ask_for_review(topic: Topic) -> Review:
    """Open the review of a topic that has just come up; part of the deed that brings it."""
    return Review.objects.create(topic=topic, place=topic.place, asked_at=now(), due_at=topic.due_at or now())


@deed
def approve(topic: Topic, conditions: str = "", *, by) -> Review:
    """The organ agrees that the matter is deliberated, with conditions if it sets any. Both are public."""
    law.demand(by, "triage.review", topic)
    if conditions.strip():
        conditions = for_the_public("conditions", conditions, "")

    review = _decide(topic, "approved", by, conditions=conditions.strip())

    lifecycle.move(
        topic, "approve", by=by, track="full", data={"conditions": conditions} if conditions else None
    )
    return review


@deed
def send_back(topic: Topic, reason: str, *, by) -> Review:
    """The organ returns the matter to the room, with the reason: it is checked and sorted once more."""
    law.demand(by, "triage.review", topic)
    reason = for_the_public("reason", reason, _("请写明退回的原因。"))

    review = _decide(topic, "returned", by, reason=reason)

    lifecycle.move(topic, "return", by=by, reason=reason)
    return review


@deed
def postpone(topic: Topic, reason: str, until: date, *, by) -> Review:
    """The organ puts the matter off until a day, with the reason. The organ is reminded of that day, and may then
    approve, return, or put it off once more."""
    law.demand(by, "triage.review", topic)
    reason = for_the_public("reason", reason, _("请写明暂缓的原因。"))
    if until <= today():
        raise ValidationError({"until": _("请选今天以后的一天。")})
    if until - today() > LONGEST_WAIT:
        raise ValidationError({"until": _("最多暂缓一年。要更久的，请退回并写明原因。")})

    review = _decide(topic, "postponed", by, reason=reason, until=until)

    due = local(until.year, until.month, until.day, DAY_ENDS.hour)
    lifecycle.move(topic, "postpone", by=by, reason=reason, due=due, data={"until": until.isoformat()})
    clocks.start("review", topic.subject, place=topic.place, holder=topic.holder, due=due)
    return review


@deed
def review_late(topic: Topic, words: str, *, by) -> Review:
    """The look afterwards at an emergency: what the organ found. It changes no state."""
    law.demand(by, "triage.review", topic)
    if not queries.late_review_due(topic):
        raise law.No(_("这件事不用补审，或者已经补审过了。"))
    words = for_the_public("words", words, _("请写明补审的意见。"))

    review = _decide(topic, "noted", by, late=True, reason=words)
    clocks.stop(topic.subject, "late_review")

    record("triage.late_reviewed", by=by, topic=topic, data={"reason": words})
    return review


def _decide(topic: Topic, decision: str, by, *, late: bool = False, **fields) -> Review:
    """Close the open review with a decision; one that was postponed is opened once more for it."""
    opening = {"place": topic.place, "asked_at": topic.moved_at, "due_at": topic.due_at or now()}
    review, _new = Review.objects.get_or_create(topic=topic, late=late, decided_at=None, defaults=opening)
    for name, value in {"decision": decision, "organ": by.label, "decided_at": now(), **fields}.items():
        setattr(review, name, value)
    review.save()
    return review
