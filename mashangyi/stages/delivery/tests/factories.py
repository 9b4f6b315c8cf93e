"""Tasks for tests, made by the real deeds."""

from datetime import timedelta
from io import BytesIO

from PIL import Image

from mashangyi.ground.calendar.clock import now
from mashangyi.stages.delivery import actions
from mashangyi.stages.delivery.models import Task
from mashangyi.topic import lifecycle
from mashangyi.topic.models import Topic
from tests import factories as make


def verifying(room=None, **fields) -> Topic:
    """A topic that a clerk has accepted."""
    topic = make.topic(room, **fields)
    from mashangyi.ground.journal.deeds import turn

    with turn():
        return lifecycle.move(topic, "verify", by=make.actor("clerk", room=topic.room))


def task(room=None, unit=None, **terms) -> Task:
    """A task handed over directly, not signed for."""
    topic = verifying(room)
    terms = {"content": "修好东门路灯", "due": now() + timedelta(days=10), **terms}
    return actions.handle_directly(
        topic, unit or make.unit(), by=make.actor("clerk", room=topic.room), **terms
    )


def officer(task):
    """Someone of the task's unit."""
    return make.actor("unit_officer", unit=task.unit)


def convener(task):
    return make.actor("convener", room=task.topic.room)


def signed(**terms) -> Task:
    done = task(**terms)
    return actions.sign_for(done, by=officer(done))


def done(cost: int = 800, **terms) -> Task:
    """A task whose unit says it is done: its topic is confirming."""
    ready = signed(**terms)
    actions.add_milestone(ready, "换了灯", by=officer(ready))
    return actions.report_done(ready, actual_cost=cost, by=officer(ready))


def photo(colour: str = "red") -> bytes:
    out = BytesIO()
    Image.new("RGB", (40, 30), colour).save(out, "JPEG")
    return out.getvalue()
