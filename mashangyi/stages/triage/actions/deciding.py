"""How a topic leaves triage: declined, answered, handed to another body, or up to the review."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ....ground.calendar.clock import now
from ....ground.journal.deeds import deed
from ....ground.people import law
from ....topic import lifecycle
from ....topic.models import Topic
from ..models import Decision
from ..rules import DECLINE_CODES
from .checking import taken_up
from .reviewing import ask_for_review
from .words import for_the_public


@deed
def decline(topic: Topic, code: str, reason: str = "", where_to_go: str = "", *, by) -> Decision:
    """Do not take a matter up: a ground from DECLINE_CODES, why in this case, and where to go instead.

    Words that are not given are those of the ground. Both are public.
    """
    law.demand(by, "triage.decline", topic)
    if code not in DECLINE_CODES:
        raise ValidationError({"code": _("请选一个不予受理的理由。")})
    ground = DECLINE_CODES[code]
    reason = for_the_public("reason", reason or _(ground.wording), _("请写明原因。"))
    where = for_the_public("where_to_go", where_to_go or _(ground.where), _("请写明可以去哪里办。"))

    decision = _decide(topic, "decline", by, code=code, body=where, words=reason)

    lifecycle.move(
        topic,
        "decline",
        by=by,
        reason=reason,
        outcome=code,
        track="decline",
        data={"code": code, "where": where},
    )
    return decision


@deed
def answer(topic: Topic, words: str, *, by) -> Decision:
    """Answer a question; the answer is public and ends the topic."""
    law.demand(by, "triage.answer", topic)
    words = for_the_public("words", words, _("请写答复的内容。"))
    _described(topic)

    taken_up(topic, by=by)
    decision = _decide(topic, "answer", by, words=words)

    lifecycle.move(topic, "answer", by=by, outcome="answered", track="answer")
    return decision


@deed
def transfer(topic: Topic, body: str, reason: str, *, by) -> Decision:
    """Hand a matter to the body whose duty it is (12345, a department); it is followed to its result."""
    law.demand(by, "triage.transfer", topic)
    body = for_the_public("body", body, _("请写明转给哪个单位。"))[:120]
    reason = for_the_public("reason", reason, _("请写明为什么转给它。"))

    taken_up(topic, by=by)
    decision = _decide(topic, "transfer", by, body=body, words=reason)

    lifecycle.move(
        topic, "transfer", by=by, holder=body, reason=reason, track="transfer", data={"body": body}
    )
    return decision


@deed
def record_transfer_result(topic: Topic, words: str, *, by) -> Decision:
    """Note what the other body did or said: public, and the end of the topic."""
    law.demand(by, "triage.transfer", topic)
    words = for_the_public("words", words, _("请写明对方办得怎么样。"))

    decision = topic.decisions.filter(kind="transfer").order_by("-id").first() or _decide(
        topic, "transfer", by, body=topic.holder, words=topic.reason
    )
    decision.result, decision.result_at = words, now()
    decision.save(update_fields=["result", "result_at"])

    lifecycle.move(topic, "transfer_result", by=by, outcome="transferred_done")
    return decision


@deed
def propose(topic: Topic, *, by) -> Topic:
    """Put a matter before the party organisation for review; it must have words that the public can read."""
    law.demand(by, "triage.propose", topic)
    _described(topic)

    taken_up(topic, by=by)
    lifecycle.move(topic, "propose", by=by, track="full")
    ask_for_review(topic)
    return topic


@deed
def propose_again(topic: Topic, reason: str, *, by) -> Topic:
    """Put a matter before the review once more: from the preparation, or taken to the level above."""
    law.demand(by, "triage.propose", topic)
    reason = for_the_public("reason", reason, _("请写明为什么要重新审定。"))

    lifecycle.move(topic, "review_again", by=by, reason=reason)
    ask_for_review(topic)
    return topic


def _described(topic: Topic) -> None:
    if not (topic.title and topic.summary):
        raise ValidationError({"title": _("先写好公开的标题和摘要：别人要看得懂是什么事。")})


def _decide(topic: Topic, kind: str, by, **fields) -> Decision:
    return Decision.objects.create(topic=topic, kind=kind, at=now(), label=by.label, **fields)
