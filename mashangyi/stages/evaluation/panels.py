"""What evaluation shows on the pages of a topic, to everyone, on the desk and to the auditor; and on the receipt."""

from ...ground.calendar.clock import now
from ...ground.people.actor import KEEPERS, ROLES
from ...topic.models import Topic
from ...topic.panels import Panel
from ..intake.rules import receipt_secret
from . import queries, rules
from .models import ASPECTS, CAUSES, FAULTS, LEVELS, VERDICTS, CallBack

WORDS = {
    "ASPECTS": ASPECTS,
    "LEVELS": LEVELS,
    "FAULTS": FAULTS,
    "CAUSES": CAUSES,
    "VERDICTS": VERDICTS,
    "SAID": CallBack.SAID,
    "ROLES": ROLES,
}


def public(topic: Topic, actor) -> dict | None:
    """Each round in numbers: asked, answered, yes, no, silent, and the means with their n."""
    rounds = queries.rounds_of(topic)
    return {"rounds": rounds, **WORDS} if rounds else None


def desk(topic: Topic, actor) -> dict | None:
    """For clerk and convener: who has answered what, whom to phone, why it was opened again."""
    heard = queries.heard_of(topic)
    confirming = topic.state == "confirming"
    if not heard.rounds and not heard.reopenings and not confirming:
        return None
    return {
        "rounds": heard.rounds,
        "reopenings": heard.reopenings,
        "reports": heard.reports,
        "confirming": confirming,
        **WORDS,
    }


def audit(topic: Topic, actor) -> dict | None:
    """For the auditor: what was confirmed by whom, and the way to open it again."""
    if topic.is_open or topic.state == "merged":
        return None
    return {"rounds": queries.rounds_of(topic), **WORDS}


def receipt(report, actor) -> dict | None:
    """On the receipt: the question itself, what was answered, or the way to open the matter again."""
    topic = report.topic
    if report.withdrawn_at or topic.state == "merged":
        return None
    said = queries.judgement_of(report)
    asked = topic.state == "confirming"
    current = said is not None and asked and said.round.closed_at is None
    ended = not topic.is_open and topic.ended_at is not None
    may_reopen = ended and rules.may_reopen(topic.ended_at, now())
    if not (asked or said or ended):
        return None
    return {
        "ask": asked and not current,
        "said": said,
        "may_change": current,
        "may_reopen": may_reopen,
        "too_late": ended and not may_reopen,
        "judge": queries.judge_address(report),
        "reopen": queries.reopen_address(report),
        "secret": receipt_secret(report.pk),
        **WORDS,
    }


PANELS = (
    Panel("evaluation", 60, "evaluation/public.html", public, verbs=("evaluation.",)),
    Panel("evaluation", 60, "evaluation/desk_panel.html", desk, roles=KEEPERS),
    Panel("audit", 61, "evaluation/audit_panel.html", audit, roles=("auditor",)),
)
RECEIPT = (Panel("evaluation", 5, "evaluation/receipt_panel.html", receipt),)
