"""Every number leads to exactly its list: each link of each page is followed, and its list counted to the end."""

from datetime import timedelta

import pytest

from mashangyi.civic.insight import behind, queries
from mashangyi.civic.insight.models import Line
from mashangyi.ground.calendar import clock
from mashangyi.ground.people.actor import ANYONE
from mashangyi.stages.intake.actions import record_report
from tests import factories as make

from . import factories as some
from .following import amount, counted, numbers_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("place", ["3208", "320812", "320812004", "320812004003", "320803", "320803001001"])
def test_every_number_of_a_place_is_what_its_list_comes_to(client, place):
    some.tell()
    some.project_all()
    numbers = numbers_of(client.get(f"/city/{place}/").content.decode())
    assert len(numbers) > 10
    assert [(address, n, counted(client, address)) for address, n in numbers if counted(client, address) != n] == []


def test_the_town_of_this_test_has_everything_that_is_counted(client):
    some.tell()
    city = some.figures()
    assert {name for name in behind.TITLES if not city.of(name)} == set() and city.overdue == 2
    page = client.get("/city/").content.decode()
    assert {name for name in behind.TITLES if f"/city/3208/{name}/" not in page} == set()


def test_following_would_see_a_list_that_lacks_one(client):
    some.tell()
    some.project_all()
    Line.objects.filter(place="3208", figure="reports:hotline").first().delete()
    wrong = [a for a, n in numbers_of(client.get("/city/").content.decode()) if counted(client, a) != n]
    assert wrong == ["/city/3208/reports:hotline/"]


@pytest.mark.parametrize(("words", "n"), [("1,500", 1500), ("1,500 元", 1500), ("6.5 万元", 65000), ("4.6 万元", 46000)])
def test_money_is_read_as_it_is_written(words, n):
    assert amount(words) == n


def test_a_long_list_is_read_in_pages_without_gap_or_double(client):
    room = make.room()
    for _n in range(65):
        record_report(room, "路灯不亮", by=ANYONE)
    some.project_all()
    assert counted(client, "/city/3208/reports:scan/") == counted(client, "/topics/3208/?family=all") == 65


def test_this_months_number_leads_to_this_months_lines(client):
    room = make.room()
    with clock.at(clock.now() - timedelta(days=70)):
        record_report(room, "去年的", by=ANYONE)
    record_report(room, "今天的", by=ANYONE)
    some.project_all()
    month = f"{queries.this_month():%Y-%m}"
    assert (f"/city/3208/topics/?month={month}", 1) in numbers_of(client.get("/city/").content.decode())
    assert counted(client, f"/city/3208/topics/?month={month}") == 1


def test_late_tasks_are_listed_longest_first_and_in_pages(client):
    from mashangyi.stages.delivery.models import Task

    room = make.room()
    first = some.late(room)
    for n in range(behind.PAGE + 5):
        other = some.late(room)
        Task.objects.filter(pk=other.pk).update(due_at=clock.now() - timedelta(minutes=n + 1), content=f"第 {n} 件")
    some.project_all()
    assert counted(client, "/city/3208/overdue/") == behind.PAGE + 6
    text = client.get("/city/3208/overdue/").content.decode()
    assert text.index(first.content) < text.index("第 34 件") < text.index("第 20 件")


@pytest.mark.parametrize(
    "address",
    ["/city/3208/nonsense/", "/city/3208/state:received/", "/city/3208/reports:pigeon/", "/city/3208/stay:resolved/",
     "/city/3208/stay:moon/", "/city/9999/topics/", "/city/3208/logins/", "/city/3208/scans/"],
)  # fmt: skip
def test_what_is_no_figure_is_a_missing_page(client, address):
    make.division()
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("query", ["?before=x", "?before=-1", "?month=2026-13", "?month=%27", "?before=٣", "?month=2026-1-1"])
def test_an_odd_address_of_a_list_is_still_the_list(client, query):
    record_report(make.room(), "路灯不亮", by=ANYONE)
    some.project_all()
    assert client.get(f"/city/3208/topics/{query}").status_code == 200


@pytest.mark.parametrize("figure", [*behind.TITLES, "reports:scan", "stay:received", "overdue"])
def test_an_empty_list_says_so_and_leads_back(client, figure):
    make.division()
    text = client.get(f"/city/320812/{figure}/").content.decode()
    assert "清江浦区的数字" in text and 'href="/city/320812/"' in text


def test_a_list_shows_no_word_of_a_report(client):
    record_report(make.room(), "我是三楼的老张，电话 13812345678", by=ANYONE, phone="13812345678")
    some.project_all()
    for figure in ("topics", "reports", "reports:scan"):
        text = client.get(f"/city/3208/{figure}/").content.decode()
        assert "老张" not in text and "13812345678" not in text


def _queries(client, address: str) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.get(address)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


@pytest.mark.parametrize("address", ["/city/3208/reports/", "/city/3208/stay:received/", "/city/3208/overdue/"])
def test_a_list_asks_the_same_with_few_and_many_lines(client, address):
    room = make.room()
    some.described(room), some.late(room)
    some.project_all()
    few = _queries(client, address)
    for _n in range(25):
        some.described(room), some.late(room)
    some.project_all()
    assert _queries(client, address) == few <= 8
