"""What is asked of a meeting: when it is, who is here, what was said, how a ballot stands."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count as CountOf
from django.db.models import Model, Q, QuerySet, Sum
from django.shortcuts import get_object_or_404

from ....ground.places.models import Room
from ....ground.prepared import prepared
from ....ground.together import together
from ....topic.models import Topic
from .. import rules
from ..models import Attendance, Ballot, Count, Dissent, Meeting, Statement, Vote
from . import preparation

PAGE = 20
STATEMENTS = 60
PRESENT = 200

# --- meetings ----------------------------------------------------------------------------------


def meeting(pk: int) -> Meeting:
    """A meeting with its topic and room; a missing page when there is none."""
    return get_object_or_404(Meeting.objects.select_related("topic__room__division", "room"), pk=pk)


def meetings_of(topic: Topic) -> list[Meeting]:
    """All rounds, the newest first."""
    return preparation.as_meetings(topic=topic.pk)


def planned_or_open(topic: Topic) -> Meeting | None:
    return Meeting.objects.filter(topic=topic, state__in=["planned", "open"]).first()


def meeting_of_code(digits: str) -> Meeting | None:
    """The coming or open meeting with these six digits: for the door where people type a code."""
    return Meeting.objects.filter(code=digits, state__in=["planned", "open"]).first()


def meeting_to_join(room_id: int) -> Meeting | None:
    """The meeting of a room that one would come for: the one that is open, else the next."""
    rows = Meeting.objects.filter(room=room_id, state__in=["planned", "open"])
    return rows.order_by("state", "at", "id").first()  # "open" stands before "planned"


def coming(after: Meeting | None = None, limit: int = PAGE + 1, place: str = "") -> list[Meeting]:
    """Announced and open meetings of the city or a part of it, the next one first."""
    rows = _under(place, _listed(Meeting.objects.filter(state__in=["planned", "open"])))
    if after:
        rows = rows.filter(Q(at__gt=after.at) | Q(at=after.at, pk__gt=after.pk))
    return list(rows.order_by("at", "id")[:limit])


def held(before: int | None = None, limit: int = PAGE + 1, place: str = "") -> list[Meeting]:
    """Meetings that are over, the latest first; each with its resolution where there is one."""
    rows = _under(place, _listed(Meeting.objects.filter(state="closed")).select_related("resolution"))
    if before:
        rows = rows.filter(pk__lt=before)
    return list(rows.order_by("-id")[:limit])


def _under(place: str, rows: QuerySet[Meeting]) -> QuerySet[Meeting]:
    """Those of the rooms under a place; everywhere without one, or for the whole city."""
    if len(place) <= 4:
        return rows
    return rows.filter(room__in=Room.objects.filter(place__startswith=place).values("pk"))


def of_room(room_id: int, states: tuple[str, ...], limit: int = PAGE) -> list[Meeting]:
    """A room's meetings in these states by their hour."""
    return _of_room(states, limit, room=room_id)


@prepared
def _of_room(states, limit, room):
    rows = _listed(Meeting.objects.filter(room=room, state__in=states))
    return rows.order_by("at" if "closed" not in states else "-at", "id")[:limit]


def _listed(rows: QuerySet[Meeting]) -> QuerySet[Meeting]:
    return rows.select_related("topic", "room")


# --- the one tally -----------------------------------------------------------------------------


def tally_of(ballot: Ballot) -> rules.Tally:
    return tallies([ballot])[ballot.pk]


def tallies(ballots: list[Ballot]) -> dict[int, rules.Tally]:
    """The tally of each ballot, in one query for all of them: votes by phone and clerk, hands and paper in force."""
    columns = ("ballot_id", "origin", "choice")
    votes = Vote.objects.filter(ballot__in=ballots).values_list(*columns).annotate(n=CountOf("id"))
    counted = (
        Count.objects.filter(ballot__in=ballots, replaced_at=None)
        .values_list(*columns)
        .annotate(n=Sum("number"))
    )
    cells = defaultdict(list)
    for ballot, origin, choice, n in votes.union(counted, all=True) if ballots else ():
        cells[ballot].append((origin, choice, n))
    return {ballot.pk: rules.tally(ballot.choices, cells[ballot.pk]) for ballot in ballots}


@dataclass(frozen=True)
class Question:
    """A ballot with its tally, and the words of those who have a concern or cannot accept it."""

    ballot: Ballot
    tally: rules.Tally
    words: list[tuple[str, str]]


def questions_of(meeting: Meeting) -> list[Question]:
    """The ballots of a meeting with their tallies, the newest first."""
    return with_tallies(_ballots(meeting=meeting.pk))


def with_tallies(ballots: list[Ballot]) -> list[Question]:
    """Ballots with their tallies and the words to them; two queries, however many ballots."""
    counted = tallies(ballots)
    words = defaultdict(list)
    given = Vote.objects.filter(ballot__in=ballots).exclude(words="")
    for ballot, choice, text in given.order_by("id").values_list("ballot_id", "choice", "words")[:STATEMENTS]:
        words[ballot].append((choice, text))
    return [Question(ballot, counted[ballot.pk], words[ballot.pk]) for ballot in ballots]


@prepared
def _ballots(meeting):
    return Ballot.objects.filter(meeting=meeting).order_by("-id")[:PAGE]


# --- who is here, what was said ----------------------------------------------------------------


@dataclass(frozen=True)
class Present:
    """How many take part: in all, by class and by way."""

    total: int
    kinds: dict[str, int]
    ways: dict[str, int]


def present_at(meeting: Meeting) -> Present:
    return as_present(_present(meeting=meeting.pk))


@prepared
def _present(meeting):
    rows = Attendance.objects.filter(meeting=meeting, struck_at=None).order_by()
    return rows.values_list("kind", "way").annotate(n=CountOf("id"))


def as_present(rows) -> Present:
    """Rows of class, way and number, added up."""
    kinds, ways = defaultdict(int), defaultdict(int)
    for kind, way, n in rows:
        kinds[kind] += n
        ways[way] += n
    return Present(sum(kinds.values()), dict(kinds), dict(ways))


def attendances_of(meeting: Meeting) -> list[Attendance]:
    """Those who signed in, the latest first."""
    return _attendances(meeting=meeting.pk)


@prepared
def _attendances(meeting):
    return Attendance.objects.filter(meeting=meeting, struck_at=None).order_by("-number")[:PRESENT]


def attendance_of(meeting: Meeting, person_id: int | None, device_id: int | None) -> Attendance | None:
    """One's own attendance: by person when signed in, else by the device's token."""
    rows = Attendance.objects.filter(meeting=meeting)
    mine = rows.filter(person=person_id).first() if person_id else None
    return mine or (rows.filter(pk=device_id).first() if device_id else None)


def votes_by(attendance: Attendance | None, questions: list[Question]) -> dict[int, Vote]:
    """What this one voted, by ballot."""
    if attendance is None or not questions:
        return {}
    mine = Vote.objects.filter(voter=attendance, ballot__in=[each.ballot for each in questions])
    return {vote.ballot_id: vote for vote in mine}


@prepared
def _statements(limit, **where):
    return Statement.objects.filter(**where).select_related("attendance").order_by("-id")[:limit]


def shown_of(meeting: Meeting, before: int | None = None, *, said: int = STATEMENTS + 1) -> dict[str, list]:
    """What is shown of a meeting, by name, with so many statements, the latest first; one query and the lines
    of a resolution. What the minutes of a meeting that is over keep is not asked again."""
    of = {"meeting": meeting.pk}
    older = {"pk__lt": before} if before else {}
    asked = {"said": _statements.of(said, **of, **older), "ballots": _ballots.of(**of)}
    if not meeting.minutes:
        asked |= {"present": _present.of(**of), "dissents": _dissents.of(**of)}
    if meeting.state in {"planned", "open"}:
        asked["options"] = preparation.as_options.of(topic=meeting.topic_id)
    if meeting.state == "closed":
        asked["resolutions"] = preparation.as_resolution.of(**of)
    return together(**asked)


def dissents_of(meeting: Meeting) -> list[Dissent]:
    return _dissents(meeting=meeting.pk)


@prepared
def _dissents(meeting):
    return Dissent.objects.filter(meeting=meeting).order_by("id")[:PAGE]


def minutes_of(meeting: Meeting) -> dict:
    """What a meeting came to, as it is kept when it closes: who took part, ballots, dissent. No identities."""
    here = present_at(meeting)
    return {
        "present": {"total": here.total, "kinds": here.kinds, "ways": here.ways, "heads": meeting.heads},
        "ballots": [_kept(each) for each in reversed(questions_of(meeting))],
        "dissents": [{"kind": d.kind, "name": d.name, "words": d.words} for d in dissents_of(meeting)],
        "statements": Statement.objects.filter(meeting=meeting).count(),
    }


def _kept(question: Question) -> dict:
    ballot, tally = question.ballot, question.tally
    return {
        "id": ballot.pk, "question": ballot.question, "kind": ballot.kind, "outcome": ballot.outcome,
        "electorate": ballot.electorate, "winner": ballot.winner, "advisory": ballot.advisory, "total": tally.total,
        "rows": [[choice, ballot.choices[choice], tally.of(choice)] for choice in tally.choices],
        "origins": {origin: tally.by(origin) for origin in tally.origins},
    }  # fmt: skip


# --- one thing of a meeting --------------------------------------------------------------------


def attendance(meeting: Meeting, pk: int) -> Attendance:
    return _of_meeting(Attendance, meeting, pk)


def attendance_by_number(meeting: Meeting, number: int) -> Attendance | None:
    rows = Attendance.objects.filter(meeting=meeting, number=number, struck_at=None)
    return rows.select_related("meeting__topic__room").first()


def statement(meeting: Meeting, pk: int) -> Statement:
    return _of_meeting(Statement, meeting, pk)


def ballot(meeting: Meeting, pk: int) -> Ballot:
    return _of_meeting(Ballot, meeting, pk)


def _of_meeting(model: type[Model], meeting: Meeting, pk: int):
    """A row of this meeting, with its topic and room; that of another is a missing page."""
    return get_object_or_404(model.objects.select_related("meeting__topic__room"), meeting=meeting, pk=pk)
