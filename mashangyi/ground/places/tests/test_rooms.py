"""Rooms: opened for a division, changed, closed with their codes; found along an index, page by page."""

import pytest
from django.core.exceptions import ValidationError

from mashangyi.ground.journal.models import Entry
from mashangyi.ground.people.actor import ANYONE, SYSTEM
from mashangyi.ground.people.law import No
from mashangyi.ground.places import queries
from mashangyi.ground.places.actions import (
    add_alias,
    change_room,
    close_room,
    drop_alias,
    make_codes,
    open_room,
    reopen_room,
)
from mashangyi.ground.places.importing import import_divisions
from mashangyi.ground.places.models import Alias, Division, Room
from tests import factories

pytestmark = pytest.mark.django_db
CHANGXI, HUAJIE, LAOZISHAN = "320812007003", "320812004001", "320813105"


@pytest.fixture(autouse=True)
def divisions(db):
    import_divisions(by=SYSTEM)


def opened(division=CHANGXI, name="长西社区协商议事室", **details) -> Room:
    return open_room(name=name, division=division, by=SYSTEM, **details)


def test_a_room_stands_in_its_division_and_has_a_code_for_its_page():
    room = open_room(
        name=" 长西社区协商议事室 ", division=CHANGXI, address="一楼", by=factories.actor("city_admin")
    )
    assert (room.name, room.place, room.address) == ("长西社区协商议事室", CHANGXI, "一楼")
    assert queries.code_to_report(room).item == "screen"
    assert Entry.objects.get(verb="places.opened").room == room.pk


def test_a_room_of_a_town_has_its_place_padded():
    assert opened(LAOZISHAN, "老子山镇协商议事室", kind="town").place == "320813105000"


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("name", {"name": "  "}),
        ("name", {"name": "室" * 61}),
        ("division", {"division": "999999999999"}),
        ("kind", {"kind": "castle"}),
        ("latitude", {"latitude": 33.5}),
        ("address", {"address": "路" * 121}),
    ],
)
def test_a_wrong_field_is_named(field, wrong):
    with pytest.raises(ValidationError) as refused:
        open_room(**{"name": "议事室", "division": CHANGXI, "by": SYSTEM, **wrong})
    assert field in refused.value.message_dict
    assert not Room.objects.exists()


def test_two_rooms_of_one_place_have_different_names():
    opened()
    with pytest.raises(ValidationError):
        opened()
    opened(HUAJIE)


@pytest.mark.parametrize("role", ["clerk", "convener", "supervisor", "auditor"])
def test_only_the_city_opens_changes_and_closes(role):
    room = opened()
    by = factories.actor(role, room=room)
    for refused in (
        lambda: open_room(name="别的议事室", division=CHANGXI, by=by),
        lambda: change_room(room, name="别的", by=by),
        lambda: close_room(room, "搬了", by=by),
        lambda: open_room(name="别的议事室", division=CHANGXI, by=ANYONE),
    ):
        with pytest.raises(No):
            refused()


def test_a_change_is_journalled_with_what_changed_and_no_change_is_not():
    room = opened(phone="0517-1")
    change_room(room, phone="0517-2", name=room.name, by=SYSTEM)
    change_room(room, phone="0517-2", by=SYSTEM)
    assert [entry.data["fields"] for entry in Entry.objects.filter(verb="places.changed")] == [["phone"]]


def test_a_closed_room_stops_its_codes_and_leaves_the_lists():
    room = opened()
    plate = make_codes(room, "report", "door_plate", [""], by=SYSTEM)[0]
    close_room(room, "并入长东社区", by=SYSTEM)
    plate.refresh_from_db()
    assert (plate.revoked, plate.revoked_why) == (True, "并入长东社区")
    assert queries.rooms_in() == []
    assert queries.rooms_in(closed=True) == [room]
    with pytest.raises(ValidationError):
        make_codes(room, "report", "fan", [""], by=SYSTEM)


def test_a_room_is_closed_once_with_a_reason_and_may_be_opened_again():
    room = opened()
    with pytest.raises(ValidationError):
        close_room(room, " ", by=SYSTEM)
    close_room(room, "搬了", by=SYSTEM)
    with pytest.raises(ValidationError):
        close_room(room, "搬了", by=SYSTEM)
    reopen_room(room, by=SYSTEM)
    with pytest.raises(ValidationError):
        reopen_room(room, by=SYSTEM)
    assert queries.code_to_report(room) is not None
    assert room.codes.filter(revoked_at=None).count() == 1


# --- lists -------------------------------------------------------------------------------------


def test_rooms_of_a_subtree_come_in_pages_without_gap_or_double():
    for division in (HUAJIE, CHANGXI):
        for n in range(23):
            opened(division, f"{n} 号议事室")
    seen, last = [], None
    while True:
        page = queries.rooms_in("320812", after=last)
        seen += page[:20]
        if len(page) <= 20:
            break
        last = page[19]
    assert len(seen) == len(set(seen)) == 46
    assert [room.place for room in seen] == sorted(room.place for room in seen)


@pytest.mark.parametrize(
    ("prefix", "count"),
    [
        ("3208", 3),
        ("", 3),
        ("320812", 2),
        ("320812000000", 2),
        ("320812007", 1),
        ("320812007000", 1),
        ("320803", 0),
    ],
)
def test_a_prefix_is_a_subtree_padded_or_not(prefix, count):
    opened(), opened(HUAJIE, "花街社区协商议事室"), opened(LAOZISHAN, "老子山镇协商议事室")
    assert len(queries.rooms_in(prefix)) == count


def test_paths_of_a_page_of_rooms_are_one_query(django_assert_num_queries):
    rooms = [opened(), opened(HUAJIE, "花街社区协商议事室"), opened(LAOZISHAN, "老子山镇协商议事室")]
    with django_assert_num_queries(1):
        paths = [room.path for room in queries.with_paths(rooms)]
    assert paths == ["清江浦区 长西街道 长西社区", "清江浦区 闸口街道 花街社区", "洪泽区 老子山镇"]


def test_rooms_are_counted_for_parts_of_any_level_in_one_query(django_assert_num_queries):
    opened(), opened(HUAJIE, "花街社区协商议事室"), opened(LAOZISHAN, "老子山镇协商议事室")
    with django_assert_num_queries(1):
        counts = queries.room_count(["320812", "320813", "320803", HUAJIE])
    assert counts == {"320812": 2, "320813": 1, "320803": 0, HUAJIE: 1}


def test_a_village_without_a_room_is_served_by_its_town():
    town = opened(LAOZISHAN, "老子山镇协商议事室")
    opened()
    assert queries.rooms_serving("320813105205") == [town]


def test_the_towns_of_a_district_include_those_that_are_its_own_by_law():
    names = {division.name for division in queries.parts_of("320812")}
    assert {"长西街道", "钵池街道", "枚乘街道"} <= names
    assert "宁连路办" in names
    assert not {"新港办"} & names


def test_who_keeps_a_room_is_told_by_post_and_only_while_it_is_held():
    room = opened()
    factories.post("clerk", room=room, title="长西社区")
    factories.post("convener", room=room, title="长西社区")
    past = factories.post("convener", room=room, title="从前的人")
    past.until = past.since
    past.save()
    factories.post("grid_worker", room=room)
    assert [post.label for post in queries.staffed_by(room)] == ["长西社区 召集人", "长西社区 议事专员"]


# --- names -------------------------------------------------------------------------------------


def test_a_name_is_added_once_journalled_and_taken_away():
    place = Division.objects.get(pk=CHANGXI)
    first = add_alias(place, " 老长西 ", by=factories.actor("city_admin"))
    assert add_alias(place, "老长西", by=SYSTEM) == first
    assert Entry.objects.filter(verb="places.named").count() == 1
    drop_alias(first, by=SYSTEM)
    assert not Alias.objects.filter(name="老长西").exists()
    with pytest.raises(ValidationError):
        add_alias(place, "长", by=SYSTEM)
    with pytest.raises(No):
        add_alias(place, "老长西", by=factories.actor("clerk"))
