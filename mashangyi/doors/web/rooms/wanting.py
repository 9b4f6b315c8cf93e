"""What a town still lacks before a message can go its whole way: the administrator's inbox."""

from collections.abc import Iterator
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from mashangyi.ground.people.actor import KEEPERS, ROLES, Actor
from mashangyi.ground.people.models import Unit
from mashangyi.ground.people.signin import posts_held
from mashangyi.ground.places.models import Room
from mashangyi.ground.places.naming import past
from mashangyi.stages.triage import duty_list
from mashangyi.topic.desk import Inbox, Item, declare


def wanting(actor: Actor, limit: int) -> list[Item]:
    """First of all a room; then who keeps each, who reviews its topics, a unit that does the work, and what it is for.

    Five queries at most, however many rooms there are.
    """
    opened = Room.objects.filter(closed_on=None).select_related("division").order_by("place", "id")
    rooms = list(_within(opened, actor))
    if not rooms:
        words = _("码、岗位和来件都属于一个议事室")
        return [Item(_("开第一个议事室"), words, reverse("web:new_room"))]
    return [*_units(actor), *_posts(rooms)][:limit]


def _within(rows, actor: Actor):
    return rows.filter(place__gte=actor.place, place__lt=past(actor.place))


def _units(actor: Actor) -> Iterator[Item]:
    unit = _within(Unit.objects.order_by("place", "id"), actor).first()
    if unit is None:
        yield Item(_("登记承办单位"), _("还没有单位，商量好的事没有谁来办"), reverse("desk_new_unit"))
    elif duty_list.is_empty(actor.place):
        yield Item(_("填职责清单"), _("还没有写哪一类归哪个单位，受理时就没有单位可推荐"), _duties_at(unit.place))


def _duties_at(place: str) -> str:
    """Where there is a unit to name: it may be in charge where it is registered and below."""
    return f"{reverse('triage:duties')}?{urlencode({'place': place})}"


def _posts(rooms: list[Room]) -> Iterator[Item]:
    kept = set(posts_held().filter(role__in=KEEPERS, room__closed_on=None).values_list("room_id", "role"))
    reviewed = tuple(posts_held().filter(role="reviewer").values_list("place", flat=True).distinct())
    for room in rooms:
        for role in KEEPERS:
            if (room.pk, role) not in kept:
                yield _post(room.name, role, room.name)
        if not room.place.startswith(reviewed):
            yield _post(room.name, "reviewer", room.division.name)


def _post(title: str, role: str, q: str) -> Item:
    where = f"{reverse('desk_appoint')}?{urlencode({'role': role, 'q': q})}"
    return Item(title, _("还没有%(role)s") % {"role": _(ROLES[role])}, where)


declare(Inbox("wanting", ("city_admin",), N_("还缺什么"), wanting, ("desk_appoint", N_("任命"))))
