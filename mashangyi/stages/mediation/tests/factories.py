"""Cases in mediation, made by the real deeds."""

from mashangyi.ground.calendar.clock import now
from mashangyi.ground.journal.deeds import turn
from mashangyi.ground.people.actor import in_post
from mashangyi.ground.people.models import Person, Post
from mashangyi.stages.deliberation import actions as deliberation
from mashangyi.stages.mediation import actions
from mashangyi.stages.mediation.models import Case
from mashangyi.topic import lifecycle
from mashangyi.topic.models import Topic
from tests import factories as make

PARTIES = ["二楼住户", "一楼住户"]


def dispute(room=None, **fields) -> Topic:
    """A topic that a clerk has accepted and described."""
    topic = make.topic(room, **{"title": "4 号楼漏水", "summary": "上下楼住户因漏水发生争执。", **fields})
    with turn():
        return lifecycle.move(topic, "verify", by=make.actor("clerk", room=topic.room))


def at_the_table(room=None) -> Topic:
    """A dispute over which a meeting sits."""
    topic = dispute(room)
    deliberation.meet_at_once(topic, "field", "楼道里", "先听双方说", by=make.actor("convener", room=topic.room))
    return topic


def mediator(place: str = "320812004") -> Post:
    return make.post("mediator", place=place, title="长西街道人民调解委员会")


def case(topic: Topic | None = None, post: Post | None = None, parties=PARTIES) -> Case:
    topic = topic or dispute()
    return actions.open_case(topic, post or mediator(), list(parties), by=make.actor("convener", room=topic.room))


def by(case: Case):
    """The case's mediator, acting."""
    return in_post(Post.objects.get(pk=case.post_id))


def convener(case: Case):
    return make.actor("convener", room=case.topic.room)


def state(case: Case) -> str:
    return Topic.objects.get(pk=case.topic_id).state


def enter(client, actor):
    """Sign in as the person of this actor's post."""
    client.force_login(Person.objects.get(pk=actor.person_id))
    return client


def many(post: Post, n: int, *, ended: bool = False) -> None:
    """Further cases of a mediator, written row by row: lists only."""
    room = make.room()
    for _each in range(n):
        topic = make.topic(room, title="邻里纠纷")
        Case.objects.create(topic=topic, post=post, closed_at=now() if ended else None, outcome="agreed" if ended else "")
