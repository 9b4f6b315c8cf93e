"""The desk of places: rooms, codes, prints and names by the city's administrators, and by nobody else."""

import pytest
from markupsafe import escape

from mashangyi.ground.people.actor import SYSTEM
from mashangyi.ground.people.models import Person
from mashangyi.ground.people.signin import BACKEND
from mashangyi.ground.places.actions import make_codes, open_room
from mashangyi.ground.places.importing import import_divisions
from mashangyi.ground.places.models import ROOM_KINDS, Alias, Code, Room
from mashangyi.stages.deliberation.tests.factories import announced, prepared
from tests import factories

pytestmark = pytest.mark.django_db
CHANGXI, HUAJIE = "320812007003", "320812004001"


@pytest.fixture(autouse=True)
def town(db):
    import_divisions(by=SYSTEM)


@pytest.fixture
def room():
    return open_room(name="长西社区协商议事室", division=CHANGXI, by=SYSTEM)


@pytest.fixture
def plate(room):
    return make_codes(room, "report", "door_plate", ["正门"], by=SYSTEM)[0]


def signed_in(client, role: str, **where) -> Person:
    person = factories.post(role, **where).person
    client.force_login(person, backend=BACKEND)
    return person


@pytest.fixture
def admin(client):
    signed_in(client, "city_admin")
    return client


def text(response) -> str:
    return response.content.decode()


ADDRESSES = [
    "/desk/places/", "/desk/places/new/", "/desk/places/names/", "/desk/places/{room}/",
    "/desk/places/{room}/print/", "/desk/places/codes/{code}/door_plate.svg",
]  # fmt: skip
DEEDS = ["/desk/places/{room}/codes/", "/desk/places/{room}/close/", "/desk/places/codes/{code}/revoke/",
         "/desk/places/{room}/reopen/"]  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES + DEEDS)
def test_a_resident_is_sent_to_sign_in(client, room, plate, address):
    response = client.get(address.format(room=room.pk, code=plate.pk))
    assert response.status_code == 302
    assert "/staff/login/" in response["Location"]


@pytest.mark.parametrize("role", ["reviewer", "unit_officer", "auditor", "member"])
@pytest.mark.parametrize("address", ADDRESSES + DEEDS)
def test_other_staff_are_told_whose_page_it_is(client, room, plate, address, role):
    signed_in(client, role)
    response = client.post(address.format(room=room.pk, code=plate.pk), {"why": "x"})
    assert response.status_code == 403
    assert not Code.objects.get(pk=plate.pk).revoked


@pytest.mark.parametrize("role", ["clerk", "convener"])
def test_who_keeps_a_room_may_look_and_print_and_nothing_else(client, room, plate, role):
    signed_in(client, role, room=room)
    here = f"/desk/places/{room.pk}/"
    assert client.get("/desk/places/")["Location"] == here
    page = text(client.get(here))
    assert plate.spoken_apart in page
    assert "/revoke/" not in page
    assert "/close/" not in page
    assert client.get(here + "print/").status_code == 200
    assert client.get(f"/desk/places/codes/{plate.pk}/door_plate.svg").status_code == 200
    for address in DEEDS:
        assert client.post(address.format(room=room.pk, code=plate.pk), {"why": "x"}).status_code == 403
    assert client.post(here, {"name": "我的室", "kind": "community"}).status_code == 403
    room.refresh_from_db()
    assert room.name == "长西社区协商议事室"


def test_nobody_prints_the_codes_of_a_room_that_is_not_theirs(client, room, plate):
    signed_in(client, "clerk", room=open_room(name="花街社区协商议事室", division=HUAJIE, by=SYSTEM))
    for address in (f"/desk/places/{room.pk}/", f"/desk/places/{room.pk}/print/",
                    f"/desk/places/codes/{plate.pk}/door_plate.svg"):  # fmt: skip
        assert client.get(address).status_code == 403


@pytest.mark.parametrize("address", [*ADDRESSES, "/desk/places/?q=新城社区",
                                     "/desk/places/?place=320812",
                                     f"/desk/places/new/?division={CHANGXI}",
                                     "/desk/places/new/?q=新城社区"])  # fmt: skip
def test_every_page_opens_with_at_most_twelve_queries(
    admin, room, plate, address, django_assert_max_num_queries
):
    make_codes(room, "report", "fan", [""] * 30, by=SYSTEM)
    with django_assert_max_num_queries(12):
        assert admin.get(address.format(room=room.pk, code=plate.pk)).status_code == 200


def test_a_room_is_opened_in_two_steps(admin):
    assert f"division={HUAJIE}" in text(admin.get("/desk/places/new/", {"q": "花街社区"}))
    page = admin.post(
        f"/desk/places/new/?division={HUAJIE}", {"name": "花街社区协商议事室", "kind": "community"}
    )
    room = Room.objects.get(name="花街社区协商议事室")
    assert page["Location"] == f"/desk/places/{room.pk}/"


def test_a_room_of_the_whole_city_is_listed_by_its_kind_and_the_city(admin):
    open_room(name="教育界别议事室", division="3208", kind="sector", by=SYSTEM)
    assert "<small>界别 · 淮安市</small>" in text(admin.get("/desk/places/"))


def test_what_was_typed_stays_when_something_is_wrong(admin, room):
    response = admin.post(
        f"/desk/places/new/?division={CHANGXI}",
        {"name": room.name, "kind": "community", "address": "承德路 8 号"},
    )
    assert response.status_code == 422
    assert "承德路 8 号" in text(response)
    assert "已经有叫这个名字的议事室" in text(response)


def test_a_room_is_changed_closed_and_opened_again(admin, room):
    here = f"/desk/places/{room.pk}/"
    admin.post(here, {"name": room.name, "kind": "community", "phone": "0517-12345678"})
    room.refresh_from_db()
    assert room.phone == "0517-12345678"
    assert admin.post(here + "close/", {"why": ""}).status_code == 422
    admin.post(here + "close/", {"why": "装修"})
    room.refresh_from_db()
    assert not room.is_open
    admin.post(here + "reopen/")
    room.refresh_from_db()
    assert room.is_open


def test_one_line_one_code(admin, room):
    lines = "3 号楼东电梯\n\n 5 号楼西电梯 \r\n"
    admin.post(f"/desk/places/{room.pk}/codes/", {"item": "lift_card", "purpose": "report", "spots": lines})
    assert list(room.codes.filter(item="lift_card").order_by("id").values_list("spot", flat=True)) == [
        "3 号楼东电梯",
        "5 号楼西电梯",
    ]


def test_no_line_is_one_code(admin, room):
    admin.post(f"/desk/places/{room.pk}/codes/", {"item": "poster", "purpose": "report", "spots": ""})
    assert room.codes.filter(item="poster").count() == 1


def test_a_room_without_keepers_leads_to_appointing_them(admin, room):
    page = text(admin.get(f"/desk/places/{room.pk}/"))
    assert "还没有召集人和议事专员" in page
    for role in ("convener", "clerk"):
        href = page.partition(f'href="/desk/people/appoint/?role={role}&amp;q=')[2].partition('"')[0]
        assert room.name in text(admin.get(f"/desk/people/appoint/?role={role}&q={href}"))
    factories.post("convener", room=room, title="长西社区")
    page = text(admin.get(f"/desk/places/{room.pk}/"))
    assert "长西社区 召集人" in page and "还没有召集人和议事专员" not in page


@pytest.mark.parametrize("kind", ROOM_KINDS)
def test_a_room_of_every_kind_is_opened_and_named_so_in_the_list(admin, kind):
    fields = {"name": "新议事室", "kind": kind, "address": "一楼", "hours": "每天", "phone": "0517-83900000",
              "latitude": "33.6", "longitude": "119.02"}  # fmt: skip
    assert admin.post(f"/desk/places/new/?division={HUAJIE}", fields).status_code == 302
    opened = Room.objects.get(name="新议事室")
    assert (opened.kind, opened.latitude, opened.longitude) == (kind, 33.6, 119.02)
    assert f"{ROOM_KINDS[kind]} · " in text(admin.get("/desk/places/?place=320812"))
    assert "geo:33.6,119.02" in text(admin.get(f"/rooms/{opened.pk}/"))


@pytest.fixture
def meeting(room):
    return announced(prepared(room))


def make(admin, room, target, **more):
    return admin.post(f"/desk/places/{room.pk}/codes/", {"item": "poster", "purpose": "check", "target": target, **more})


def test_a_code_may_be_for_one_topic_or_one_meeting_and_its_row_says_which(admin, room, meeting):
    digits = f"{meeting.code[:3]} {meeting.code[3:]}"
    for typed in (meeting.topic.number, meeting.topic.number.lower().replace("-", " "), digits):
        assert make(admin, room, typed).status_code == 302
    made = Code.objects.filter(purpose="check").values_list("target", flat=True)
    assert sorted(made) == [f"meeting:{meeting.pk}", *[f"topic:{meeting.topic_id}"] * 2]
    assert text(admin.get(f"/desk/places/{room.pk}/")).count(f"（{meeting.topic.title}）") == 3


@pytest.mark.parametrize("typed", ["topic:1", "Y26-000001-0", "000000", "路灯那件", "'\"><script>"])
def test_what_the_room_does_not_have_is_refused_beside_its_field(admin, room, typed):
    answer = make(admin, room, typed)
    assert answer.status_code == 422 and "这个议事室没有这样一件" in text(answer)
    assert escape(typed) in text(answer) and not Code.objects.filter(purpose="check").exists()


def test_another_rooms_topic_or_meeting_is_refused(admin, meeting):
    other = open_room(name="别的议事室", division=HUAJIE, by=SYSTEM)
    for typed in (meeting.topic.number, meeting.code):
        assert make(admin, other, typed).status_code == 422


def test_a_wrong_item_is_refused_beside_its_field(admin, room):
    response = admin.post(f"/desk/places/{room.pk}/codes/", {"item": "tattoo", "spots": "我的手臂"})
    assert response.status_code == 422
    assert "我的手臂" in text(response)


def test_a_code_is_revoked_with_a_reason_only(admin, plate):
    admin.post(f"/desk/places/codes/{plate.pk}/revoke/", {"why": ""})
    plate.refresh_from_db()
    assert not plate.revoked
    admin.post(f"/desk/places/codes/{plate.pk}/revoke/", {"why": "门换了"})
    plate.refresh_from_db()
    assert plate.revoked_why == "门换了"


def test_closed_rooms_stay_on_the_desk(admin, room):
    admin.post(f"/desk/places/{room.pk}/close/", {"why": "装修"})
    assert "已关闭" in text(admin.get("/desk/places/", {"place": CHANGXI}))


def test_a_name_is_added_only_where_it_leads_to_one_place(admin):
    wrong = admin.post("/desk/places/names/", {"name": "老城", "words": "新城社区"})
    assert wrong.status_code == 422
    assert "金湖县 黎城街道 新城社区" in text(wrong)
    admin.post("/desk/places/names/", {"name": "老城", "words": "黎城街道新城社区"})
    alias = Alias.objects.get(name="老城")
    assert alias.division_id == "320831001008"
    admin.post(f"/desk/places/names/{alias.pk}/drop/")
    assert not Alias.objects.filter(name="老城").exists()
