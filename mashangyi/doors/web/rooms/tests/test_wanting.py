"""What a town still lacks is on its administrator's desk, and the way to it."""

from datetime import timedelta

import pytest

from mashangyi.doors.web.rooms.wanting import wanting
from mashangyi.ground.calendar.clock import today
from mashangyi.ground.people.models import Person
from mashangyi.stages.triage.actions import set_duty
from mashangyi.topic.models import Category
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin():
    return factories.actor("city_admin", place="3208")


def lacks(actor) -> set[tuple[str, str]]:
    return {(item.title, item.detail) for item in wanting(actor, 50)}


def unit_in_charge(admin) -> None:
    """A unit, and something that it is in charge of."""
    factories.division()
    category = Category.objects.create(path="roads", name="道路")
    set_duty("320812", category, factories.unit(place="320812"), by=admin)


def complete_room(name: str = "长西议事室"):
    room = factories.room(name)
    for role in ("clerk", "convener"):
        factories.post(role, room=room)
    factories.post("reviewer", place=room.place[:9])
    return room


def test_an_empty_town_lacks_first_of_all_a_room(admin):
    (item,) = wanting(admin, 50)
    assert item.title == "开第一个议事室" and item.url == "/desk/places/new/"


def test_a_new_room_lacks_a_clerk_a_convener_a_reviewer_and_a_unit(admin):
    factories.room("长西议事室")
    assert lacks(admin) == {
        ("登记承办单位", "还没有单位，商量好的事没有谁来办"),
        ("长西议事室", "还没有议事专员"),
        ("长西议事室", "还没有召集人"),
        ("长西议事室", "还没有党组织审定人"),
    }


def test_a_complete_room_lacks_nothing(admin):
    unit_in_charge(admin)
    complete_room()
    assert lacks(admin) == set()


def test_a_town_with_units_lacks_a_list_of_what_they_are_in_charge_of(admin):
    factories.unit(place="320812")
    complete_room()
    assert lacks(admin) == {("填职责清单", "还没有写哪一类归哪个单位，受理时就没有单位可推荐")}


def test_a_post_that_has_ended_is_missed_again(admin):
    unit_in_charge(admin)
    room = complete_room()
    room.posts.filter(role="clerk").update(until=today() - timedelta(days=1))
    assert lacks(admin) == {(room.name, "还没有议事专员")}


def test_a_closed_room_lacks_nothing(admin):
    unit_in_charge(admin)
    complete_room()
    closed = factories.room("关了的议事室")
    type(closed).objects.filter(pk=closed.pk).update(closed_on=today())
    assert lacks(admin) == set()


def test_an_administrator_of_another_county_is_not_told():
    complete_room("长西议事室")
    (item,) = wanting(factories.actor("city_admin", place="320803"), 50)
    assert item.title == "开第一个议事室"


def test_the_way_leads_to_the_form_with_the_place_found(client, admin):
    room = factories.room("长西议事室")
    client.force_login(Person.objects.get(pk=admin.person_id))
    for item in wanting(admin, 50):
        page = client.get(item.url).content.decode()
        assert "没有找到" not in page
    ways = {item.detail: item.url for item in wanting(admin, 50)}
    assert f'value="room:{room.pk}"' in client.get(ways["还没有议事专员"]).content.decode()
    assert f'value="place:{room.division.code}"' in client.get(ways["还没有党组织审定人"]).content.decode()


def test_asking_costs_the_same_with_more_rooms(admin, django_assert_num_queries):
    for n in range(5):
        factories.room(f"议事室{n}")
    with django_assert_num_queries(4):
        assert len(wanting(admin, 50)) == 16
