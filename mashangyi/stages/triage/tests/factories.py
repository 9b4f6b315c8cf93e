"""Matters on a clerk's desk, made by the real deeds."""

import itertools

from mashangyi.ground.people.actor import ANYONE
from mashangyi.stages.intake.actions import record_report, support
from mashangyi.stages.intake.models import Report
from mashangyi.topic import lifecycle
from mashangyi.topic.models import Topic
from tests import factories

from .. import actions

_serial = itertools.count(1)
PHONE = "13812341207"


def report(room=None, words: str = "", **more) -> Report:
    """What a resident said by scanning, with a topic of its own."""
    words = words or f"东门第 {next(_serial)} 盏路灯不亮了"
    return record_report(room or factories.room(), words, by=ANYONE, **more).report


def received(room=None, words: str = "", **more) -> Topic:
    return report(room, words, **more).topic


def me_too(topic: Topic) -> Report:
    return support(topic, by=ANYONE).report


def clerk(topic: Topic):
    return factories.actor("clerk", room=topic.room)


def reviewer(topic: Topic):
    return factories.actor("reviewer", place=topic.place[:9], title="长西街道党工委")


def verifying(room=None, words: str = "", **more) -> Topic:
    topic = received(room, words, **more)
    return actions.verify(topic, by=clerk(topic))


def described(room=None, **more) -> Topic:
    topic = verifying(room, **more)
    return actions.describe(topic, "东门路灯不亮", "东门三盏路灯不亮，夜里看不清路。", by=clerk(topic))


def in_review(room=None) -> Topic:
    topic = described(room)
    return actions.propose(topic, by=clerk(topic))


def again(topic: Topic) -> Topic:
    """The topic as the database has it."""
    return Topic.objects.select_related("room", "merged_into").get(pk=topic.pk)


def put(topic: Topic, state: str) -> Topic:
    """A topic in another state, without the way there: for tables of what may be done when."""
    lifecycle._write(topic, lifecycle.STATES[state], due_at=topic.due_at)
    return topic


def text(response) -> str:
    return response.content.decode()
