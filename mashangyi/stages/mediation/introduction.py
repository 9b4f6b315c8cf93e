"""What mediation adds to the law, the journal, the desk and the notices."""

from django.urls import reverse
from django.utils.translation import gettext_noop as N_

from ...ground.journal.verbs import Verb
from ...ground.journal.verbs import declare as declare_verbs
from ...ground.outbox.notices import declare as declare_notices
from ...ground.people import law
from ...ground.people.law import Permission
from ...ground.people.law import declare as declare_law
from ...topic import panels
from ...topic.desk import Inbox, Item
from ...topic.desk import declare as declare_inbox
from . import notices, queries, rules

declare_law(
    Permission("mediation.open", N_("把纠纷交给调解员"), ("clerk", "convener"), "room"),
    Permission("mediation.change_mediator", N_("给案子换一位调解员"), ("clerk", "convener"), "room"),
    Permission("mediation.handle", N_("主持调解、记录、促成协议"), ("mediator",), "own"),
    Permission("mediation.step_aside", N_("自己要回避时，把案子交给另一位调解员"), ("mediator",), "own"),
)

declare_verbs(
    Verb("mediation.session", N_("调解又谈了一次"), public=False),
    Verb("mediation.changed", N_("换了一位调解员"), public=False),
)


def _cases(actor, limit: int) -> list[Item]:
    return [
        Item(
            title=case.topic.title or case.topic.number,
            detail=case.topic.room.name,
            url=reverse("mediation:case", kwargs={"case_id": case.pk}),
            due_at=case.topic.due_at,
            state=case.topic.state,
        )
        for case in queries.open_cases_of(actor, limit)
    ]


declare_inbox(Inbox("cases", ("mediator",), N_("我的调解案"), _cases))
declare_notices(*notices.KINDS)


def _public(topic, actor):
    """That there is a mediation and how it ended; nothing of a case is read for it."""
    return {} if topic.state in {"in_mediation", "mediated"} else None


def _for_the_room(topic, actor):
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


def _for_the_mediator(topic, actor):
    case = queries.own_case_of(topic, actor)
    return {"case": case} if case else None


panels.declare(
    panels.Panel("mediation", 40, "mediation/public.html", _public, verbs=("mediation.",)),
    panels.Panel("mediation_room", 40, "mediation/room_panel.html", _for_the_room, ("clerk", "convener")),
    panels.Panel("mediation_own", 40, "mediation/own_panel.html", _for_the_mediator, ("mediator",)),
)
