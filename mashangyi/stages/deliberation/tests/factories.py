"""A meeting in few words: announced, open, with people in it, made by the deeds themselves."""

from datetime import date, timedelta

from mashangyi.ground.calendar.clock import at, local, now
from mashangyi.ground.journal.deeds import turn
from mashangyi.ground.people.actor import Actor
from mashangyi.ground.people.models import Person
from mashangyi.stages.deliberation import actions
from mashangyi.stages.deliberation.actions.outcome import Item
from mashangyi.stages.deliberation.actions.preparation import Guest
from mashangyi.topic import lifecycle
from tests import factories

# A Monday; the Friday after it is four working days on.
MONDAY = local(2025, 5, 12, 9)
FRIDAY = local(2025, 5, 16, 19)


def prepared(room=None):
    """A topic that the party organisation has approved: being prepared."""
    room = room or factories.room()
    clerk, reviewer = factories.actor("clerk", room=room), factories.actor("reviewer", place=room.place)
    with turn():
        topic = factories.topic(room)
        lifecycle.move(topic, "verify", by=clerk)
        lifecycle.move(topic, "propose", by=clerk, track="full")
        return lifecycle.move(topic, "approve", by=reviewer)


def announced(topic=None, *, form="room", clerk=None):
    """A meeting announced in time on Monday for Friday evening, an affected side invited."""
    topic = topic or prepared()
    clerk = clerk or factories.actor("clerk", room=topic.room)
    with at(MONDAY):
        actions.invite(topic, [Guest("residents", "东门住户代表 3 名", affected=True)], by=clerk)
        return actions.announce_meeting(
            topic, FRIDAY, "社区二楼议事室", by=clerk, form=form, agenda="听调研情况\n比较方案\n表决"
        )


def opened(topic=None, *, form="room", convener=None):
    """The same meeting, open. Go on inside `with at(FRIDAY)`."""
    meeting = announced(topic, form=form)
    with at(FRIDAY):
        return actions.open_meeting(meeting, by=convener or host(meeting))


def host(meeting) -> Actor:
    return factories.actor("convener", room=meeting.room)


def clerk_of(meeting) -> Actor:
    return factories.actor("clerk", room=meeting.room)


def resident(**fields) -> Actor:
    """Somebody who has signed in by phone."""
    person = Person.objects.create(kind="resident", **fields)
    return Actor("resident", "居民", person_id=person.pk)


def signed_in(meeting, by=None):
    """An attendance by the six digits of the room."""
    return actions.sign_in(meeting, by=by or resident(), code=meeting.code)


def item(unit=None, **fields) -> Item:
    """One line of a contract that has everything."""
    facts = {
        "what": "整理路基，铺水泥路面", "unit": unit or factories.unit(), "cost": 60000, "source": "village",
        "procurement": "tender", "due": date(2025, 6, 20), "criterion": "雨后不积水，三轮车能会车",
    }  # fmt: skip
    return Item(**{**facts, **fields})


def concluded(meeting=None, **fields):
    meeting = meeting or opened()
    with at(FRIDAY + timedelta(hours=2)):
        facts = {"outcome": "agreed", "summary": "各方同意方案乙。", "items": (item(),), **fields}
        actions.conclude(meeting, by=host(meeting), **facts)
        return meeting.topic.resolutions.get(meeting=meeting)


__all__ = ["FRIDAY", "MONDAY", "now"]


def ballot_of(meeting, kind="agree", **fields):
    return actions.open_ballot(meeting, "施工到晚上八点，行不行？", kind, by=host(meeting), **fields)


# --- as a phone does it ------------------------------------------------------------------------


def staff(client, role, **where):
    """Sign in somebody who holds this post; the post."""
    post = factories.post(role, **where)
    client.force_login(post.person)
    return post


def enter(client, meeting, code=None):
    return client.post(f"/m/{meeting.pk}/sign-in/", {"code": meeting.code if code is None else code})


def vote(client, ballot, choice="agree", **more):
    return client.post(f"/m/{ballot.meeting_id}/vote/{ballot.pk}/", {"choice": choice, **more})
