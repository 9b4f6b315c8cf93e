"""One function for each question asked about notices."""

from ..people.actor import Actor
from ..prepared import prepared
from .models import Delivery, Notice, Unmade, Wish
from .recipients import of_actor

PAGE = 20
MOST_COUNTED = 99


def newest(recipient: str, *, before: int | None = None, limit: int = PAGE + 1) -> list[Notice]:
    """The notices of one recipient, newest first: one page and one more."""
    rows = Notice.objects.filter(recipient=recipient).exclude(kind__startswith="digest:")
    if before:
        rows = rows.filter(pk__lt=before)
    return list(rows.order_by("-id")[:limit])


def unseen(actor: Actor) -> int:
    """How many notices a signed-in person has not seen, at most 99; 0 for someone who is not signed in."""
    name = of_actor(actor)
    return len(_unseen(recipient=name)) if name else 0


@prepared
def _unseen(recipient):
    return Notice.objects.filter(recipient=recipient, seen_at=None).values_list("pk")[:MOST_COUNTED]


def wish_of(recipient: str) -> Wish:
    """How they want to be told; the usual way when they never said."""
    return Wish.objects.filter(pk=recipient).first() or Wish(recipient=recipient)


def stuck() -> tuple[int, int]:
    """How many deliveries were given up, and how many notices could not be made: for the operator."""
    return Delivery.objects.filter(state="dead").count(), Unmade.objects.count()


def given_up(limit: int) -> list[dict]:
    """The newest deliveries that were given up, and why: nothing of whom they were for or what they said."""
    facts = ("id", "carrier", "error", "attempts", "notice__kind", "notice__seq", "notice__created_at")
    return list(Delivery.objects.filter(state="dead").order_by("-id").values(*facts)[:limit])


def unmade(limit: int) -> list[dict]:
    """The newest notices that could not be made, and why."""
    return list(Unmade.objects.order_by("-id").values("seq", "kind", "error", "failed_at")[:limit])
