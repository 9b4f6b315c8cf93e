"""Where a code leads whoever scans it: what they hold in their hand says what they expect."""

import pytest

from mashangyi.ground.calendar.clock import at
from mashangyi.ground.places.models import PURPOSES
from mashangyi.stages.deliberation.tests import factories as meetings
from mashangyi.stages.intake import leads
from mashangyi.stages.triage.actions import merge
from tests import factories

from . import factories as make
from .factories import text

pytestmark = pytest.mark.django_db
MEETING, SIGN_IN = "/m/{meeting}/", "/m/{meeting}/?code={digits}#enter"
ROOM, TOPIC, SUGGEST, HERE = "/rooms/{room}/", "/t/{number}/", "/t/{number}/#suggestions", "the scan page"

# (purpose, what the code is for) → where it leads
LEADS = {
    ("report", "room"): HERE,
    ("report", "topic"): TOPIC,
    ("report", "meeting"): MEETING,
    ("suggest", "room"): HERE,
    ("suggest", "topic"): SUGGEST,
    ("suggest", "meeting"): MEETING,
    ("deliberate", "room"): MEETING,
    ("deliberate", "topic"): MEETING,
    ("deliberate", "meeting"): MEETING,
    ("check", "room"): "/r/",
    ("check", "topic"): TOPIC,
    ("check", "meeting"): MEETING,
    ("judge", "room"): "/r/",
    ("judge", "topic"): TOPIC,
    ("judge", "meeting"): MEETING,
    ("sign_in", "room"): "/m/{meeting}/#enter",
    ("sign_in", "topic"): "/m/{meeting}/#enter",
    ("sign_in", "meeting"): SIGN_IN,
}


def led(client, code) -> str:
    answer = client.get(f"/s/{code.short}/")
    assert answer.status_code in {200, 302}
    return answer["Location"] if answer.status_code == 302 else HERE


def test_the_table_has_every_purpose():
    assert {purpose for purpose, _what in LEADS} == set(PURPOSES)


@pytest.mark.parametrize(("purpose", "what"), LEADS)
def test_each_code_leads_where_its_item_says(client, purpose, what):
    meeting = meetings.announced()
    target = {"room": "", "topic": f"topic:{meeting.topic_id}", "meeting": f"meeting:{meeting.pk}"}[what]
    values = {"meeting": meeting.pk, "digits": meeting.code, "room": meeting.room_id, "number": meeting.topic.number}
    address = led(client, make.code(meeting.room, purpose, target))
    assert address == LEADS[purpose, what].format(**values)
    if address != HERE:
        page = text(client.get(address.partition("#")[0]))
        assert f'id="{address.partition("#")[2]}"' in page or "#" not in address


@pytest.mark.parametrize("purpose", ["deliberate", "sign_in"])
def test_without_a_meeting_the_room_is_shown_or_the_topic_itself(client, purpose):
    topic = make.public()
    assert led(client, make.code(topic.room, purpose)) == f"/rooms/{topic.room_id}/"
    assert led(client, make.code(topic.room, purpose, topic.subject)) == f"/t/{topic.number}/"


@pytest.mark.parametrize("purpose", PURPOSES)
@pytest.mark.parametrize("target", ["topic:999999", "topic:", "topic:x", "nonsense", "studio:3"])
def test_a_code_for_what_is_not_there_still_leads_somewhere(client, purpose, target):
    led(client, make.code(None, purpose, target))


def test_the_open_meeting_comes_before_a_planned_one(client):
    room = factories.room()
    meetings.announced(meetings.prepared(room))
    with at(meetings.FRIDAY):
        now_open = meetings.opened(meetings.prepared(room))
        assert led(client, make.code(room, "deliberate")) == f"/m/{now_open.pk}/"


def test_a_meeting_that_is_over_is_read_and_nobody_signs_in(client):
    meeting = meetings.concluded().meeting
    code = make.code(meeting.room, "sign_in", f"meeting:{meeting.pk}")
    assert led(client, code) == f"/m/{meeting.pk}/#enter"


def test_the_digits_in_a_sign_in_code_are_filled_in(client):
    meeting = meetings.announced()
    code = make.code(meeting.room, "sign_in", f"meeting:{meeting.pk}")
    page = text(client.get(led(client, code).partition("#")[0]))
    assert f'value="{meeting.code}"' in page


def test_a_code_for_a_merged_topic_leads_to_the_one_it_was_merged_into(client):
    main = make.public()
    double = make.public(main.room)
    merge(double, main, by=factories.actor("clerk", room=main.room))
    assert led(client, make.code(main.room, "check", double.subject)) == f"/t/{main.number}/"


def test_a_code_for_suggestions_asks_for_them(client):
    code = make.code(purpose="suggest")
    page = text(client.get(f"/s/{code.short}/"))
    assert "您有什么建议？" in page and "您想反映什么" not in page


def test_where_a_purpose_leads_is_declared_once():
    with pytest.raises(ValueError, match="declared twice"):
        leads.declare("check", lambda code: "")
