"""One function for each question that is asked about topics."""

from datetime import datetime
from typing import NamedTuple

from django.http import Http404
from django.utils.translation import gettext as _

from ..ground.people.actor import Actor
from ..ground.people.law import No
from ..ground.places.models import Room
from ..ground.prepared import prepared
from . import numbers
from .lifecycle import FAMILIES, STATES
from .models import Category, Topic

PAGE = 20
ALL = "all"


class Line(NamedTuple):
    """A topic as one line of a list: what is shown of it and no more."""

    pk: int
    title: str
    state: str
    support_count: int
    created_at: datetime
    room_name: str

    @property
    def number(self) -> str:
        return numbers.number("Y", self.pk, self.created_at)


def serial_of(text: str) -> int:
    """The id in a topic's number. Raises Http404 for a mistyped one."""
    try:
        return numbers.serial("Y", text)
    except ValueError:
        raise Http404 from None


def topic_by_number(text: str) -> Topic:
    """The topic with this number and its room. Raises Http404 when there is none."""
    serial = serial_of(text)
    return _by_serial.one(serial=serial)


@prepared
def _by_serial(serial):
    return Topic.objects.select_related("room__division", "category", "merged_into").filter(pk=serial)[:1]


def topic_for(actor: Actor, text: str) -> Topic:
    """The topic on a desk. Raises No when it lies outside the actor's place or room."""
    topic = topic_by_number(text)
    demand_reach(actor, topic)
    return topic


def demand_reach(actor: Actor, topic: Topic) -> None:
    """Raise No unless the topic lies in the place, and in the room where there is one, in which somebody acts."""
    if actor.room_id and actor.room_id != topic.room_id or not topic.place.startswith(actor.place or "-"):
        raise No(_("这件事归%s管，不在您的范围内。") % topic.room.name)


def newest(*, place: str = "", family: str = "open", states: tuple[str, ...] = (), room: Room | None = None,
           category: str = "", before: int | None = None, limit: int = PAGE + 1) -> list[Line]:  # fmt: skip
    """Topics of a place, newest first, one page and one more: of a family, of "all" of them, or in some states.

    Each family or state is read along its own index, and the newest of them together are the page.
    """
    where = {}
    if room:
        where["room"] = room.pk
    elif category:
        where["category"] = category
    if place and not room:
        where |= _place_filter(place)
    if before:
        where["pk__lt"] = before
    shapes = [_of_state(state, where) for state in states] or [{"family": each} for each in _families(family)]
    found = [Line._make(row) for shape in shapes for row in _newest(limit, **shape, **where)]
    return sorted(found, key=lambda line: -line.pk)[:limit]


@prepared
def _newest(limit, **where):
    rows = Topic.objects.filter(**where).order_by("-id")[:limit]
    return rows.values_list("pk", "title", "state", "support_count", "created_at", "room__name")


def _of_state(state: str, where: dict) -> dict:
    """Topics in a state. City, county and town have an index of their states; a room, a village and a category one
    of their families, which are small enough to be looked through."""
    own = {"room", "place", "category"} & where.keys()
    return {"state": state, "family": STATES[state].family} if own else {"state": state}


def _families(family: str) -> list[str]:
    """What was merged is a topic no longer: "all" are those that stand on their own."""
    return list(FAMILIES) if family == ALL else [family]


def _place_filter(place: str) -> dict:
    if len(place) <= 4:
        return {}
    return {"county": place[:6]} if len(place) == 6 else {"town": place[:9]} if len(place) == 9 else {"place": place}


def waiting_in(stage: str, room_id: int, limit: int) -> list[Topic]:
    """A room's topics in one stage, due first: read along the index (room, stage, due_at)."""
    return _waiting_in(limit, room=room_id, stage=stage)


@prepared
def _waiting_in(limit, room, stage):
    rows = Topic.objects.filter(room=room, stage=stage).select_related("room")
    return rows.order_by("due_at", "id")[:limit]


def waiting_under(place: str, states: tuple[str, ...], limit: int) -> list[Topic]:
    """Topics in these states under a place (a reviewer's or supervisor's view), due first."""
    stages = {STATES[state].stage for state in states}
    rows = Topic.objects.filter(stage__in=stages, state__in=states, place__startswith=place)
    return list(rows.select_related("room").order_by("due_at", "id")[:limit])


@prepared
def categories() -> list[tuple[str, str]]:
    """Path and name of every category, for a list of choices."""
    return Category.objects.values_list("path", "name")[:100]
