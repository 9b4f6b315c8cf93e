"""Who a notice is for: names such as "person:4", and how they are reached."""

from collections.abc import Iterable, Iterator

from ..calendar.clock import today
from ..people import vault
from ..people.actor import Actor
from ..people.models import Identity, Person, Post
from ..people.signin import posts_held
from ..places.naming import above


def person(person_id: int) -> str:
    return f"person:{person_id}"


def of_actor(actor: Actor) -> str:
    """The recipient that a signed-in person is; empty for someone who has not signed in."""
    return person(actor.person_id) if actor.person_id else ""


def in_post(*roles: str, room: int | None = None, unit: int | None = None, place: str = "") -> Iterator[str]:
    """Those who hold such a post today: of a room, of a unit, or whose place covers `place`.

    One query. A place is covered by its own posts and by those of every division above it.
    """
    held = posts_held().filter(role__in=roles)
    if room:
        held = held.filter(room=room)
    if unit:
        held = held.filter(unit=unit)
    if place:
        held = held.filter(place__in=above(place))
    for person_id in held.order_by("person").values_list("person", flat=True).distinct():
        yield person(person_id)


def resolved(names: Iterable[str]) -> list[str]:
    """Each recipient once, in order; a post stands for whoever holds it today, an ended one for nobody."""
    found = {}
    for name in names:
        kind, _colon, number = name.partition(":")
        known = name if kind != "post" else _holder(int(number))
        if known:
            found[known] = None
    return list(found)


def _holder(post_id: int) -> str:
    post = Post.objects.filter(pk=post_id).first()
    return person(post.person_id) if post and post.holds_on(today()) else ""


def accounts(names: Iterable[str]) -> dict[str, str]:
    """Of receipts ("report:19"): the resident's account ("person:4") with the same phone number, where there is one."""
    receipts = [name for name in names if name.startswith("report:")]
    pairs = vault.same_phone(receipts) if receipts else []
    keys = {name.partition(":")[2] for _receipt, name in pairs}
    known = Person.objects.filter(pk__in=keys, kind="resident", is_active=True) if keys else Person.objects.none()
    residents = {person(pk) for pk in known.values_list("pk", flat=True)}
    return {receipt: name for receipt, name in reversed(pairs) if name in residents}  # of several the first stays


def with_phone(names: Iterable[str]) -> set[str]:
    """Those of whom the vault holds a phone number. It is not opened."""
    known = Identity.objects.filter(subject__in=list(names), field="phone")
    return set(known.values_list("subject", flat=True))
