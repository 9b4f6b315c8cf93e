"""The front's own look at the journal says the same as Django's, on either database."""

import asyncio

import pytest
from django.db import connections

from mashangyi.config.front.window import open_window
from mashangyi.ground.journal import freshness
from mashangyi.ground.journal.deeds import turn
from mashangyi.ground.journal.models import Cursor
from mashangyi.ground.journal.record import record
from mashangyi.ground.people.actor import SYSTEM
from tests import factories

from .visits import alone

pytestmark = pytest.mark.django_db(transaction=True)
SCOPES = ("city", "tallies", "room:{room}", "topic:{topic}", "room:999999", "topic:999999")


def asked(question):
    """The answers of `question(window)`, an async function, on the test database."""

    async def whole():
        window = open_window()
        try:
            return await question(window)
        finally:
            await window.close()

    return alone(whole)


@pytest.fixture
def matter():
    with turn():
        topic = factories.topic()
        record("topic.verify", by=SYSTEM, topic=topic)
    return topic


def test_it_gives_the_version_that_the_page_was_stamped_with(matter):
    Cursor.objects.update_or_create(reader="tallies", defaults={"seq": 1})
    scopes = [scope.format(room=matter.room_id, topic=matter.pk) for scope in SCOPES]

    async def versions(window):
        return [await window.version(scope) for scope in scopes]

    assert asked(versions) == [freshness.version(scope) for scope in scopes]


def test_the_pulse_stands_still_until_somebody_commits(matter):
    async def beat(window):
        before = [await window.pulse() for _n in range(3)]
        await asyncio.to_thread(another_deed, matter)
        return before, await window.pulse()

    before, after = asked(beat)
    assert before[0] == before[2] != after


def test_a_new_tally_is_a_beat_too(matter):
    async def beat(window):
        before = await window.pulse()
        await asyncio.to_thread(another_tally)
        return before, await window.pulse()

    before, after = asked(beat)
    assert before != after


def test_entries_come_in_order_and_only_of_their_scope(matter):
    another_deed(matter)
    with turn():
        record("topic.verify", by=SYSTEM, topic=factories.topic())

    async def lists(window):
        return await window.entries("city", 1), await window.entries(f"topic:{matter.pk}", 0)

    city, topic = asked(lists)
    assert [entry[0] for entry in city] == [2, 3] and [entry[0] for entry in topic] == [1, 2]
    assert topic[0] == (1, "topic.verify", matter.pk, matter.room_id)


def another_deed(topic):
    with turn():
        record("topic.ask", by=SYSTEM, topic=topic)
    connections.close_all()


def another_tally():
    Cursor.objects.update_or_create(reader="tallies", defaults={"seq": 7})
    connections.close_all()
