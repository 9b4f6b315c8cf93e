"""What the pages of people ask: the law drawn, who holds which post, units, where a post may be held."""

from collections.abc import Iterable
from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, Q, QuerySet

from ..asked import whole
from ..calendar.clock import today
from ..places.models import Division, Room
from ..places.naming import above, covering, past, path
from .actor import ROLES, Actor
from .law import GROUPS, LAW, Permission
from .models import Person, Post, Unit
from .signin import SECOND_FACTORS

PAGE = 20
MOST_UNITS = 500  # in one list of choices
Chapter = tuple[str, list[Permission]]

# --- the law, drawn ----------------------------------------------------------------------------


def group_of(permission: Permission) -> str:
    """The chapter of the law a permission stands in: the stage that declared it."""
    return permission.name.partition(".")[0]


def law_of_all() -> list[Chapter]:
    """What everyone may, resident or staff."""
    return _chapters(p for p in LAW.values() if _for_all(p))


def law_by_role() -> list[tuple[str, list[Chapter]]]:
    """Each role with what it may beyond everyone, in the order of the roles and of the way of a message."""
    own = [p for p in LAW.values() if not _for_all(p)]
    roles = ((role, _chapters(p for p in own if role in p.roles)) for role in ROLES)
    return [(role, chapters) for role, chapters in roles if chapters]


def law_table() -> list[Chapter]:
    """All permissions by chapter."""
    return _chapters(LAW.values())


def _for_all(permission: Permission) -> bool:
    return set(ROLES) - set(permission.roles) <= {"system", "integration"}


def _chapters(permissions: Iterable[Permission]) -> list[Chapter]:
    held = list(permissions)
    order = [*GROUPS, *sorted({group_of(p) for p in held} - set(GROUPS))]
    chapters = ((name, [p for p in held if group_of(p) == name]) for name in order)
    return [(name, inside) for name, inside in chapters if inside]


# --- people and posts --------------------------------------------------------------------------


def posts_in(place: str, *, q: str = "", before: int | None = None) -> list[Post]:
    """Posts of a subtree, newest first, PAGE and one more; `q` is part of a username or the body's name."""
    rows = Post.objects.filter(place__startswith=place).select_related("person")
    if q:
        rows = rows.filter(Q(person__username__icontains=q) | Q(title__icontains=q))
    if before:
        rows = rows.filter(pk__lt=before)
    return list(rows.order_by("-id")[: PAGE + 1])


@dataclass(frozen=True)
class Account:
    """A staff account as an administrator sees it: no name, no phone."""

    person: Person
    posts: list[Post]
    has_password: bool
    has_second_factor: bool


def account_of(pk: int, place: str) -> Account | None:
    """A staff account with a post in the subtree of `place`; none when there is no such."""
    factors = Authenticator.objects.filter(user=OuterRef("pk"), type__in=SECOND_FACTORS)
    person = Person.objects.filter(pk=pk, kind="staff").annotate(secured=Exists(factors)).first()
    posts = list(Post.objects.filter(person=person).order_by("-id")) if person else []
    if not any(post.place.startswith(place) for post in posts):
        return None
    return Account(person, posts, person.has_usable_password(), person.secured)


# --- where a post may be held, and units -------------------------------------------------------


@dataclass(frozen=True)
class Option:
    """One place to hold a post at: `key` is "room:12", "unit:3" or "place:320812"."""

    key: str
    words: str
    note: str = ""


def options(kinds: tuple[str, ...], q: str, place: str) -> list[Option]:
    """Rooms, units or divisions of a subtree with `q` in their name, at most PAGE of each kind.

    Each says where it is: many communities have the same name.
    """
    found = []
    if "room" in kinds:
        rooms = _named(Room.objects.filter(closed_on=None), q, place, "place")
        found += [(f"room:{room.pk}", room.name, room.place) for room in rooms]
    if "unit" in kinds:
        found += [(f"unit:{u.pk}", u.name, u.place) for u in _named(Unit.objects.all(), q, place, "place")]
    if "place" in kinds:
        divisions = _named(Division.objects.all(), q, place, "code")
        found += [(f"place:{d.code}", d.name, d.code) for d in divisions]
    paths = _paths({code for _key, _words, code in found})
    return [Option(key, words, paths[code]) for key, words, code in found]


def _paths(codes: set[str]) -> dict[str, str]:
    """The way to each division below the city, as words; one query."""
    wanted = {upper for code in codes for upper in above(code)}
    names = dict(Division.objects.filter(code__in=wanted).values_list("code", "name"))
    return {code: path(code, names) for code in codes}


def _named(rows: QuerySet, q: str, place: str, code: str) -> list:
    rows = rows.filter(**{f"{code}__gte": place, f"{code}__lt": past(place)})
    return list(rows.filter(name__contains=q).order_by(code)[:PAGE])


def at(key: str):
    """The Room, Unit or division code of an option's key; None when it is gone."""
    kind, _colon, value = key.partition(":")
    if kind == "place":
        return value
    model = {"room": Room, "unit": Unit}.get(kind)
    return model.objects.filter(pk=value).first() if model and whole(value) else None


def units_in(place: str, *, q: str = "", before: int | None = None) -> list[Unit]:
    """Units of a subtree, newest first, PAGE and one more, each with `place_name`."""
    rows = Unit.objects.filter(place__startswith=place)
    if q:
        rows = rows.filter(name__contains=q)
    if before:
        rows = rows.filter(pk__lt=before)
    found = list(rows.order_by("-id")[: PAGE + 1])
    names = dict(Division.objects.filter(pk__in={u.place for u in found}).values_list("code", "name"))
    for unit in found:
        unit.place_name = names.get(unit.place, unit.place)
    return found


def units_over(place: str) -> list[Unit]:
    """The units that serve a place: its own and those of every division above it, from the city down."""
    return list(Unit.objects.filter(place__in=covering(place)).order_by("place", "name")[:MOST_UNITS])


def unit_places(by: Actor) -> list[tuple[str, str]]:
    """City, counties and towns that an administrator reaches: (code, words)."""
    rows = Division.objects.filter(code__gte=by.place, code__lt=past(by.place), level__lte=9)
    names = dict(rows.order_by("code").values_list("code", "name"))
    return [
        (code, f"{names.get(code[:6], '')} {name}" if len(code) == 9 else name)
        for code, name in names.items()
    ]


def standing(post: Post) -> str:
    """Whether a post is "held" today, "to come", "over", or ended before it began ("never")."""
    if post.until and post.until < post.since:
        return "never"
    return "held" if post.holds_on(today()) else "to come" if post.since > today() else "over"
