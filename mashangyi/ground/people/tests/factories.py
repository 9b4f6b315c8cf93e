"""Things these tests need: a staff account with a password and a second factor, and its codes."""

import itertools
import time
from datetime import date

from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.test import Client

from mashangyi.ground.people.models import Person, Post
from tests import factories

PASSWORD = "seven quiet rivers"  # noqa: S105
SECRET = "JBSWY3DPEHPK3PXP"  # noqa: S105
_serial = itertools.count(1)


def staff(role: str = "clerk", *, second_factor: bool = True, **where) -> Post:
    """A post whose holder signs in with PASSWORD and, if so, with codes of SECRET."""
    person = Person(username=f"worker{next(_serial)}", kind="staff")
    person.set_password(PASSWORD)
    person.save()
    if second_factor:
        TOTP.activate(person, SECRET)
    room = where.get("room") or (factories.room() if role in {"clerk", "convener"} else None)
    place = where.get("place") or (room.place if room else "3208")
    return Post.objects.create(
        person=person, role=role, room=room, unit=where.get("unit"), place=place,
        title="长西社区", since=date(2020, 1, 1), until=where.get("until"),
    )  # fmt: skip


def code_now(secret: str = SECRET, *, steps: int = 0) -> str:
    """What the phone of that person shows now, or showed or will show so many steps of 30 s from now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def administrator(place: str = "3208"):
    return factories.actor("city_admin", place=place)


# --- as a browser does it -----------------------------------------------------------------------


def password(client, post, word=PASSWORD, **more):
    return client.post("/staff/login/", {"login": post.person.username, "password": word, **more})


def signed_in(client, post) -> Client:
    password(client, post)
    client.post("/staff/code/", {"code": code_now()})
    return client
