"""What mediation shows on the pages of a topic: that there is a case, and to whom it belongs."""

from ...ground.people import law
from ...ground.people.actor import KEEPERS
from ...topic.panels import Panel
from . import queries, rules


def public(topic, actor) -> dict | None:
    """That there is a mediation and how it ended; nothing of a case is read for it."""
    return {} if topic.state in {"in_mediation", "mediated"} else None


def room(topic, actor) -> dict | None:
    """What clerk and convener see: who mediates and since when, how it ended, and nothing from the papers."""
    if not topic.is_open and topic.state not in {"mediated", "handed_over"}:
        return None
    case = queries.last_case_of(topic)
    may_open = topic.state == "deliberating" and law.may(actor, "mediation.open", topic)
    if case is None and not may_open:
        return None
    return {
        "case": case,
        "may_open": may_open,
        "may_change": bool(case and not case.closed_at and law.may(actor, "mediation.change_mediator", topic)),
        "OUTCOMES": rules.OUTCOMES,
    }


def own(topic, actor) -> dict | None:
    """The mediator's way to their own case."""
    case = queries.own_case_of(topic, actor)
    return {"case": case} if case else None


PANELS = (
    Panel("mediation", 40, "mediation/public.html", public, verbs=("mediation.",)),
    Panel("mediation_room", 40, "mediation/room_panel.html", room, KEEPERS),
    Panel("mediation_own", 40, "mediation/own_panel.html", own, ("mediator",)),
)
