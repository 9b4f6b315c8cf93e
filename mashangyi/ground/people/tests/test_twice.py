"""What the same browser sends twice within a minute has one word; everything else has words of its own."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from mashangyi.ground.calendar import clock
from mashangyi.ground.people import twice
from mashangyi.ground.people.actor import resident
from mashangyi.ground.people.models import Person

FORM = {"words": "路灯不亮", "spot": "东门", "csrfmiddlewaretoken": "a" * 64}
PHONE = {"REMOTE_ADDR": "203.0.113.7", "HTTP_USER_AGENT": "Phone"}


@pytest.fixture(autouse=True)
def anew():
    twice.forget()
    yield
    twice.forget()


def word(about: str = "report:1", actor=None, photo: bytes = b"", form=FORM, **browser) -> str:
    files = {"photos": SimpleUploadedFile("一.jpg", photo)} if photo else {}
    request = RequestFactory().post("/", {**form, **files}, **{**PHONE, **browser})
    if actor:
        request.actor = actor
    return twice.word_of(request, about)


def test_a_double_click_has_one_word():
    assert word() == word() and word(photo=b"123") == word(photo=b"123")


def test_the_token_that_each_drawing_of_the_page_has_anew_makes_no_difference():
    assert word() == word(form=FORM | {"csrfmiddlewaretoken": "b" * 64})


@pytest.mark.parametrize(
    "other",
    [
        {"about": "report:2"},
        {"form": FORM | {"words": "路灯不亮了"}},
        {"form": FORM | {"phone": "13800138000"}},
        {"photo": b"123"},
        {"REMOTE_ADDR": "203.0.113.8"},
        {"HTTP_USER_AGENT": "Other phone"},
        {"actor": resident(Person(pk=4))},
    ],
)
def test_anything_else_is_another_form(other):
    assert word() != word(**other)


def test_a_person_who_signed_in_is_known_on_every_address():
    actor = resident(Person(pk=4))
    assert word(actor=actor) == word(actor=actor, REMOTE_ADDR="203.0.113.8")


@pytest.mark.parametrize(("seconds", "same"), [(0, True), (59, True), (60, False)])
def test_after_a_minute_the_same_words_are_said_anew(seconds, same):
    begin = clock.local(2026, 10, 1, 12)
    with clock.at(begin):
        first = word()
    with clock.at(begin + timedelta(seconds=seconds)):
        assert (word() == first) is same


def test_neither_the_word_nor_what_is_kept_tells_who_sent_what():
    given = word()
    assert len(given) == 32 and given.isalnum()
    assert not any(secret in repr(twice._words) for secret in ("203.0.113.7", "路灯", "Phone"))


def test_what_is_kept_does_not_grow_without_end(monkeypatch):
    monkeypatch.setattr(twice, "MOST", 10)
    for n in range(50):
        word(about=f"report:{n}")
    assert len(twice._words) <= 11
