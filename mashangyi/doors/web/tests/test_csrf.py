"""Another site cannot send our forms: not with a visitor's session, and not without one."""

import pytest
from django.test import Client

from tests import factories

CHOICE = {"elder": "1", "next": "/"}
OURS, THEIRS = "http://testserver", "https://evil.example"


@pytest.fixture
def stranger():
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def clerk(db):
    """A browser in which a clerk has signed in."""
    browser = Client(enforce_csrf_checks=True)
    post = factories.post("clerk", room=factories.room())
    browser.force_login(post.person, backend="mashangyi.ground.people.sessions.Backend")
    return browser


@pytest.mark.parametrize("headers", [
    {"sec-fetch-site": "same-origin"},
    {"sec-fetch-site": "none"},
    {"origin": OURS},
    {},
], ids=str)  # fmt: skip
def test_a_visitor_without_a_session_needs_no_token(stranger, headers):
    assert stranger.post("/prefs/", CHOICE, headers=headers).status_code == 302


@pytest.mark.parametrize("headers", [
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
    {"sec-fetch-site": "cross-site", "origin": OURS},
    {"origin": THEIRS},
    {"origin": "null"},
    {"origin": "http://testserver.evil.example"},
    {"origin": "http://testserver@evil.example"},
    {"origin": "http://testserver:81"},
], ids=str)  # fmt: skip
def test_a_form_from_another_site_is_refused(stranger, headers):
    answer = stranger.post("/prefs/", CHOICE, headers=headers)
    assert answer.status_code == 403
    assert not answer.cookies


def test_the_refusal_says_what_to_do(stranger):
    html = stranger.post("/prefs/", CHOICE, headers={"origin": THEIRS}).content.decode()
    assert "刷新后再交一次" in html and "<h1>" in html


def test_a_session_without_a_token_is_refused_even_from_our_own_site(clerk):
    assert clerk.post("/prefs/", CHOICE, headers={"sec-fetch-site": "same-origin"}).status_code == 403


def test_a_session_with_a_wrong_token_is_refused(clerk):
    clerk.get("/")
    assert clerk.post("/prefs/", {**CHOICE, "csrfmiddlewaretoken": "x" * 64}).status_code == 403


def test_a_session_with_its_token_is_let_through(clerk):
    html = clerk.get("/").content.decode()
    token = html.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    assert clerk.post("/prefs/", {**CHOICE, "csrfmiddlewaretoken": token}).status_code == 302


def test_a_token_does_not_help_another_site(clerk):
    html = clerk.get("/").content.decode()
    token = html.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    answer = clerk.post("/prefs/", {**CHOICE, "csrfmiddlewaretoken": token}, headers={"origin": THEIRS})
    assert answer.status_code == 403


def test_staff_sign_in_needs_a_token_before_there_is_a_session(stranger):
    assert stranger.post("/staff/login/", {"login": "x", "password": "y"}).status_code == 403


@pytest.mark.django_db
@pytest.mark.parametrize("cookie", ["made-up", "", "x" * 500])
def test_a_made_up_session_cookie_does_not_get_round_the_rule(stranger, cookie):
    stranger.cookies["sessionid"] = cookie
    assert stranger.post("/prefs/", CHOICE).status_code == 403
