"""What mediation adds to the law, the journal, the desk and the notices."""

from django.urls import reverse
from django.utils.translation import gettext_noop as N_

from ...ground.journal.verbs import Verb
from ...ground.journal.verbs import declare as declare_verbs
from ...ground.outbox.notices import declare as declare_notices
from ...ground.people.law import Permission
from ...ground.people.law import declare as declare_law
from ...topic import panels
from ...topic.desk import Inbox, Item
from ...topic.desk import declare as declare_inbox
from . import notices, queries

declare_law(
    Permission("mediation.open", N_("把纠纷交给调解员"), ("clerk", "convener"), "room"),
    Permission("mediation.handle", N_("主持调解、记录、促成协议"), ("mediator",), "own"),
)

declare_verbs(Verb("mediation.session", N_("调解又谈了一次"), public=False))


def _cases(actor, limit: int) -> list[Item]:
    return [
        Item(
            title=case.topic.title or case.topic.number,
            detail=case.topic.room.name,
            url=reverse("mediation:case", kwargs={"case_id": case.pk}),
            due_at=case.topic.due_at,
            topic=case.topic,
        )
        for case in queries.cases_of(actor, limit)
    ]


declare_inbox(Inbox("cases", ("mediator",), N_("我的调解案"), _cases))
declare_notices(*notices.KINDS)


def _public(topic, actor):
    return {} if topic.state in {"in_mediation", "mediated"} else None


panels.declare(panels.Panel("mediation", 40, "mediation/public.html", _public, verbs=("mediation.",)))
