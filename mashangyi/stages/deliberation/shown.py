"""What the pages show of a meeting, gathered in a fixed number of queries."""

from . import queries, rules
from .models.words import (
    ANSWERS,
    BALLOT_KINDS,
    BALLOT_OUTCOMES,
    CLASSES,
    ELECTORATES,
    FORMS,
    MEETING_STATES,
    NEEDS_WORDS,
    ORIGINS,
    OUTCOMES,
    PARTIES,
    PLEDGE_KINDS,
    PROCUREMENT,
    SOURCES,
    VOTE_PROCEDURES,
    WAYS,
)

# The words of all keys, for templates: {{ _(words.FORMS[meeting.form]) }}.
WORDS = {
    "ANSWERS": ANSWERS,
    "BALLOT_KINDS": BALLOT_KINDS,
    "BALLOT_OUTCOMES": BALLOT_OUTCOMES,
    "CLASSES": CLASSES,
    "ELECTORATES": ELECTORATES,
    "FORMS": FORMS,
    "MEETING_STATES": MEETING_STATES,
    "ORIGINS": ORIGINS,
    "OUTCOMES": OUTCOMES,
    "PARTIES": PARTIES,
    "PLEDGE_KINDS": PLEDGE_KINDS,
    "PROCUREMENT": PROCUREMENT,
    "SOURCES": SOURCES,
    "VOTE_PROCEDURES": VOTE_PROCEDURES,
    "WAYS": WAYS,
    "NEEDS_WORDS": NEEDS_WORDS,
}
WALL_STATEMENTS = 3


def meeting_parts(meeting, *, mine=None, before: int | None = None) -> dict:
    """The meeting page: who is here, ballots with tallies, statements, dissent; the result when it is over."""
    found = queries.shown_of(meeting, before)
    said, questions = found["said"], queries.with_tallies(found["ballots"])
    return {
        "words": WORDS,
        "may_vote": rules.may_vote,
        "present": _present(meeting, found),
        "questions": questions,
        "votes": queries.votes_by(mine, questions) if meeting.is_open else {},
        "statements": said[: queries.STATEMENTS],
        "older": said[queries.STATEMENTS - 1].pk if len(said) > queries.STATEMENTS else None,
        "dissents": meeting.minutes["dissents"] if meeting.minutes else found["dissents"],
        "options": found.get("options", []),
        "resolution": next(iter(found.get("resolutions", [])), None),
    }


def public_parts(meeting, **asked) -> dict:
    """The same as everyone may read it: of a meeting that went on before a mediator, nothing that was said or voted."""
    parts = meeting_parts(meeting, **asked)
    closed = {"questions": [], "statements": [], "older": None, "dissents": []}
    return parts | closed if meeting.state == "paused" else parts


def _present(meeting, found: dict) -> queries.Present:
    """Who takes part now; of a meeting that is over, who took part."""
    if not meeting.minutes:
        return queries.as_present(found["present"])
    kept = meeting.minutes["present"]
    return queries.Present(kept["total"], kept["kinds"], kept["ways"])


def wall_parts(meeting) -> dict:
    """The wall: the ballot that is open, or the last one; the latest statements; the result when it is over."""
    found = queries.shown_of(meeting, said=WALL_STATEMENTS)
    questions = queries.with_tallies(found["ballots"][:1])
    return {
        "words": WORDS,
        "present": _present(meeting, found),
        "question": questions[0] if questions and meeting.state != "paused" else None,
        "statements": found["said"] if meeting.state != "paused" else [],
        "resolution": next(iter(found.get("resolutions", [])), None),
    }


def preparation_parts(topic) -> dict:
    """The preparation page: everything before the meeting and what comes after it."""
    found = queries.preparation_of(topic)
    handed = found.pop("votes")
    return {"words": WORDS, "handed": handed[0] if handed else None, **found}
