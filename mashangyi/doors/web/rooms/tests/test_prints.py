"""Printed items: at real size, with the room's name, the digits, and a square that phones read."""

import re
from xml.etree import ElementTree

import pytest
import segno
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from mashangyi.doors.web.rooms import prints
from mashangyi.doors.web.rooms.qr import CORNER, Square
from mashangyi.ground.people.actor import SYSTEM
from mashangyi.ground.places.actions import change_room, make_codes, open_room, revoke_code
from mashangyi.ground.places.importing import import_divisions
from mashangyi.ground.places.models import PRINTED, PURPOSES
from tests.factories import post

ADDRESS = "https://yi.example.cn"


@pytest.fixture
def room(db):
    import_divisions(by=SYSTEM)
    return open_room(name="长西社区协商议事室", division="320812007003", phone="0517-8390 0000", by=SYSTEM)


@pytest.fixture
def plate(room):
    return make_codes(room, "report", "door_plate", ["正门"], by=SYSTEM)[0]


def modules(square: Square) -> list[list[int]]:
    """The shapes of a square, read back as dark and light modules."""
    rows = [[0] * square.size for _ in range(square.size)]
    for x, y, width in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", square.path):
        rows[int(y)][int(x) : int(x) + int(width)] = [1] * int(width)
    for left, top in square.corners:
        for y in range(CORNER):
            for x in range(CORNER):
                ring = min(x, y, 6 - x, 6 - y)
                rows[top + y][left + x] = int(ring != 1)
    return rows


@given(st.from_regex(r"https://[a-z]{2,20}\.example\.cn/s/[2-9A-HJKMNP-Z]{6}/", fullmatch=True))
def test_the_shapes_are_exactly_the_modules_of_the_code(address):
    expected = [list(row) for row in segno.make_qr(address, error="q", boost_error=False).matrix]
    assert modules(Square.of(address)) == expected


@pytest.mark.parametrize("item", PRINTED)
def test_every_item_is_whole_xml_at_its_size_in_millimetres(plate, item):
    root = ElementTree.fromstring(prints.drawn(plate, item, ADDRESS))
    sheet = prints.SHEETS[item]
    assert (root.get("width"), root.get("height")) == (f"{sheet.width}mm", f"{sheet.height}mm")
    assert root.get("viewBox") == f"0 0 {sheet.width} {sheet.height}"
    words = " ".join(root.itertext())
    assert plate.spoken_apart in words
    assert plate.room.name in words


def test_the_plate_says_what_to_do_and_where(plate):
    words = " ".join(ElementTree.fromstring(prints.drawn(plate, "door_plate", ADDRESS)).itertext())
    for part in (
        "长西社区",
        "协商议事室",
        "扫一扫，说说您的事",
        f"yi.example.cn/s/{plate.short}",
        "清江浦区 长西街道",
        "0517-8390 0000",
    ):
        assert part in words


@pytest.mark.parametrize("item", sorted(set(PRINTED) - {"screen"}))
@pytest.mark.parametrize("purpose", prints.CALLS)
def test_an_item_calls_out_what_its_code_is_for(room, item, purpose):
    code = make_codes(room, purpose, item, [""], by=SYSTEM)[0]
    words = "".join(ElementTree.fromstring(prints.drawn(code, item, ADDRESS)).itertext())
    assert all(line in words for line in prints.CALLS[purpose])
    assert "说说您的事" not in words and "身边的事" not in words and "心里的事" not in words


def test_every_purpose_has_a_call():
    assert set(prints.CALLS) == set(PURPOSES) - {"report"}


def test_words_on_a_plate_cannot_break_out_of_it(plate):
    change_room(plate.room, name='<g onload="x">&"室', by=SYSTEM)
    ElementTree.fromstring(prints.drawn(plate, "door_plate", ADDRESS))
    assert "<g onload" not in prints.drawn(plate, "door_plate", ADDRESS)


@given(
    st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=60),
    st.floats(20, 300),
    st.floats(3, 40),
)
def test_words_are_set_no_wider_than_their_space(words, width, largest):
    size = prints.fit(words, width, largest)
    assert size <= largest + 0.01
    assert prints.wide(words) * size <= width * 1.02 or prints.wide(words) < 1


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("长西社区协商议事室", ["长西社区", "协商议事室"]),
        ("花街社区协商议事室2号", ["花街社区", "协商议事室2号"]),
        ("协商议事室", ["协商议事室"]),
        ("海润枫景小区居民议事点", ["海润枫景小区", "居民议事点"]),
        ("小板凳议事", ["小板凳议事"]),
    ],
)
def test_a_long_name_stands_in_two_lines(plate, name, lines):
    plate.room.name = name
    assert prints.Printed(plate, "door_plate", ADDRESS).lines == lines


def test_revoked_codes_and_the_screen_s_own_are_not_printed(room, plate):
    lost = make_codes(room, "report", "poster", [""], by=SYSTEM)[0]
    revoke_code(lost, "丢了", by=SYSTEM)
    assert prints.chosen(room, "", []) == [plate]
    assert prints.chosen(room, "", [str(lost.pk)]) == []
    assert prints.chosen(room, "", ["x", "9" * 40]) == [plate]
    assert prints.chosen(room, "fan", []) == []


def test_codes_of_another_room_are_not_printed_here(room, plate):
    other = open_room(name="别的议事室", division="320812004001", by=SYSTEM)
    assert prints.chosen(other, "", [str(plate.pk)]) == []


def test_the_printed_address_is_the_public_one(monkeypatch):
    request = RequestFactory().get("/", HTTP_HOST="127.0.0.1:8000")
    assert prints.public_address(request) == "http://127.0.0.1:8000"
    assert prints.is_local(request)
    monkeypatch.setenv("MASHANGYI_ADDRESS", "https://yi.example.cn/")
    assert prints.public_address(request) == "https://yi.example.cn"
    assert not prints.is_local(request)


def test_more_sheets_than_a_page_holds_are_announced_and_follow_on_the_next(client, room, monkeypatch):
    monkeypatch.setattr(prints, "MOST", 3)
    spots = [f"{n} 号楼" for n in range(1, 6)]
    make_codes(room, "report", "lift_card", spots, by=SYSTEM)
    client.force_login(post("city_admin").person)
    here = f"/desk/places/{room.pk}/print/"
    first = client.get(here).content.decode()
    assert "这里是其中 3 张" in first and "一共 3 张" not in first
    following = re.search(r'href="(\?after=\d+)"', first)[1]
    second = client.get(here + following).content.decode()
    assert [spot for spot in spots if spot in first] == spots[:3]
    assert [spot for spot in spots if spot in second] == spots[3:] and 'href="?after=' not in second


def test_one_kind_of_item_can_be_printed_alone(client, room, plate):
    make_codes(room, "report", "fan", [""], by=SYSTEM)
    client.force_login(post("city_admin").person)
    page = client.get(f"/desk/places/{room.pk}/print/?item=fan").content.decode()
    assert plate.spoken_apart not in page and 'href="?item=door_plate"' in page and 'href="?item=poster"' not in page


def test_twenty_sheets_take_as_many_queries_as_one(room, plate, django_assert_num_queries):
    make_codes(room, "report", "fan", [""] * 19, by=SYSTEM)
    codes = prints.chosen(room, "", [])
    with django_assert_num_queries(1):
        assert len(prints.sheets(codes, ADDRESS)) == 20
