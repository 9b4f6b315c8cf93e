"""The administrator's page of the city's own days."""

import pytest

from mashangyi.ground.calendar import workdays
from mashangyi.ground.calendar.clock import at, local
from mashangyi.ground.calendar.models import DayOff
from tests.factories import post

pytestmark = pytest.mark.django_db
PATH = "/desk/calendar/"
SNOW = {"day": "2026-05-19", "kind": "off", "reason": "暴雪停工"}


@pytest.fixture(autouse=True)
def monday():
    with at(local(2026, 5, 18, 9)):
        yield
    workdays.exceptions.clear()


@pytest.fixture
def admin(client):
    client.force_login(post("city_admin").person)
    return client


def test_a_day_is_set_shown_and_dropped_again(admin):
    assert admin.post(PATH, SNOW).status_code == 302
    assert "暴雪停工" in admin.get(PATH).content.decode()
    assert admin.post(f"{PATH}2026-05-19/drop/").status_code == 302
    assert not DayOff.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"day": "2026-05-17"}, "过去的日子不能再改"),
        ({"day": "neverday"}, "2026-05-19 这样的日期"),
        ({"reason": ""}, "请写明原因"),
        ({"kind": "holiday"}, "请选放假还是上班"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(admin, wrong, words):
    answer = admin.post(PATH, SNOW | wrong)
    page = answer.content.decode()
    assert answer.status_code == 422 and words in page
    assert "reason" in wrong or "暴雪停工" in page
    assert not DayOff.objects.exists()


def test_a_day_that_is_none_is_a_missing_page(admin):
    assert admin.post(f"{PATH}neverday/drop/").status_code == 404


def test_days_gone_by_are_not_shown(admin):
    DayOff.objects.create(day="2026-01-05", reason="旧的")
    assert "旧的" not in admin.get(PATH).content.decode()


@pytest.mark.parametrize("role", ["clerk", "auditor"])
def test_others_may_not(client, role):
    client.force_login(post(role, place="3208").person)
    assert client.get(PATH).status_code == 403


def test_the_administrator_of_a_county_sees_the_days_and_no_form_that_would_be_refused(client):
    DayOff.objects.create(day="2026-06-01", reason="停电检修")
    client.force_login(post("city_admin", place="320812").person)
    page = client.get(PATH).content.decode()
    assert "停电检修" in page and 'name="day"' not in page and "/drop/" not in page
    assert client.post(PATH, SNOW).status_code == 403


def test_the_page_takes_a_fixed_number_of_queries(admin, django_assert_num_queries):
    admin.get(PATH)
    with django_assert_num_queries(5):
        admin.get(PATH)
    for n in range(1, 10):
        DayOff.objects.create(day=f"2026-06-0{n}", reason="停电检修")
    with django_assert_num_queries(5):
        admin.get(PATH)
