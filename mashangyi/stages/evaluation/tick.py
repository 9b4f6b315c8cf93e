"""What evaluation does by itself, once a while: ask those who wait to be asked, count what is over."""

from django.db.models import Exists, OuterRef

from ...ground.calendar.clock import now
from ...ground.people.actor import SYSTEM, Actor
from ...topic.lifecycle import Conflict
from ...topic.models import Topic
from . import actions
from .models import Round

MOST = 200


def tick(by: Actor = SYSTEM) -> int:
    """One round of the worker; how many topics it touched."""
    return ask_waiting(by=by) + close_over(by=by)


def ask_waiting(*, by: Actor = SYSTEM, limit: int = MOST) -> int:
    """Ask the reporters of topics that a unit reported done and nobody has been asked about."""
    asked = Round.objects.filter(topic=OuterRef("pk"), closed_at=None, opened_at__gte=OuterRef("moved_at"))
    waiting = Topic.objects.filter(stage="evaluation", state="confirming").exclude(Exists(asked))
    return sum(_asked(topic, by) for topic in waiting.order_by("due_at", "id")[:limit])


def _asked(topic: Topic, by: Actor) -> bool:
    try:
        return bool(actions.ask(topic, by=by))
    except Conflict:  # it moved on between the list and the deed
        return False


def close_over(*, by: Actor = SYSTEM, limit: int = MOST) -> int:
    """Count the rounds whose time is over; how many did not just go on waiting."""
    rounds = Round.objects.filter(closed_at=None, until__lte=now()).select_related("topic")
    return sum(
        actions.close_when_over(each, by=by) != "wait" for each in rounds.order_by("until", "id")[:limit]
    )
