"""Rooms for everyone: found by words, asked about when they are not clear, and open at one address."""

import re

import pytest

from mashangyi.doors.web.rooms import pages
from mashangyi.ground.calendar import clock
from mashangyi.ground.people import limits
from mashangyi.ground.people.actor import SYSTEM
from mashangyi.ground.places.actions import close_room, make_codes, open_room, revoke_code
from mashangyi.ground.places.importing import import_divisions
from mashangyi.stages.deliberation.models import Meeting
from tests import factories

pytestmark = pytest.mark.django_db
CHANGXI, HUAJIE, LAOZISHAN = "320812007003", "320812004001", "320813105"


@pytest.fixture(autouse=True)
def town(db):
    import_divisions(by=SYSTEM)
    limits.forget()


@pytest.fixture
def room():
    return open_room(
        name="长西社区协商议事室",
        division=CHANGXI,
        address="一楼",
        phone="0517-8390 0000",
        hours="周一至周五",
        by=SYSTEM,
    )


def text(response) -> str:
    return response.content.decode()


# --- finding -----------------------------------------------------------------------------------


def test_words_that_mean_one_place_lead_to_its_rooms(client, room):
    page = text(client.get("/rooms/", {"q": "长西街道长西社区"}))
    assert f'href="/rooms/{room.pk}/"' in page
    assert "您说的是哪一个" not in page


def test_a_name_that_several_places_have_is_asked_about(client, room):
    page = text(client.get("/rooms/", {"q": "新城社区"}))
    assert "您说的是哪一个" in page
    assert "淮安区 淮城街道 新城社区" in page
    assert "金湖县 黎城街道 新城社区" in page


def test_an_alias_finds_the_place(client):
    page = text(client.get("/rooms/", {"q": "长江路街道三朱村"}))
    assert "三朱村还没有议事室。" in page


def test_a_room_is_found_by_a_part_of_its_own_name(client):
    room = open_room(name="海润枫景小区议事点", division=CHANGXI, by=SYSTEM)
    assert f'href="/rooms/{room.pk}/"' in text(client.get("/rooms/", {"q": "海润枫景"}))


def test_a_village_without_a_room_shows_the_nearest_one(client):
    town = open_room(name="老子山镇协商议事室", division=LAOZISHAN, kind="town", by=SYSTEM)
    page = text(client.get("/rooms/", {"q": "老子山镇洪明村"}))
    assert f'href="/rooms/{town.pk}/"' in page
    assert "洪明村还没有自己的议事室" in page


def test_from_the_city_one_goes_down_to_county_town_and_village(client):
    assert "place=320812" in text(client.get("/rooms/"))
    assert "place=320812007" in text(client.get("/rooms/", {"place": "320812"}))
    assert f"place={CHANGXI}" in text(client.get("/rooms/", {"place": "320812007"}))


def test_a_statistical_area_is_marked_as_one(client):
    assert "统计区域" in text(client.get("/rooms/"))


def test_twenty_rooms_a_page_and_a_link_to_the_rest(client):
    rooms = [open_room(name=f"{n} 号议事室", division=HUAJIE, by=SYSTEM) for n in range(21)]
    page = text(client.get("/rooms/", {"place": "320812"}))
    assert page.count('href="/rooms/') - page.count('href="/rooms/?') - page.count('href="/rooms/"') == 20
    rest = text(client.get("/rooms/", {"place": "320812", "after": rooms[19].pk}))
    assert f'href="/rooms/{rooms[20].pk}/"' in rest
    assert f'href="/rooms/{rooms[0].pk}/"' not in rest


@pytest.mark.parametrize(
    "query",
    [{"q": "火星"}, {"q": "   "}, {"q": "'\"<script>"}, {"place": "junk"}, {"place": "0" * 12},
     {"after": "x"}, {"after": "9" * 30}, {"place": "320812", "after": "77777"}, {"q": "长" * 500}],
)  # fmt: skip
def test_no_query_breaks_the_page(client, query):
    response = client.get("/rooms/", query)
    assert response.status_code == 200
    assert "<script>" not in text(response).replace('<script src="', "")


# --- a room ------------------------------------------------------------------------------------


def test_a_room_shows_the_way_in_the_digits_and_who_is_there(client, room):
    factories.post("convener", room=room, title="长西社区")
    code = room.codes.get()
    page = text(client.get(f"/rooms/{room.pk}/"))
    for words in (
        f'href="/s/{code.short}/"',
        code.spoken_apart,
        "长西社区 召集人",
        "一楼",
        "0517-8390 0000",
        "周一至周五",
    ):
        assert words in page


def test_a_room_shows_open_topics_without_words_that_are_not_public_yet(client, room):
    factories.topic(room, title="路灯不亮")
    factories.topic(room, title="")
    page = text(client.get(f"/rooms/{room.pk}/"))
    assert "路灯不亮" in page
    assert "正在核实，内容还没有公开" in page


def test_open_topics_are_paged(client, room):
    topics = [factories.topic(room, title=f"第 {n} 件事") for n in range(12)]
    page = text(client.get(f"/rooms/{room.pk}/"))
    assert f"?before={topics[2].pk}" in page
    assert "第 0 件事" in text(client.get(f"/rooms/{room.pk}/", {"before": topics[2].pk}))


def test_a_room_shows_its_coming_meetings_and_none_that_are_over(client, room):
    for title, state in (("增设坐凳", "planned"), ("工地噪声", "closed")):
        topic = factories.topic(room, title=title)
        Meeting.objects.create(
            topic=topic,
            room=room,
            form="on_site",
            place_words="东门走廊",
            at=clock.local(2026, 9, 3),
            state=state,
            code="123456",
        )
    page = text(client.get(f"/rooms/{room.pk}/"))
    meetings = page[page.index('id="meetings"') : page.index('id="open"')]
    assert "增设坐凳" in meetings
    assert "东门走廊" in meetings
    assert "工地噪声" not in meetings


def test_a_closed_room_says_so_and_where_to_go(client, room):
    town = open_room(name="长西街道协商议事室", division="320812007", kind="town", by=SYSTEM)
    close_room(room, "并入街道", by=SYSTEM)
    page = text(client.get(f"/rooms/{room.pk}/"))
    assert "关闭" in page
    assert f'href="/rooms/{town.pk}/"' in page
    assert "/s/" not in page


def test_a_room_without_a_living_code_says_how_else_to_reach_it(client, room):
    revoke_code(room.codes.get(), "被人贴了假码", by=SYSTEM)
    page = text(client.get(f"/rooms/{room.pk}/"))
    assert "没有可用的码" in page
    assert "/s/" not in page


def test_a_room_that_is_not_there_is_a_missing_page(client):
    assert client.get("/rooms/987654/").status_code == 404


@pytest.mark.parametrize(
    "address", ["/rooms/", "/rooms/?q=新城社区", "/rooms/?q=长西社区", "/rooms/?place=320812", "/rooms/{pk}/"]
)
def test_a_page_takes_at_most_twelve_queries(client, room, address, django_assert_max_num_queries):
    for n in range(25):
        factories.topic(room, title=f"第 {n} 件事")
        open_room(name=f"{n} 号议事室", division=HUAJIE, by=SYSTEM)
    with django_assert_max_num_queries(12):
        assert client.get(address.format(pk=room.pk)).status_code == 200


def test_more_rows_do_not_mean_more_queries(client, room, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as few:
        client.get(f"/rooms/{room.pk}/")
    for n in range(15):
        factories.topic(room, title=f"第 {n} 件事")
    with django_assert_num_queries(len(few)):
        client.get(f"/rooms/{room.pk}/")


# --- six digits --------------------------------------------------------------------------------


@pytest.mark.parametrize("shape", ["{}", " {} ", "{0:.3} {0:.9}"])
def test_the_digits_lead_to_the_scan_page(client, room, shape):
    code = room.codes.get()
    typed = code.spoken_apart if "." in shape else shape.format(code.spoken)
    response = client.post("/codes/", {"spoken": typed})
    assert (response.status_code, response["Location"]) == (302, f"/s/{code.short}/")


def test_the_short_code_typed_in_its_place_works_too(client, room):
    code = room.codes.get()
    assert client.post("/codes/", {"spoken": code.short.lower()})["Location"] == f"/s/{code.short}/"


@pytest.mark.parametrize("page", ["/", "/codes/"])
def test_no_browser_keeps_back_what_the_house_understands(client, page):
    """Wide digits, a dash, a short code, a whole address: /codes/ reads them, so the field must let them through."""
    field = re.search(r'<input[^>]*id="spoken"[^>]*>', text(client.get(page)))[0]
    assert "pattern=" not in field and 'maxlength="40"' in field


def test_a_revoked_code_leads_to_the_page_that_says_so(client, room):
    plate = make_codes(room, "report", "door_plate", [""], by=SYSTEM)[0]
    revoke_code(plate, "换了新门牌", by=SYSTEM)
    page = client.post("/codes/", {"spoken": plate.spoken}, follow=True)
    assert "换了新门牌" in text(page)
    assert f"/rooms/{room.pk}/" in text(page)


def test_wrong_digits_stay_in_the_field_and_say_what_to_do(client):
    response = client.post("/codes/", {"spoken": "000000"})
    assert response.status_code == 404
    assert 'value="000000"' in text(response)
    assert "没有这个号码" in text(response)


def test_nobody_can_try_all_the_digits(client, room, monkeypatch):
    monkeypatch.setenv("MASHANGYI_RATE_TRIES", "3/5minute")
    answers = [client.post("/codes/", {"spoken": f"00000{n}"}).status_code for n in range(5)]
    assert answers == [404, 404, 404, 429, 429]
    right = client.post("/codes/", {"spoken": room.codes.get().spoken})
    assert right.status_code == 429
    assert (
        client.post("/codes/", {"spoken": room.codes.get().spoken}, REMOTE_ADDR="10.9.9.9").status_code == 302
    )


def test_right_digits_are_not_counted_against_anyone(client, room, monkeypatch):
    monkeypatch.setenv("MASHANGYI_RATE_TRIES", "2/5minute")
    answers = [client.post("/codes/", {"spoken": room.codes.get().spoken}).status_code for _ in range(6)]
    assert set(answers) == {302}


@pytest.mark.parametrize("typed", ["", "   ", "' or 1=1", "<i>x", "9" * 5000, "四八二九一三"])
def test_nothing_typed_breaks_the_page(client, typed):
    response = client.post("/codes/", {"spoken": typed})
    assert response.status_code in {200, 404}
    assert "<i>x" not in text(response)


def test_the_pages_speak_english_when_asked(client, room):
    client.cookies["lang"] = "en"
    assert "Which room is yours?" in text(client.get("/rooms/"))
    assert "Say what is on your mind" in text(client.get(f"/rooms/{room.pk}/"))


def test_a_refusal_for_too_many_tries_answers_429(client, monkeypatch):
    monkeypatch.setattr(pages, "look_for", _too_many)
    response = client.get("/rooms/")
    assert response.status_code == 429
    assert "五分钟" in text(response)


def _too_many(*_words):
    raise limits.TooMany("五分钟后再来")


def test_the_six_digits_of_a_meeting_lead_to_it_with_the_digits_filled_in(client, room):
    meeting = Meeting.objects.create(
        topic=factories.topic(room=room),
        room=room,
        form="room",
        place_words="一楼",
        at=clock.now(),
        code="482913",
    )
    assert client.post("/codes/", {"spoken": "482 913"})["Location"] == f"/m/{meeting.pk}/?code=482913"
    Meeting.objects.update(state="closed")
    assert client.post("/codes/", {"spoken": "482913"}).status_code == 404
