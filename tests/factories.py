"""Real things for tests, made with few words. What a deed can make, its own test makes by the deed."""

import itertools
from datetime import date

from allauth.mfa.models import Authenticator

from mashangyi.ground.people.actor import in_post
from mashangyi.ground.people.models import Person, Post, Unit
from mashangyi.ground.places.models import Division, Room
from mashangyi.topic import lifecycle
from mashangyi.topic.models import Topic

VILLAGE = "320812004003"
_serial = itertools.count(1)


def division(code: str = VILLAGE, name: str = "长西社区") -> Division:
    """The division with this code and the ones above it."""
    for digits, above in ((4, "淮安市"), (6, "清江浦区"), (9, "长西街道")):
        Division.objects.get_or_create(
            code=code[:digits], defaults={"name": above, "level": digits, "parent": {4: "", 6: code[:4], 9: code[:6]}[digits]}
        )
    return Division.objects.get_or_create(code=code, defaults={"name": name, "level": 12, "parent": code[:9]})[0]


def room(name: str = "", place: str = VILLAGE) -> Room:
    return Room.objects.create(
        name=name or f"长西社区协商议事室{next(_serial)}", division=division(place), place=place, kind="community"
    )


def unit(name: str = "", place: str = "320812") -> Unit:
    return Unit.objects.create(name=name or f"区城管局{next(_serial)}", place=place)


def post(role: str, *, room: Room | None = None, unit: Unit | None = None, place: str = "", title: str = "") -> Post:
    person = Person.objects.create(username=f"staff{next(_serial)}", kind="staff")
    Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={})  # no desk opens without
    return Post.objects.create(
        person=person, role=role, room=room, unit=unit,
        place=place or (room.place if room else unit.place if unit else "3208"),
        title=title or (room.name if room else unit.name if unit else "淮安市"), since=date(2020, 1, 1),
    )  # fmt: skip


def actor(role: str, **where):
    """Someone acting in a post: actor("clerk", room=room), actor("unit_officer", unit=unit)."""
    return in_post(post(role, **where))


def topic(room: Room | None = None, **fields) -> Topic:
    """A topic in the first state; take it further with lifecycle.move() or the stages' deeds."""
    here = room or globals()["room"]()
    return lifecycle.begin(Topic(room=here, place=here.place, **{"title": "路灯不亮", "summary": "东门路灯三天不亮", **fields}))
