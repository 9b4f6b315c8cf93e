"""What waits on the mediator's desk: the open cases."""

from django.urls import reverse
from django.utils.translation import gettext_noop as N_

from ...topic.desk import Inbox, Item
from . import queries


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


CASES = Inbox("cases", ("mediator",), N_("我的调解案"), _cases)
