"""What waits on the desk: the clerk's messages, and the reviewer's matters."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from ...ground.addresses import address
from ...ground.people.actor import KEEPERS
from ...topic.desk import Inbox, Item
from ...topic.queries import waiting_under
from . import queries, shelves


def _pile(shelf: str):
    """The topics on one shelf of the triage screen, as items of the desk."""

    def items(actor, limit: int) -> list[Item]:
        return [
            Item(
                title=line.words,
                detail=line.number,
                url=address("triage:message", number=line.number),
                due_at=line.due_at,
                state=line.state,
            )
            for line in shelves.inbox(actor, shelves.Wanted(shelf), limit)
        ]

    return items


def _to_review(actor, limit: int) -> list[Item]:
    topics = waiting_under(actor.place, ("in_review", "postponed"), limit)
    return [_review_item(topic, topic.due_at) for topic in topics]


def _late(actor, limit: int) -> list[Item]:
    return [_review_item(topic, topic.late_due) for topic in queries.late_reviews(actor.place, limit)]


def _review_item(topic, due_at) -> Item:
    return Item(
        title=topic.title or topic.number,
        detail=_("%(number)s · %(room)s") % {"number": topic.number, "room": topic.room.name},
        url=address("triage:review", number=topic.number),
        due_at=due_at,
        state=topic.state,
    )


INBOXES = (
    Inbox("triage_received", ("clerk",), N_("待受理"), _pile("received")),
    Inbox("triage_verifying", KEEPERS, N_("核实中"), _pile("verifying")),
    Inbox("triage_asked", ("clerk",), N_("等反映人补充"), _pile("needs_information")),
    Inbox("triage_transferred", ("clerk",), N_("等转办结果"), _pile("transferred")),
    Inbox("triage_review", ("reviewer",), N_("等您审定"), _to_review),
    Inbox("triage_late_review", ("reviewer",), N_("应急处置，等您补审"), _late),
)
