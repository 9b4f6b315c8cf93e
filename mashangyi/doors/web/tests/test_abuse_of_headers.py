"""Every answer says that it may be framed by nobody and run nothing foreign, errors and refusals too."""

import pytest
from django.test import Client

from mashangyi.topic import pages as topic_pages
from tests import factories

pytestmark = pytest.mark.django_db


def broken(*_args, **_kwargs):
    raise RuntimeError("a mistake of ours")


@pytest.fixture
def answers(settings, monkeypatch):
    """An answer of every kind, by its status."""
    browser = Client(raise_request_exception=False)
    room = factories.room()
    found = [browser.get(f"/rooms/{room.pk}/"), browser.get("/desk/"), browser.get("/nothing/"),
             browser.post("/prefs/", headers={"origin": "https://evil.example"}),
             browser.get(f"/rooms/{room.pk}")]  # fmt: skip
    monkeypatch.setattr(topic_pages.queries, "newest", broken)
    found.append(browser.get("/topics/"))
    settings.ALLOWED_HOSTS = ["yi.example.cn"]
    found.append(browser.get("/", headers={"host": "evil.example"}))
    return {answer.status_code: answer for answer in found}


@pytest.mark.parametrize("status", [200, 301, 302, 400, 403, 404, 500])
def test_every_answer_is_closed_to_foreign_scripts_and_frames(answers, status):
    told = answers[status].headers
    assert "script-src 'self';" in told["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in told["Content-Security-Policy"]
    assert told["X-Frame-Options"] == "DENY" and told["X-Content-Type-Options"] == "nosniff"
    assert told["Referrer-Policy"] == "same-origin" and "Cache-Control" in told


def test_a_refused_host_is_not_written_into_the_answer(answers):
    assert "evil.example" not in answers[400].content.decode()


def test_an_error_tells_nothing_of_the_programs_inside(answers):
    html = answers[500].content.decode()
    assert "RuntimeError" not in html and "a mistake of ours" not in html and "Traceback" not in html


@pytest.mark.parametrize("path", ["/", "/staff/login/", "/desk/"])
def test_a_refused_host_gets_a_page_in_words_whoever_asks(settings, path):
    settings.ALLOWED_HOSTS = ["yi.example.cn"]
    for cookies in ({}, {"sessionid": "made-up"}, {"lang": "en"}):
        browser = Client(raise_request_exception=False)
        browser.cookies.load(cookies)
        assert browser.get(path, headers={"host": "evil.example"}).status_code == 400
