"""Where codes lead that are for taking part: to the meeting they mean, and there to signing in or to suggesting."""

from django.urls import reverse

from ...ground.asked import number_in
from ...ground.places.models import Code
from ..intake.leads import address_of_topic, topic_of
from . import queries
from .models import Meeting


def to_meeting(code: Code) -> str:
    """The meeting of the code's own, of its topic, or the room's next one; the room's page when none is planned."""
    meeting = _meeting_of(code)
    if meeting:
        return _page_of(meeting)
    topic = topic_of(code)
    return address_of_topic(topic) if topic else reverse("web:room", kwargs={"room_id": code.room_id})


def to_sign_in(code: Code) -> str:
    """The same, at the form to sign in. A code printed for one meeting brings its digits: it hangs in the hall."""
    meeting = _meeting_of(code)
    if meeting is None:
        return to_meeting(code)
    printed_for_it = number_in(code.target, "meeting") and meeting.state in {"planned", "open"}
    return _page_of(meeting) + (f"?code={meeting.code}" if printed_for_it else "") + "#enter"


def to_suggest(code: Code) -> str:
    """The suggestions to a topic. A code for the whole room opens the scan page, which asks for them."""
    topic = topic_of(code)
    return address_of_topic(topic, "suggestions") if topic else ""


def _page_of(meeting: Meeting) -> str:
    return reverse("deliberation:meeting", kwargs={"meeting_id": meeting.pk})


def _meeting_of(code: Code) -> Meeting | None:
    if not code.target:
        return queries.meeting_to_join(code.room_id)
    topic = topic_of(code)
    if topic:
        return queries.planned_or_open(topic.merged_into or topic)
    return Meeting.objects.filter(pk=number_in(code.target, "meeting")).first()
