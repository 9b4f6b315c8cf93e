"""The desk: one inbox for each post, filled by the stages. A stage declares what waits with it for whom."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from ..ground.people.actor import Actor

LIMIT = 50


@dataclass(frozen=True)
class Item:
    """One thing that waits: words, where to do it, until when. `state` of its topic is shown as a chip."""

    title: str
    detail: str
    url: str
    due_at: datetime | None = None
    state: str = ""


@dataclass(frozen=True)
class Inbox:
    """What a stage keeps ready for some roles; `items(actor, limit)` is one query or a fixed few, due first.

    `begin` is where something new is begun, as (name of the route, words), for inboxes of one's own;
    one that is `last` stands below what waits.
    """

    name: str
    roles: tuple[str, ...]
    title: str
    items: Callable[[Actor, int], list[Item]]
    begin: tuple[str, str] | None = None
    last: bool = False


INBOXES: dict[str, Inbox] = {}


def declare(*inboxes: Inbox) -> None:
    for inbox in inboxes:
        INBOXES[inbox.name] = inbox


def inboxes_of(actor: Actor) -> list[tuple[Inbox, list[Item]]]:
    """The inboxes of a post with their items, those due soonest first; one item more than LIMIT says "there is more"."""
    mine = sorted((box for box in INBOXES.values() if actor.role in box.roles), key=lambda box: box.last)
    return [(box, sorted(box.items(actor, LIMIT + 1), key=_due)) for box in mine]


def _due(item: Item) -> datetime:
    return item.due_at or datetime.max.replace(tzinfo=UTC)
