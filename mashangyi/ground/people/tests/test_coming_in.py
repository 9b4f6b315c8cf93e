"""How an account begins: the link of an invitation, and the one tap of a demo town."""


import pytest
from django.test import Client

from mashangyi.ground.calendar import clock
from mashangyi.ground.journal.deeds import turn
from mashangyi.ground.journal.models import Entry
from mashangyi.ground.journal.record import record
from mashangyi.ground.people import actions, demo_town, law
from mashangyi.ground.people.actor import SYSTEM, in_post, resident
from mashangyi.ground.people.models import Person
from tests import factories

from .factories import PASSWORD, password, staff

pytestmark = pytest.mark.django_db
DESK = "/desk/people/"


# --- invitations -----------------------------------------------------------------------------------


def test_the_first_administrator_sets_password_and_second_factor_by_one_link(client):
    person, url = actions.first_administrator(by=SYSTEM)
    assert person.posts.get().role == "city_admin"
    page = client.get(url)
    assert page.status_code == 200 and person.username in page.content.decode()
    done = client.post(url, {"password1": PASSWORD, "password2": PASSWORD})
    assert done["Location"] == "/desk/" and client.get(DESK)["Location"] == "/staff/second-factor/"
    assert client.get("/staff/second-factor/").status_code == 200


def test_a_link_works_once_and_for_24_hours():
    with clock.at(clock.local(2024, 3, 4)):
        person, url = actions.first_administrator(by=SYSTEM)
    with clock.at(clock.local(2024, 3, 5, 8, 59)):
        assert Client().get(url).status_code == 200
    with clock.at(clock.local(2024, 3, 5, 9, 1)):
        assert Client().get(url).status_code == 403
    with clock.at(clock.local(2024, 3, 4, 10)):
        Client().post(url, {"password1": PASSWORD, "password2": PASSWORD})
        assert Client().get(url).status_code == 403


def test_a_link_cannot_be_made_up(client):
    _person, url = actions.first_administrator(by=SYSTEM)
    assert client.get(url[:-8] + "AAAAAAA/").status_code == 403
    assert client.get("/staff/welcome/x/").status_code == 403


def test_the_journal_does_not_call_an_account_of_the_staff_a_resident(client):
    person, url = actions.first_administrator(by=SYSTEM)
    client.post(url, {"password1": PASSWORD, "password2": PASSWORD})
    entry = Entry.objects.get(verb="people.password_set")
    assert (entry.organ, entry.person) == ("工作账号", person.pk)


def test_a_weak_or_mistyped_password_is_refused_with_the_remedy(client):
    _person, url = actions.first_administrator(by=SYSTEM)
    short = client.post(url, {"password1": "short", "password2": "short"})
    differ = client.post(url, {"password1": PASSWORD, "password2": PASSWORD + "x"})
    assert (short.status_code, differ.status_code) == (422, 422)
    assert "不一样" in differ.content.decode() and "wrong-words" in short.content.decode()
    assert "密码太短了，至少要 10 个字符。" in short.content.decode()


def test_a_new_first_administrator_cannot_be_called_once_there_is_one():
    person, _url = actions.first_administrator(by=SYSTEM)
    again, url = actions.first_administrator(by=SYSTEM)
    assert again == person and Person.objects.count() == 1
    actions.set_password(person, PASSWORD, by=resident(person))
    with pytest.raises(law.No, match="已经有"):
        actions.first_administrator(by=SYSTEM)


def test_whoever_runs_the_server_lets_an_administrator_in_again_who_lost_everything(client, admin):
    url = actions.readmit_administrator(admin.person.username, by=SYSTEM)
    done = client.post(url, {"password1": PASSWORD, "password2": PASSWORD})
    assert done["Location"] == "/desk/" and client.get("/desk/")["Location"] == "/staff/second-factor/"
    assert Entry.objects.filter(verb="people.second_factor_removed", data__person=admin.person.pk).exists()


def test_nobody_else_is_let_in_that_way_and_by_nobody_else(admin):
    clerk = factories.post("clerk", room=factories.room()).person
    for username, by in ((clerk.username, SYSTEM), ("nobody", SYSTEM), (admin.person.username, in_post(admin))):
        with pytest.raises(law.No):
            actions.readmit_administrator(username, by=by)


def test_a_link_for_someone_with_a_second_factor_still_asks_for_it(client, admin):
    url = actions.invite(admin.person, by=SYSTEM)
    done = client.post(url, {"password1": PASSWORD, "password2": PASSWORD})
    assert done["Location"] == "/staff/code/" and "_auth_user_id" not in client.session


def test_nobody_sets_the_password_of_another(admin):
    by = resident(Person.objects.create(kind="staff"))
    with pytest.raises(law.No):
        actions.set_password(admin.person, "a stolen password", by=by)


# --- the demo ----------------------------------------------------------------------------------------


@pytest.fixture
def demo_person():
    post = staff("city_admin", second_factor=False)
    Person.objects.filter(pk=post.person_id).update(is_demo=True)
    return Person.objects.get(pk=post.person_id)


@pytest.fixture
def told(settings, tmp_path, monkeypatch):
    """A told demo town: the file and the journal's own word."""
    monkeypatch.setattr(demo_town, "_told_before", set())
    monkeypatch.setattr(demo_town, "VERB", "people.appointed")
    settings.DATA = tmp_path
    (tmp_path / "demo").touch()
    with turn():
        record("people.appointed", by=SYSTEM, data={"label": "演示"})


def test_in_a_told_demo_town_one_tap_enters(client, demo_person, told):
    page = client.get("/staff/login/").content.decode()
    assert f"/staff/demo/{demo_person.username}/" in page
    client.post(f"/staff/demo/{demo_person.username}/")
    assert client.get(DESK).status_code == 200


def test_the_list_has_one_account_for_each_role(demo_person, told):
    for role in ("clerk", "clerk", "convener"):
        Person.objects.filter(pk=staff(role, second_factor=False).person_id).update(is_demo=True)
    assert sorted(post.role for post in demo_town.accounts()) == ["city_admin", "clerk", "convener"]


@pytest.mark.parametrize("missing", ["file", "journal", "both"])
def test_a_real_town_neither_shows_nor_opens_the_demo_door(
    client, demo_person, settings, tmp_path, monkeypatch, missing
):
    monkeypatch.setattr(demo_town, "_told_before", set())
    settings.DATA = tmp_path
    if missing == "journal":
        (tmp_path / "demo").touch()
    if missing == "file":
        monkeypatch.setattr(demo_town, "VERB", "people.appointed")
        with turn():
            record("people.appointed", by=SYSTEM, data={"label": "演示"})
    assert "/staff/demo/" not in client.get("/staff/login/").content.decode()
    assert client.post(f"/staff/demo/{demo_person.username}/").status_code == 404
    assert "_auth_user_id" not in client.session


def test_when_the_town_stops_being_a_demo_open_sessions_lose_their_posts(client, demo_person, told, settings):
    client.post(f"/staff/demo/{demo_person.username}/")
    (settings.DATA / "demo").unlink()
    assert client.get(DESK)["Location"] == "/staff/second-factor/"


def test_the_demo_door_opens_no_real_account(client, admin, told):
    assert client.post(f"/staff/demo/{admin.person.username}/").status_code == 404


def test_in_a_demo_town_real_accounts_still_need_their_second_factor(client, told):
    fresh = staff("city_admin", second_factor=False)
    password(client, fresh)
    assert client.get(DESK)["Location"] == "/staff/second-factor/"
