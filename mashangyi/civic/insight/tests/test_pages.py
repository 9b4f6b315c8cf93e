"""The city page: one for every level, honest when empty, never a ranking, at a cost that does not grow."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mashangyi.ground.people.actor import ANYONE
from mashangyi.stages.intake.actions import record_report
from tests import factories as make

from . import factories as some
from .following import numbers_of

pytestmark = pytest.mark.django_db


def page(client, place: str = "3208", status: int = 200) -> str:
    answer = client.get(f"/city/{place}/")
    assert answer.status_code == status
    return answer.content.decode()


@pytest.mark.parametrize(
    ("place", "name", "parts"),
    [("3208", "淮安市", "清江浦区"), ("320812", "清江浦区", "长西街道"), ("320812004", "长西街道", "长西社区"),
     ("320812004003", "长西社区", "")],
)  # fmt: skip
def test_each_level_has_its_page_with_its_parts_and_the_way_up(client, place, name, parts):
    some.tell()
    some.project_all()
    text = page(client, place)
    assert f"{name} ·" in text
    assert (parts in text.split('id="parts"')[1]) if parts else 'id="parts"' not in text
    above = [place[:n] for n in (4, 6, 9) if n < len(place)]
    assert all(f'href="/city/{code}/"' in text.split("<h1")[0] for code in above)


@pytest.mark.parametrize("place", ["9999", "32", "320899", "abc", "3208120040030"])
def test_a_place_that_is_not_there_is_a_missing_page(client, place):
    make.division()
    page(client, place, 404)


@pytest.mark.parametrize("place", ["3208", "320812", "320812004", "320812004003"])
def test_an_empty_town_is_told_as_empty_without_a_made_up_share(client, place):
    make.division()
    text = page(client, place)
    for words in ("还没有来件", "还没有办完的", "还没有走完的", "本月还没有"):
        assert words in text
    assert "100%" not in text and "0%" not in text.split('id="honest"')[1].split("</section>")[0]
    assert numbers_of(text) in ([], [("/rooms/?place=" + place, 0), (f"/topics/{place}/?family=all", 0),
                                     (f"/city/{place}/meetings/", 0), (f"/topics/{place}/?state=resolved,looked_back", 0)])  # fmt: skip


def test_shares_stand_beside_what_they_are_of(client):
    some.judged(n=3)
    some.judged(solved=False)
    some.project_all()
    honest = page(client).split('id="honest"')[1].split("</section>")[0]
    assert "50%" in honest and "/city/3208/judged/" in honest and "/city/3208/judged:yes/" in honest
    assert "问了 4 位，还有 2 位没有答复" in honest


# What the national rules forbid to appraise by, in both languages.
REFUSED = ("登录", "扫码次数", "扫码量", "安装", "在线时长", "排名", "积分", "打卡", "活跃", "log-in", "ranking", "points", "installs")
SAYS_SO = ("不排名次，不比登录和扫码。", "No ranking, and nobody compares log-ins or scans.")


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_refused_figures_are_on_no_page(client, language):
    some.tell()
    some.project_all()
    for place in ("3208", "320812", "320812004"):
        text = client.get(f"/city/{place}/", headers={"accept-language": language}).content.decode()
        body = text.split("<main", 1)[1].split("</main>", 1)[0]
        for words in SAYS_SO:
            body = body.replace(words, "")
        assert [words for words in REFUSED if words in body] == []


def test_places_stand_in_the_order_of_their_codes_and_not_of_their_numbers(client):
    some.tell()
    some.project_all()
    text = page(client).split('id="parts"')[1]
    assert text.index("淮安区") < text.index("清江浦区")  # 320803 before 320812, which has more of everything


def test_a_name_is_shown_as_a_name_and_runs_as_nothing(client):
    from mashangyi.ground.places.models import Division

    make.division()
    Division.objects.filter(code="320812004").update(name="<b>长西</b>街道")
    assert "<b>长西</b>" not in page(client, "320812004")


# --- cost --------------------------------------------------------------------------------------


def _asked(client, place: str) -> list[str]:
    client.get(f"/city/{place}/")
    with CaptureQueriesContext(connection) as seen:
        page(client, place)
    return [query["sql"] for query in seen]


@pytest.mark.parametrize("place", ["3208", "320812", "320812004", "320812004003"])
def test_a_page_asks_the_same_in_a_small_and_in_a_large_town(client, place):
    some.tell()
    some.project_all()
    few = len(_asked(client, place))
    room = make.room()
    for n in range(40):
        record_report(room, f"井盖 {n}", by=ANYONE)
    for n in range(100, 112):
        make.room(place=f"320812{n}001")
    some.late(room)
    some.project_all()
    assert len(_asked(client, place)) == few <= 6


def test_no_page_reads_topics_reports_or_the_journal(client):
    some.tell()
    some.project_all()
    for sql in _asked(client, "3208") + _asked(client, "320812"):
        assert not any(f'"{table}"' in sql for table in ("topic_topic", "intake_report", "journal_entry", "insight_line"))


def test_a_page_reads_as_many_tallies_when_the_town_has_ten_times_as_much():
    from mashangyi.civic.insight.models import Tally

    room = make.room()
    record_report(room, "路灯", by=ANYONE)
    some.project_all()
    rows = Tally.objects.filter(place="3208").count()
    for n in range(30):
        record_report(room, f"井盖 {n}", by=ANYONE)
    some.project_all()
    assert Tally.objects.filter(place="3208").count() == rows


@pytest.mark.parametrize("address", ["/city/", "/topics/", "/rooms/"])
def test_another_city_has_its_own_pages_and_no_map_of_this_one(client, settings, address):
    from mashangyi.ground.places.models import Division

    make.division()
    Division.objects.create(code="3209", name="盐城市", level=4)
    settings.CITY = "3209"
    text = client.get(address).content.decode()
    assert "盐城市" in text and "淮安" not in text and 'class="map"' not in text


@pytest.mark.parametrize(("late", "words"), [(False, "按期办好100%1 / 1"), (True, "按期办好50%1 / (1 + 1)")])
def test_on_time_is_written_as_what_it_is_divided_by(client, late, words):
    from mashangyi.stages.delivery.tests import factories as delivered

    delivered.done()
    if late:
        some.late(make.room())
    some.project_all()
    assert words in re.sub(r"<[^>]+>", "", page(client).split('id="honest"')[1])
