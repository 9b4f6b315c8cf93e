"""A public page is a function of the journal: its version is the last entry that touches it."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from mashangyi.ground.calendar.clock import at, local
from mashangyi.ground.journal.freshness import fresh, version
from mashangyi.ground.journal.models import Cursor
from mashangyi.ground.people.actor import ANYONE, Actor

from .factories import CLERK, speak

pytestmark = pytest.mark.django_db


@fresh("topic:{topic_id}")
def page(request, topic_id):
    return HttpResponse("page")


@fresh("city")
def missing(request):
    return HttpResponse("gone", status=404)


def asked(method="get", actor: Actor = ANYONE, **cookies):
    request = getattr(RequestFactory(), method)("/")
    request.actor, request.COOKIES = actor, cookies
    return request


def test_before_anything_happened_every_version_is_nought():
    assert [version(scope) for scope in ("city", "tallies", "room:3", "topic:12")] == ["0"] * 4


def test_a_deed_moves_what_it_touches_and_nothing_else():
    speak(topic=12, room=3)
    speak(topic=13, room=3)
    assert version("topic:12") == "1"
    assert version("room:3") == version("city") == "2"
    assert version("room:4") == "0"


def test_the_version_of_the_figures_is_how_far_they_were_counted():
    speak()
    Cursor.objects.create(reader="tallies", seq=1)
    assert version("tallies") == "1"


@pytest.mark.parametrize("scope", ["city", "tallies", "room:3", "topic:12"])
def test_asking_for_a_version_takes_one_query(django_assert_num_queries, scope):
    with django_assert_num_queries(1):
        version(scope)


def test_a_page_says_which_part_of_the_journal_it_shows_and_at_which_version():
    speak(topic=12)
    with at(local(2026, 5, 18, 9)):
        answer = page(asked(), topic_id=12)
        assert answer["X-Journal"].startswith("topic:12 1-")
        assert answer["ETag"] and answer["Cache-Control"] == "no-cache" and "Cookie" in answer["Vary"]


def test_a_page_is_drawn_anew_after_a_deed_and_after_a_minute_and_not_before():
    def tag(minute, second=0):
        with at(local(2026, 5, 18, 9, minute).replace(second=second)):
            return page(asked(), topic_id=12)["ETag"]

    first = tag(0)
    assert tag(0, 59) == first
    assert tag(1) != first
    speak(topic=12)
    assert tag(0) != first


@pytest.mark.parametrize(
    "request_",
    [asked(actor=CLERK), asked(sessionid="x"), asked("post")],
    ids=["signed in", "session", "post"],
)
def test_what_is_meant_for_one_person_is_never_kept_for_others(request_):
    answer = page(request_, topic_id=12)
    assert "X-Journal" not in answer and "ETag" not in answer


def test_an_answer_that_is_no_page_is_not_kept():
    assert "X-Journal" not in missing(asked())
