"""One function for each question that a page of deliberation asks."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count as CountOf
from django.db.models import Prefetch, Q, QuerySet, Sum
from django.http import Http404

from ...ground.people.models import Post, Unit
from ...ground.people.signin import posts_held
from ...ground.places.models import Room
from ...ground.places.naming import above
from ...ground.prepared import prepared
from ...topic.models import Topic
from . import rules
from .models import (
    Attendance,
    Ballot,
    Count,
    Dissent,
    Invitation,
    Meeting,
    Option,
    Pledge,
    ResearchVisit,
    Resolution,
    ResolutionItem,
    Statement,
    StatutoryVote,
    Suggestion,
    Vote,
)

PAGE = 20
STATEMENTS = 60
PRESENT = 200

# --- meetings ----------------------------------------------------------------------------------


def meeting(pk: int) -> Meeting:
    """A meeting with its topic and room; a missing page when there is none."""
    found = Meeting.objects.select_related("topic__room__division", "room").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def meetings_of(topic: Topic) -> list[Meeting]:
    """All rounds, the newest first."""
    return list(Meeting.objects.filter(topic=topic).order_by("-round")[:PAGE])


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
    """The tally of each ballot, in one query for all of them: votes by phone and clerk, hands and
    paper in force.
    """
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
    ballots = list(Ballot.objects.filter(meeting=meeting).order_by("-id")[:PAGE])
    counted = tallies(ballots)
    words = defaultdict(list)
    given = Vote.objects.filter(ballot__in=ballots).exclude(words="")
    for ballot, choice, text in given.order_by("id").values_list("ballot_id", "choice", "words")[:STATEMENTS]:
        words[ballot].append((choice, text))
    return [Question(ballot, counted[ballot.pk], words[ballot.pk]) for ballot in ballots]


# --- who is here, what was said ----------------------------------------------------------------


@dataclass(frozen=True)
class Present:
    """Who takes part: by class and by way; `heads` of the clerk's own count where there is one."""

    total: int
    kinds: dict[str, int]
    ways: dict[str, int]


def present_at(meeting: Meeting) -> Present:
    rows = Attendance.objects.filter(meeting=meeting, struck_at=None).order_by()
    kinds, ways = defaultdict(int), defaultdict(int)
    for kind, way, n in rows.values_list("kind", "way").annotate(n=CountOf("id")):
        kinds[kind] += n
        ways[way] += n
    return Present(sum(kinds.values()), dict(kinds), dict(ways))


def attendances_of(meeting: Meeting) -> list[Attendance]:
    """Those who signed in, the latest first."""
    return list(Attendance.objects.filter(meeting=meeting, struck_at=None).order_by("-number")[:PRESENT])


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


def statements_of(
    meeting: Meeting, before: int | None = None, limit: int = STATEMENTS + 1
) -> list[Statement]:
    """What was said, the latest first."""
    rows = Statement.objects.filter(meeting=meeting).select_related("attendance")
    if before:
        rows = rows.filter(pk__lt=before)
    return list(rows.order_by("-id")[:limit])


def dissents_of(meeting: Meeting) -> list[Dissent]:
    return list(Dissent.objects.filter(meeting=meeting).order_by("id")[:PAGE])


def minutes_of(meeting: Meeting) -> dict:
    """What a meeting came to, as it is kept when it closes: who took part, ballots, dissent. No
    identities.
    """
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


# --- preparation -------------------------------------------------------------------------------


def research_of(topic: Topic) -> list[ResearchVisit]:
    rows = ResearchVisit.objects.filter(topic=topic).prefetch_related("voices")
    return list(rows.order_by("id")[:PAGE])


def options_of(topic: Topic) -> list[Option]:
    return list(Option.objects.filter(topic=topic).order_by("id"))


def suggestions_of(topic: Topic, limit: int = 100) -> list[Suggestion]:
    """The newest suggestions, with what became of them."""
    return list(Suggestion.objects.filter(topic=topic).order_by("-id")[:limit])


def suggestion(pk: int) -> Suggestion:
    return _one(Suggestion.objects.select_related("topic__room"), pk)


def invitations_of(topic: Topic) -> list[Invitation]:
    return list(Invitation.objects.filter(topic=topic).select_related("unit").order_by("id")[:100])


def invitation(pk: int) -> Invitation:
    return _one(Invitation.objects.select_related("topic__room"), pk)


def invitations_to(actor, limit: int) -> list[Invitation]:
    """Open invitations to the post or unit in which somebody acts, that still wait for an answer."""
    theirs = Q(post=actor.post_id) | Q(unit=actor.unit_id) if actor.unit_id else Q(post=actor.post_id)
    rows = Invitation.objects.filter(theirs, answer="", topic__stage="deliberation")
    return list(rows.select_related("topic").order_by("id")[:limit])


def _one(rows: QuerySet, pk: int):
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def attendance(meeting: Meeting, pk: int) -> Attendance:
    return _one(Attendance.objects.filter(meeting=meeting).select_related("meeting__topic__room"), pk)


def attendance_by_number(meeting: Meeting, number: int) -> Attendance | None:
    rows = Attendance.objects.filter(meeting=meeting, number=number, struck_at=None)
    return rows.select_related("meeting__topic__room").first()


def statement(meeting: Meeting, pk: int) -> Statement:
    return _one(Statement.objects.filter(meeting=meeting).select_related("meeting__topic__room"), pk)


def ballot(meeting: Meeting, pk: int) -> Ballot:
    return _one(Ballot.objects.filter(meeting=meeting).select_related("meeting__topic__room"), pk)


# --- results -----------------------------------------------------------------------------------


def resolutions_of(topic: Topic) -> list[Resolution]:
    """The conclusions of all rounds, the newest first, each with its items and their units."""
    rows = Resolution.objects.filter(topic=topic).select_related("meeting")
    return list(rows.prefetch_related(*_lines()).order_by("-id")[:PAGE])


def _lines() -> tuple[Prefetch, str]:
    """A resolution's lines with their units, in two queries."""
    lines = ResolutionItem.objects.select_related("unit").order_by("order")
    return Prefetch("items", lines), "items__supporting"


def resolution_of(meeting: Meeting) -> Resolution | None:
    rows = Resolution.objects.filter(meeting=meeting)
    return rows.prefetch_related(*_lines()).first()


def resolution(pk: int) -> Resolution:
    return _one(Resolution.objects.select_related("topic__room", "meeting"), pk)


def unconfirmed_under(place: str, limit: int) -> list[Resolution]:
    """Resolutions of a place that the party organisation has not confirmed, the oldest first."""
    rows = Resolution.objects.filter(confirmed_at=None, dropped_at=None, topic__place__startswith=place)
    return list(rows.exclude(outcome="none").select_related("topic").order_by("id")[:limit])


def pledges_of(topic: Topic) -> list[Pledge]:
    return list(Pledge.objects.filter(topic=topic).order_by("id")[:100])


def statutory_vote_of(topic: Topic) -> StatutoryVote | None:
    return StatutoryVote.objects.filter(topic=topic).order_by("-id").first()


def posts_to_invite(topic: Topic) -> list[Post]:
    """Members and grid workers of the place, of its town, and of every level above it."""
    levels = [code for level in above(topic.place) for code in (level, level.ljust(12, "0"))]
    near = Q(place__in=levels) | Q(place__startswith=topic.place[:9])
    return list(posts_held().filter(near, role__in=["member", "grid_worker"]).order_by("-role", "title")[:300])


def units_for(topic: Topic) -> list[Unit]:
    """The units that may be given a task here: those of the place itself and of every level above it."""
    levels = [code for level in above(topic.place) for code in (level, level.ljust(12, "0"))]
    return list(
        Unit.objects.filter(Q(place__in=levels) | Q(place__startswith=topic.place[:9])).order_by("name")[:300]
    )
