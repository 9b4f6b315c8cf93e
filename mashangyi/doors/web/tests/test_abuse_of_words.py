"""What people typed is words on every page: never markup, never a pattern, never an error."""

import pytest

from mashangyi.ground.journal.deeds import turn
from mashangyi.ground.journal.record import record
from mashangyi.stages.triage.actions import describe
from tests import factories

pytestmark = pytest.mark.django_db
MARKUP = "<b onclick=alert(1)>太吵</b>"


def titled(words: str, **where):
    topic = factories.topic(**where)
    return describe(topic, words, "说明", by=factories.actor("clerk", room=topic.room))


def pages(client, topic) -> str:
    addresses = ("/journal/", f"/t/{topic.number}/", "/topics/", f"/rooms/{topic.room_id}/")
    answers = [client.get(address) for address in addresses]
    assert {answer.status_code for answer in answers} == {200}
    return "".join(answer.content.decode() for answer in answers)


def test_a_title_with_markup_is_shown_as_it_was_typed(client):
    html = pages(client, titled(MARKUP))
    assert "<b onclick" not in html and "&lt;b onclick" in html


@pytest.mark.parametrize("words", ["停车费涨了50% 太多", "%(n)s", "100%%", "%s %d", "%"])
def test_a_title_with_a_per_cent_sign_breaks_no_page(client, words):
    assert "停车" in pages(client, titled("停车" + words))


def test_the_name_of_an_organ_is_escaped_on_the_page_of_its_entry(client):
    clerk = factories.actor("clerk", room=factories.room(), title=MARKUP)
    with turn():
        entry = record("places.changed", by=clerk, data={"room": "甲"})
    html = client.get(f"/journal/{entry.seq}/").content.decode()
    assert "<b onclick" not in html and "&lt;b onclick" in html


@pytest.mark.parametrize("number", ["²", "٣", "-1", "1e3", "9" * 19, "9" * 30, "9" * 5000])
@pytest.mark.parametrize("address", [
    "/topics/?before=", "/meetings/?before=", "/meetings/?after=", "/rooms/?after=", "/rooms/{room}/?before=",
    "/journal/?before=", "/journal/?room=", "/journal/recount.jsonl?after=",
])  # fmt: skip
def test_an_odd_number_in_an_address_is_no_error(client, address, number):
    room = factories.room()
    assert client.get(address.format(room=room.pk) + number).status_code in {200, 404}


@pytest.mark.parametrize("address", [
    "/m/{}/", "/wall/{}/", "/rooms/{}/", "/journal/{}/", "/t/Y26-{}/", "/r/?number=L26-{}", "/topics/{}/",
])  # fmt: skip
def test_a_number_that_no_row_can_have_is_a_missing_page(client, address):
    assert client.get(address.format("9" * 30)).status_code in {200, 404}


@pytest.mark.parametrize("address", [
    "/topics/%00/", "/topics/?category=%00", "/t/%00/", "/s/%00/", "/r/?number=%00", "/rooms/?q=%00",
    "/rooms/?place=%00", "/meetings/?place=%00", "/city/%00/", "/rooms/?q=%0%000", "/topics/?category=%0%000",
])  # fmt: skip
def test_a_character_that_no_database_takes_is_no_error(client, address):
    assert client.get(address).status_code in {200, 400, 404}
