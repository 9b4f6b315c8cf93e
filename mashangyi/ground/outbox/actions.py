"""What a recipient does: read, and say how to be told. It is nobody else's business: not journalled."""

from ..calendar.clock import now
from ..journal.deeds import deed
from ..people import law
from ..people.actor import Actor
from .models import Notice, Wish
from .recipients import of_actor


@deed
def mark_seen(up_to: int, *, by: Actor) -> int:
    """Mark one's own notices as read, up to the one with this id; how many there were."""
    law.demand(by, "outbox.read", own=bool(by.person_id))
    mine = Notice.objects.filter(recipient=of_actor(by), seen_at=None, pk__lte=up_to)
    return mine.update(seen_at=now())


@deed
def wish(*, carriers: list[str], when: str, language: str, by: Actor) -> Wish:
    """Say how to be told from now on. `when` is "at_once", "daily" or "never"."""
    law.demand(by, "outbox.read", own=bool(by.person_id))
    wished = {
        "carriers": carriers,
        "digest": when == "daily",
        "silent": when == "never",
        "language": language,
    }
    return Wish.objects.update_or_create(pk=of_actor(by), defaults=wished)[0]
