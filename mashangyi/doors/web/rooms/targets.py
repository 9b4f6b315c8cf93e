"""What a code is for when that is not the whole room: a topic or a meeting of it, as people name them."""

from mashangyi.ground.asked import number_in
from mashangyi.ground.places.codes import typed
from mashangyi.ground.places.models import Code, Room
from mashangyi.stages.deliberation.models import Meeting
from mashangyi.stages.deliberation.queries import meeting_of_code
from mashangyi.topic.models import Topic
from mashangyi.topic.numbers import serial


def target_named(words: str, room: Room) -> str | None:
    """A topic's number or a meeting's six digits as a code keeps it; None when the room has no such thing."""
    meeting = meeting_of_code(typed(words))
    if meeting and meeting.room_id == room.pk:
        return f"meeting:{meeting.pk}"
    try:
        topic = Topic.objects.filter(pk=serial("Y", words), room=room).first()
    except ValueError:
        return None
    return f"topic:{topic.pk}" if topic else None


def targets_of(codes: list[Code]) -> dict[str, str]:
    """What each target among these codes is called, in two queries."""
    topics, meetings = _keys(codes, "topic"), _keys(codes, "meeting")
    named = {f"topic:{pk}": topic.title or topic.number for pk, topic in Topic.objects.in_bulk(topics).items()}
    for meeting in Meeting.objects.filter(pk__in=meetings).select_related("topic"):
        named[f"meeting:{meeting.pk}"] = meeting.topic.title or meeting.topic.number
    return named


def _keys(codes: list[Code], kind: str) -> list[int]:
    return list({number_in(code.target, kind) for code in codes} - {None})
