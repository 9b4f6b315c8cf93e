"""What deliberation keeps ready on the desks: meetings to prepare and hold, suggestions to answer, results to
confirm, invitations."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from ...ground.people.actor import KEEPERS
from ...topic.desk import Inbox, Item
from ...topic.lifecycle import STATES
from ...topic.queries import waiting_in
from . import queries
from .models import Meeting


def _to_hold(actor, limit: int) -> list[Item]:
    """The room's topics in deliberation, due first; one query for them and one for their meetings."""
    topics = waiting_in("deliberation", actor.room_id, limit) if actor.room_id else []
    rows = Meeting.objects.filter(topic__in=topics, state__in=["planned", "open"])
    meetings = {meeting.topic_id: meeting for meeting in rows}
    return [_topic_item(topic, meetings.get(topic.pk)) for topic in topics]


def _topic_item(topic, meeting: Meeting | None) -> Item:
    going_on = meeting and topic.state in {"announced", "deliberating"}
    address = (
        reverse("deliberation:console", kwargs={"meeting_id": meeting.pk})
        if going_on
        else reverse("deliberation:prepare", kwargs={"number": topic.number})
    )
    detail = meeting.place_words if going_on else _(STATES[topic.state].wording)
    return Item(
        title=topic.title or topic.number, detail=detail, url=address, due_at=topic.due_at, state=topic.state
    )


def _to_answer(actor, limit: int) -> list[Item]:
    """Suggestions that wait for an answer, by topic: one line for each topic, however many it has."""
    waiting = queries.unanswered_in(actor.room_id, limit) if actor.room_id else []
    by_topic: dict[int, list] = {}
    for suggestion in waiting:
        by_topic.setdefault(suggestion.topic_id, []).append(suggestion)
    return [_suggestions_item(rows[0].topic, rows) for rows in by_topic.values()]


def _suggestions_item(topic, rows) -> Item:
    return Item(
        title=topic.title or topic.number,
        detail=_("%(n)s 条建议：%(words)s") % {"n": len(rows), "words": rows[0].words[:40]},
        url=reverse("deliberation:prepare", kwargs={"number": topic.number}) + "#answer",
        state=topic.state,
    )


def _to_confirm(actor, limit: int) -> list[Item]:
    return [
        Item(
            title=resolution.topic.title or resolution.topic.number,
            detail=resolution.summary[:60],
            url=reverse("topic:desk_topic", kwargs={"number": resolution.topic.number}),
            state=resolution.topic.state,
        )
        for resolution in queries.unconfirmed_under(actor.place, limit)
    ]


def _invitations(actor, limit: int) -> list[Item]:
    return [
        Item(
            title=invitation.topic.title or invitation.topic.number,
            detail=_("请您参加协商：%s") % invitation.body,
            url=reverse("deliberation:invitation", kwargs={"pk": invitation.pk}),
            due_at=invitation.topic.due_at,
            state=invitation.topic.state,
        )
        for invitation in queries.invitations_to(actor, limit)
    ]


# In these posts somebody is asked to come.
INVITED = ("member", "unit_officer", "grid_worker", "reviewer", "mediator", "supervisor")
INBOXES = (
    Inbox("deliberation", KEEPERS, N_("协商"), _to_hold),
    Inbox("suggestions", KEEPERS, N_("等答复的建议"), _to_answer),
    Inbox("resolutions", ("reviewer",), N_("待确认的成果"), _to_confirm),
    Inbox("invitations", INVITED, N_("请您参加的协商"), _invitations),
)
