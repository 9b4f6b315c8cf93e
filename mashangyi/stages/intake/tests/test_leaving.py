"""A resident closes the account: from the page of their own reports, and for good."""

import pytest

from mashangyi.ground.people import vault
from mashangyi.ground.people.models import Identity, Person
from tests import factories

from .factories import text

pytestmark = pytest.mark.django_db
LEAVE = "/sign-out/for-good/"


@pytest.fixture
def person(client):
    person = Person.objects.create(kind="resident")
    vault.seal(f"person:{person.pk}", phone="+8613812345678")
    client.force_login(person)
    return person


def test_the_page_of_ones_reports_leads_out_and_says_what_it_means(client, person):
    page = text(client.get("/me/"))
    assert f'action="{LEAVE}"' in page and "全部删去" in page


def test_after_leaving_nobody_is_signed_in_and_no_phone_is_left(client, person):
    done = client.post(LEAVE, follow=True)
    assert "账号已注销" in text(done)
    assert client.get("/me/").status_code == 302
    assert not Identity.objects.exists()


def test_a_session_on_another_phone_ends_with_the_account(client, person):
    other = type(client)()
    other.force_login(person)
    client.post(LEAVE)
    assert other.get("/me/").status_code == 302


def test_staff_are_told_who_ends_their_post(client):
    client.force_login(factories.post("clerk", room=factories.room()).person)
    assert LEAVE not in text(client.get("/me/"))
    answer = client.post(LEAVE)
    assert answer.status_code == 403 and "市级管理员" in text(answer)
