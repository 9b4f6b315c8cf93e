"""Calling a meeting: announced in time, called at once, moved, opened."""

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ....ground.calendar import clocks
from ....ground.calendar.clock import now
from ....ground.journal.deeds import deed
from ....ground.people import law
from ....ground.people.actor import ROLES
from ....ground.places.codes import draw_spoken
from ....ground.places.models import Code
from ....topic import lifecycle
from ....topic.models import Topic
from .. import queries, rules
from ..models import Invitation, Meeting
from ..models.words import AT_ONCE, FORMS
from .checks import hold, one_of, public, words_of

# A meeting belongs to the day it is on: its clock ends when that day's sitting can have come to something.
SITTING = timedelta(hours=3)


@deed
def announce_meeting(
    topic: Topic,
    at: datetime,
    place_words: str,
    *,
    by,
    form: str = "room",
    agenda: str = "",
    seats: int | None = None,
    short_notice: str = "",
    no_side: str = "",
) -> Meeting:
    """Announce time and place. Notice is at least three working days, and an affected side is invited:
    where either is not so, the reason is asked for and stands on the page."""
    law.demand(by, "deliberation.announce", topic)
    check_call(at, place_words, form, short_notice)
    if not no_side.strip() and not Invitation.objects.filter(topic=topic, affected=True).exists():
        raise ValidationError({"no_side": _("还没有邀请利益相关的一方。请先邀请，或者写明为什么不请。")})

    meeting = new_meeting(
        topic, form, place_words, at, agenda=agenda, seats=seats, short_notice=short_notice, no_side=no_side
    )

    lifecycle.move(topic, "announce", by=by, due=at + SITTING, data=facts_of(meeting))
    return meeting


@deed
def meet_at_once(
    topic: Topic, form: str, place_words: str, words: str, *, by, emergency: bool = False
) -> Meeting:
    """Sit down on the spot: small matters, and emergencies that cannot wait for review. The meeting is
    open at once.

    An emergency starts the two-hour clock and the one of the review that comes afterwards, within 24 hours.
    """
    law.demand(by, "deliberation.meet_at_once", topic)
    one_of(form, FORMS, "form")
    words = words_of(words, "words", _("请写要商量什么。"))
    place_words = words_of(place_words, "place_words", _("请写在哪儿开；线上开就写怎样进入。"), longest=120)

    meeting = new_meeting(
        topic, form, place_words, now(), agenda=words, short_notice=AT_ONCE, no_side=AT_ONCE
    )
    meeting.state, meeting.opened_at, meeting.emergency = "open", now(), emergency
    meeting.save(update_fields=["state", "opened_at", "emergency"])
    if emergency:
        _start_emergency(topic)

    step, track, clock = _AT_ONCE[emergency]
    due = clocks.CLOCKS[clock].due(now())
    lifecycle.move(topic, step, by=by, due=due, track=track, data=facts_of(meeting))
    return meeting


_AT_ONCE = {
    False: ("settle_on_the_spot", "quick", "quick"),
    True: ("respond_at_once", "emergency", "late_review"),
}


def _start_emergency(topic: Topic) -> None:
    clocks.start("emergency", topic.subject, place=topic.place, holder=topic.room.name)
    clocks.start("late_review", topic.subject, place=topic.place, holder=ROLES["reviewer"])


@deed
def change_meeting(meeting: Meeting, reason: str, *, by) -> Meeting:
    """Call an announced meeting off, with the reason; the topic is prepared again and a new one is announced."""
    law.demand(by, "deliberation.announce", meeting.topic)
    reason = words_of(reason, "reason", _("请写明为什么改期，大家会看到。"), longest=200)
    set_state(meeting, "called_off", ("planned",), moved_because=reason)
    ask_again(meeting.topic)

    lifecycle.move(meeting.topic, "change_meeting", by=by, reason=reason, data={"meeting": meeting.pk})
    return meeting


@deed
def open_meeting(meeting: Meeting, *, by) -> Meeting:
    """Begin: from now on people speak and vote. On its day or later, not before."""
    law.demand(by, "deliberation.open", meeting.topic)
    if now() < meeting.at - timedelta(hours=2):
        raise ValidationError({"meeting": _("还没到公告的时间。要提前，请先改期再公告。")})
    set_state(meeting, "open", ("planned",), opened_at=now())

    lifecycle.move(meeting.topic, "open", by=by, data={"meeting": meeting.pk})
    return meeting


# --- a topic that goes before a mediator -------------------------------------------------------


def pause_meeting(topic: Topic) -> None:
    """Stop the sitting of a topic that is handed to a mediator; part of the deed that hands it."""
    Meeting.objects.filter(topic=topic, state="open").update(state="paused", closed_at=now())


def resume_meeting(topic: Topic, since: datetime) -> bool:
    """Go on with the sitting that was stopped then, part of the deed that brings the topic back; False where none was."""
    stopped = Meeting.objects.filter(topic=topic, state="paused", closed_at__gte=since)
    return bool(stopped.update(state="open", closed_at=None))


def track_of(topic: Topic) -> str:
    """The track on which a topic was deliberated before it went to a mediator, read from what was done."""
    if Meeting.objects.filter(topic=topic, emergency=True).exists():
        return "emergency"
    return "full" if topic.reviews.filter(decision="approved").exists() else "quick"


# --- shared with the second round --------------------------------------------------------------


def check_call(at: datetime, place_words: str, form: str, short_notice: str) -> None:
    one_of(form, FORMS, "form")
    words_of(place_words, "place_words", _("请写在哪儿开；线上开就写怎样进入。"), longest=120)
    if at <= now():
        raise ValidationError({"at": _("开会时间要在现在以后。")})
    if at - now() > rules.FARTHEST_MEETING:
        raise ValidationError({"at": _("开会时间离得太远了，请选一年以内的日子。")})
    if not rules.enough_notice(now(), at) and not short_notice.strip():
        day = rules.earliest(now())
        words = _("要提前 %(n)s 个工作日公告，最早 %(month)s 月 %(day)s 日。确实等不了，请写明原因。")
        raise ValidationError({"at": words % {"n": rules.NOTICE_DAYS, "month": day.month, "day": day.day}})


def new_meeting(topic: Topic, form: str, place_words: str, at: datetime, **fields) -> Meeting:
    """The next round of a topic. Its sign-in code is drawn by chance, never computed from its number. Of two who call
    one at the same time, the second is told."""
    _none_yet(topic)
    last = Meeting.objects.filter(topic=topic).order_by("-round").values_list("round", flat=True).first() or 0
    texts = {name: public(name, text) for name, text in fields.items() if isinstance(text, str)}
    return Meeting.objects.create(
        topic=topic, room=topic.room, round=last + 1, form=form, place_words=place_words.strip(), at=at,
        code=_free_code(), announced_at=now(), **{**fields, **texts},
    )  # fmt: skip


def _none_yet(topic: Topic) -> None:
    """Hold the topic, and see that no meeting of it is announced or open. Raises Conflict."""
    if queries.planned_or_open(hold(topic)):
        raise lifecycle.Conflict(_("这件事已经有一场公告了或者正在开的协商会，请刷新看看最新情况。"))


def _free_code() -> str:
    """Six digits that no coming meeting and no printed code has: typed anywhere, they lead to one place."""
    while True:
        digits = draw_spoken()
        live = Meeting.objects.filter(code=digits, state__in=["planned", "open"])
        if not live.exists() and not Code.objects.filter(spoken=digits).exists():
            return digits


def ask_again(topic: Topic) -> None:
    """What the invited answered was for another time: they are asked anew."""
    topic.invitations.update(answer="", words="", answered_at=None)


def facts_of(meeting: Meeting) -> dict:
    """What the journal keeps of a call."""
    return {
        "meeting": meeting.pk,
        "form": FORMS[meeting.form],
        "at": meeting.at.isoformat(),
        "round": meeting.round,
    }


def set_state(meeting: Meeting, state: str, sources: tuple[str, ...], **fields) -> None:
    """Two who saw the same state cannot both get past the filter."""
    changed = Meeting.objects.filter(pk=meeting.pk, state__in=sources).update(state=state, **fields)
    if not changed:
        raise lifecycle.Conflict(_("刚刚有人先办了，请刷新看看最新情况。"))
    meeting.refresh_from_db()
