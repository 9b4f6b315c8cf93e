"""Every page has a heading, a language and a way past the frame; what a visitor chooses is kept."""

import re

import pytest
from django.test import Client
from django.urls import resolve

from mashangyi.doors.web import frame
from mashangyi.ground.people.actor import ROLES
from tests import factories

PAGES = ["/", "/components/", "/no-such-page/"]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_one_heading_a_language_and_a_skip_link(client, path):
    html = client.get(path).content.decode()
    assert len(re.findall("<h1", html)) == 1
    assert '<html lang="zh-Hans">' in html
    assert 'class="skip" href="#main"' in html and 'id="main"' in html


@pytest.mark.parametrize("path", PAGES)
def test_a_visitor_without_a_session_gets_no_cookie_and_no_token(client, path):
    answer = client.get(path)
    assert not answer.cookies
    assert b"csrfmiddlewaretoken" not in answer.content


@pytest.mark.parametrize(("field", "value", "cookie"), [
    ("language", "en", "lang"), ("elder", "1", "elder"), ("theme", "dark", "theme"),
])  # fmt: skip
def test_a_choice_is_kept_and_leads_back(client, field, value, cookie):
    answer = client.post("/prefs/", {field: value, "next": "/components/?family=open"})
    assert answer.status_code == 302 and answer["Location"] == "/components/?family=open"
    assert answer.cookies[cookie].value == value


def test_a_choice_that_does_not_exist_is_left_alone(client):
    assert not client.post("/prefs/", {"language": "xx", "theme": "pink"}).cookies


@pytest.mark.parametrize(
    "next_", ["https://example.com/", "//example.com", "javascript:alert(1)", "\\\\example.com"]
)
def test_nobody_is_led_to_another_site(client, next_):
    assert client.post("/prefs/", {"next": next_})["Location"] == "/"


def test_the_elder_version_is_the_same_page(client):
    usual = client.get("/").content.decode()
    client.cookies["elder"] = "1"
    large = client.get("/").content.decode()
    assert 'class="elder"' in large
    assert re.findall('name="([a-z]+)"', usual) == re.findall('name="([a-z]+)"', large)


def test_a_page_speaks_english_to_who_asks_for_it(client):
    html = client.get("/", headers={"accept-language": "en-GB,en"}).content.decode()
    assert '<html lang="en">' in html
    visible = re.sub(r"<[^>]+>|中文|中", "", html)
    assert not re.search("[\u4e00-\u9fff]", visible), re.findall("[\u4e00-\u9fff]+", visible)


def test_the_foot_of_a_page_leads_somewhere():
    links = frame.foot_links()
    assert len(links) >= 4
    for href, _words in links:
        resolve(href)


@pytest.mark.parametrize("role", ROLES)
def test_every_role_has_a_desk(role):
    assert ("/desk/", "待办") in frame.desk_links(role)


@pytest.mark.django_db
def test_a_person_with_two_posts_may_switch_between_them(client):
    post = factories.post("clerk", room=factories.room())
    other = factories.Post.objects.create(
        person=post.person,
        role="convener",
        room=post.room,
        place=post.place,
        title="另一处",
        since=post.since,
    )
    client.force_login(post.person, backend="mashangyi.ground.people.sessions.Backend")
    html = client.get("/desk/").content.decode()
    assert f'<option value="{other.pk}"' in html and "csrfmiddlewaretoken" in html
    assert 'href="/desk/" aria-current="page"' in html


@pytest.mark.django_db
def test_a_refusal_sends_residents_to_the_convener_and_staff_to_who_appoints(client):
    client.force_login(factories.post("clerk").person)
    staff = client.get("/desk/people/").content.decode()
    link = Client().get("/staff/welcome/x/").content.decode()
    assert all("由市级管理员来定" in page and "召集人" not in page for page in (staff, link))


# --- addresses that only take what is sent -----------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(("role", "path", "page"), [
    ("clerk", "/m/7/vote/3/", "/m/7/"), ("clerk", "/desk/meeting/7/count/", "/desk/meeting/7/"),
    ("reviewer", "/desk/resolution/7/confirm/", "/desk/"),
])  # fmt: skip
def test_whoever_comes_back_to_an_address_that_only_takes_forms_finds_the_page_above(client, role, path, page):
    client.force_login(factories.post(role, room=factories.room()).person)
    assert client.get(path, headers={"accept": "text/html,*/*"})["Location"] == page
    assert client.get(path).status_code == 405
