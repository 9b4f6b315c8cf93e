"""In the meeting: who is here, what is said, whose opinion stays on the record."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from ....ground.calendar.clock import now
from ....ground.journal.deeds import deed
from ....ground.journal.record import record
from ....ground.people import law
from .. import rules
from ..models import Attendance, Dissent, Meeting, Statement, Vote
from ..models.words import CLASS_OF_ROLE, CLASSES, WAYS
from .checks import as_it_is_now, just_now, one_of, public, words_of

# Doors open before the hour, as those of a room do.
EARLY = timedelta(hours=2)
MERGED = N_("同一个人已用手机号签到")


class Unknown(ValidationError):
    """The six digits are not those of this meeting: the page counts such tries."""


# --- signing in --------------------------------------------------------------------------------


@deed
def sign_in(meeting: Meeting, *, by, code: str = "", device: Attendance | None = None) -> Attendance:
    """Sign in with one's own phone: by the six digits shown in the room, or from afar where the form
    allows it.

    A signed-in person has one attendance on all devices. Anyone else is a guest on this device until the
    clerk vouches for them; `device` is what this device signed in as before, and is taken over.
    """
    law.demand(by, "deliberation.sign_in", meeting.topic)
    meeting = held(meeting)
    _check_doors(meeting)
    known = _known(meeting, by, device)
    if known:
        return known

    way = _way_in(meeting, code, by)
    kind = CLASS_OF_ROLE.get(by.role) or ("residents" if by.person_id else "guest")
    return _enter(meeting, kind, way, by=by, person=by.person_id)


def _known(meeting: Meeting, by, device: Attendance | None) -> Attendance | None:
    """The attendance that this person or device has already."""
    mine = Attendance.objects.filter(meeting=meeting, person=by.person_id).first() if by.person_id else None
    if device and by.person_id and device.person_id not in (None, by.person_id):
        device = None  # one phone in a family: who signs in now is somebody else than who did before
    if device and by.person_id and device.person_id is None and device.struck_at is None:
        return _merge(mine, device, by) if mine else _claim(device, by)
    known = mine or device
    if known and known.struck_at:
        raise law.No(_("您的签到被划掉了：%s。请找现场的议事专员。") % known.struck_why)
    return known


def _claim(device: Attendance, by) -> Attendance:
    device.person_id = by.person_id
    if device.kind == "guest":
        device.kind = CLASS_OF_ROLE.get(by.role, "residents")
    device.save(update_fields=["person", "kind"])
    return device


def _merge(mine: Attendance, device: Attendance, by) -> Attendance:
    """One person on two devices: what the nameless one voted in open ballots falls away."""
    _strike(device, MERGED)
    _record_struck(device, by)
    return mine


def _way_in(meeting: Meeting, code: str, by) -> str:
    digits = "".join(character for character in code if character.isdigit())
    if digits == meeting.code or (by.room_id and by.room_id == meeting.room_id):
        return "site"
    if digits:
        raise Unknown({"code": _("六位数不对，请看现场屏幕再输一次。")})
    if meeting.is_remote:
        return "online"
    raise Unknown({"code": _("请输入现场屏幕上的六位数。")})


def _enter(
    meeting: Meeting, kind: str, way: str, *, by, person: int | None = None, label: str = ""
) -> Attendance:
    last = Attendance.objects.filter(meeting=meeting).aggregate(last=Max("number"))["last"] or 0
    attendance = Attendance.objects.create(
        meeting=meeting, number=last + 1, kind=kind, way=way, person_id=person, label=label, at=now()
    )
    data = {"number": attendance.number, "kind": CLASSES[kind], "way": WAYS[way]}
    record("deliberation.signed_in", by=by, topic=meeting.topic, data=data)
    return attendance


@deed
def sign_in_for(meeting: Meeting, kind: str, label: str, *, by) -> Attendance:
    """The clerk signs in somebody without a phone; `label` is their seat or part, not their name."""
    law.demand(by, "deliberation.enter_for", meeting.topic)
    meeting = held(meeting)
    _check_doors(meeting)
    one_of(kind, CLASSES, "kind")
    label = words_of(label, "label", _("写个好认的记号，例如：前排左 2、3 号楼楼长。"), longest=60)
    if here := Attendance.objects.filter(meeting=meeting, label=label, struck_at=None).first():
        raise ValidationError({"label": _("“%(label)s”已经签到了，是 %(n)s 号。另一位请换个记号。") % {"label": label, "n": here.number}})
    return _enter(meeting, kind, "clerk", by=by, label=label)


@deed
def vouch(attendance: Attendance, kind: str, *, by) -> Attendance:
    """The clerk has looked who holds this number: from now on they take part in that class. An open ballot that
    does not take the class loses their vote."""
    law.demand(by, "deliberation.enter_for", attendance.meeting.topic)
    attendance.kind = one_of(kind, CLASSES, "kind")
    attendance.save(update_fields=["kind"])
    _take_back_votes(attendance)
    data = {"number": attendance.number, "kind": CLASSES[kind]}
    record("deliberation.vouched", by=by, topic=attendance.meeting.topic, data=data)
    return attendance


def _take_back_votes(attendance: Attendance) -> None:
    for vote in Vote.objects.filter(voter=attendance, ballot__closed_at=None).select_related("ballot"):
        if not rules.may_vote(vote.ballot.electorate, attendance.kind):
            vote.delete()


@deed
def strike(attendance: Attendance, why: str, *, by) -> Attendance:
    """Take a sign-in out: nobody is there, or somebody signed in twice. Open ballots lose its vote."""
    law.demand(by, "deliberation.enter_for", attendance.meeting.topic)
    why = words_of(why, "why", _("请写明为什么划掉，本人会看到。"), longest=120)
    as_it_is_now(attendance, "struck_at", "struck_why")
    if attendance.struck_at:
        return attendance
    _strike(attendance, why)
    _record_struck(attendance, by)
    return attendance


def _strike(attendance: Attendance, why: str) -> None:
    Vote.objects.filter(voter=attendance, ballot__closed_at=None).delete()
    attendance.struck_at, attendance.struck_why = now(), why
    attendance.save(update_fields=["struck_at", "struck_why"])


def _record_struck(attendance: Attendance, by) -> None:
    data = {"number": attendance.number, "way": WAYS[attendance.way]}
    record("deliberation.struck", by=by, topic=attendance.meeting.topic, data=data)


# --- speaking ----------------------------------------------------------------------------------


@deed
def say(meeting: Meeting, words: str, *, by, attendance: Attendance) -> Statement:
    """Speak in writing, from one's own phone."""
    law.demand(by, "deliberation.say", meeting.topic, own=holds(attendance, meeting, by))
    check_floor(meeting)
    return _state(meeting, words, attendance.kind, attendance.way, by=by, attendance=attendance)


@deed
def say_for(
    meeting: Meeting, words: str, *, by, kind: str = "residents", attendance: Attendance | None = None
) -> Statement:
    """The clerk writes down what somebody says in the room, in the speaker's own words."""
    law.demand(by, "deliberation.enter_for", meeting.topic)
    check_floor(meeting)
    if attendance and attendance.meeting_id != meeting.pk:
        raise ValidationError({"attendance": _("这个人没有在这场会上签到。")})
    kind = attendance.kind if attendance else one_of(kind, CLASSES, "kind")
    return _state(meeting, words, kind, "clerk", by=by, attendance=attendance)


def _state(meeting: Meeting, words: str, kind: str, way: str, *, by, attendance) -> Statement:
    words = words_of(words, "words", _("请写几个字再发。"))
    if attendance and (before := just_now(meeting.statements, words=words, attendance=attendance)):
        return before

    statement = Statement.objects.create(
        meeting=meeting,
        attendance=attendance,
        kind=kind,
        way=way,
        words=words,
        at_item=meeting.at_item,
        at=now(),
    )
    data = {"statement": statement.pk, "kind": CLASSES[kind], "way": WAYS[way]}
    record("deliberation.said", by=by, topic=meeting.topic, data=data)
    return statement


@deed
def withhold(statement: Statement, why: str, *, by) -> Statement:
    """Do not show a statement that names a resident or insults; that something was said, and why it is not
    shown, stays on the page."""
    law.demand(by, "deliberation.enter_for", statement.meeting.topic)
    statement.withheld_why = words_of(why, "why", _("请写明为什么不公开这条发言。"), longest=120)
    statement.save(update_fields=["withheld_why"])
    data = {"statement": statement.pk, "why": statement.withheld_why}
    record("deliberation.withheld", by=by, topic=statement.meeting.topic, data=data)
    return statement


@deed
def turn_to(meeting: Meeting, item: int, *, by) -> Meeting:
    """Go to another item of the agenda; every screen shows it."""
    law.demand(by, "deliberation.open", meeting.topic)
    if not 0 <= item < max(len(meeting.items), 1):
        raise ValidationError({"item": _("议程里没有这一项。")})
    meeting.at_item = item
    meeting.save(update_fields=["at_item"])
    record("deliberation.turned_to", by=by, topic=meeting.topic, data={"meeting": meeting.pk, "item": item})
    return meeting


@deed
def count_heads(meeting: Meeting, heads: int, *, by) -> Meeting:
    """How many people are on site, counted by the clerk where not everyone signs in."""
    law.demand(by, "deliberation.enter_for", meeting.topic)
    if not 0 <= heads <= 100_000:
        raise ValidationError({"heads": _("在场人数写一个整数。")})
    meeting.heads = heads
    meeting.save(update_fields=["heads"])
    record("deliberation.heads_counted", by=by, topic=meeting.topic, data={"heads": heads})
    return meeting


@deed
def note_dissent(
    meeting: Meeting,
    words: str,
    *,
    by,
    name: str = "",
    kind: str = "residents",
    attendance: Attendance | None = None,
) -> Dissent:
    """Keep an opinion on the record, by name or not as the speaker chooses: their own, or written by the clerk."""
    if attendance and holds(attendance, meeting, by):
        law.demand(by, "deliberation.say", meeting.topic, own=True)
        kind = attendance.kind
    else:
        law.demand(by, "deliberation.enter_for", meeting.topic)
    check_floor(meeting)
    words = words_of(words, "words", _("请写明保留什么意见。"))
    if attendance and (before := just_now(meeting.dissents, words=words, attendance=attendance)):
        return before

    dissent = Dissent.objects.create(
        meeting=meeting, attendance=attendance, kind=one_of(kind, CLASSES, "kind"), name=public("name", name)[:60],
        words=words, at=now(),
    )  # fmt: skip
    record("deliberation.dissented", by=by, topic=meeting.topic, data={"dissent": dissent.pk})
    return dissent


# --- what the floor asks -----------------------------------------------------------------------


def holds(attendance: Attendance, meeting: Meeting, by) -> bool:
    """Whether an attendance of this meeting is the actor's own. A nameless one belongs to whoever showed
    its signed token to the page; one with a person to that person alone."""
    same = attendance.meeting_id == meeting.pk and attendance.struck_at is None
    return same and attendance.person_id in (None, by.person_id)


def check_floor(meeting: Meeting) -> None:
    if not meeting.is_open:
        raise ValidationError({"meeting": _("会议不在进行中，现在不能发言和表决。想说的可以到议题页提建议。")})


def _check_doors(meeting: Meeting) -> None:
    early = meeting.state == "planned" and now() >= meeting.at - EARLY
    if not (meeting.is_open or early):
        raise ValidationError({"meeting": _("现在不能签到：会前两小时到散会之间可以。")})


def held(meeting: Meeting) -> Meeting:
    """The meeting as it is now, held so that two who sign in at once get two numbers."""
    rows = Meeting.objects.select_related("topic__room").select_for_update(of=("self",))
    return rows.get(pk=meeting.pk)
