"""The story of a topic, read from the journal: what the public sees step by step."""

from ..ground.journal import read
from ..ground.people.actor import Actor
from .models import Topic

# Who reads what is closed, such as why a reporter's number was looked up: not the unit that is complained of.
INSIDERS = {"clerk", "convener", "reviewer", "supervisor", "auditor"}


def timeline(topic: Topic, actor: Actor | None = None) -> list:
    """The entries of a topic, newest first; closed ones only for staff who handle it."""
    return read.of_topic(topic.pk, public=actor is None or actor.role not in INSIDERS)[::-1]
