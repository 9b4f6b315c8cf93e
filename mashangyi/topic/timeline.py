"""The story of a topic, read from the journal: what the public sees step by step."""

from ..ground.journal import read
from ..ground.journal.models import Entry
from ..ground.people.actor import Actor
from ..ground.prepared import prepared
from .lifecycle import MOVES
from .models import Topic

# Who reads what is closed, such as why a reporter's number was looked up: not the unit that is complained of.
INSIDERS = {"clerk", "convener", "reviewer", "supervisor", "auditor"}


def timeline(topic: Topic, actor: Actor | None = None) -> list:
    """The entries of a topic, newest first; closed ones only for staff who handle it."""
    return read.of_topic(topic.pk, public=actor is None or actor.role not in INSIDERS)[::-1]


def last_step(topic: Topic) -> Entry | None:
    """The entry of the move that brought a topic where it is; None before the first."""
    return _last_step.first(topic=topic.pk)


@prepared
def _last_step(topic):
    return Entry.objects.filter(topic=topic, verb__in=[f"topic.{name}" for name in MOVES]).order_by("-seq")[:1]
