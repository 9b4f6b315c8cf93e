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
    """The meeting page: who is here, ballots with tallies, statements, dissent; the result when it is
    over.
    """
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


def _present(meeting, found: dict) -> queries.Present:
    """Who takes part now; of a meeting that is over, who took part."""
    if not meeting.minutes:
        return queries.as_present(found["present"])
    kept = meeting.minutes["present"]
    return queries.Present(kept["total"], kept["kinds"], kept["ways"])


def wall_parts(meeting) -> dict:
    """The wall: the ballot that is open, or the last one; the latest statements; the result when it is
    over.
    """
    found = queries.shown_of(meeting, said=WALL_STATEMENTS)
    questions = queries.with_tallies(found["ballots"][:1])
    return {
        "words": WORDS,
        "present": _present(meeting, found),
        "question": questions[0] if questions else None,
        "statements": found["said"],
        "resolution": next(iter(found.get("resolutions", [])), None),
    }


def preparation_parts(topic) -> dict:
    """The preparation page: everything before the meeting and what comes after it."""
    found = queries.preparation_of(topic)
    handed = found.pop("votes")
    return {"words": WORDS, "handed": handed[0] if handed else None, **found}


# --- panels of the topic's pages ---------------------------------------------------------------

QUIET_TRACKS = {"direct", "transfer", "answer", "decline"}
EARLY_STAGES = {"triage", "review"}


def public_panel(topic, actor) -> dict | None:
    """What everyone reads on the topic's page: two queries at most."""
    if topic.track in QUIET_TRACKS:
        return None
    found = queries.public_of(topic)
    meetings = found["meetings"]
    if topic.stage in EARLY_STAGES and not meetings:
        return None
    if not (meetings or found["suggestions"] or found["options"] or topic.stage == "deliberation"):
        return None
    return {
        "words": WORDS,
        **found,
        "next": next((each for each in meetings if each.state in {"planned", "open"}), None),
        "may_suggest": topic.stage not in EARLY_STAGES | {"mediation"} and topic.family != "closed",
    }


def host_panel(topic, actor) -> dict | None:
    """What clerk and convener may do next: prepare, go to the console, or meet at once; later on, what still
    waits for a word of theirs."""
    if topic.stage not in {"triage", "deliberation"}:
        return _afterwards(topic)
    meeting = queries.planned_or_open(topic) if topic.stage == "deliberation" else None
    at_once = topic.state in {"received", "verifying"}
    return {"meeting": meeting, "at_once": at_once} if topic.stage == "deliberation" or at_once else None


def _afterwards(topic) -> dict | None:
    """Suggestions that nobody has answered and pledges of which nobody knows; None where there never were any."""
    suggestions, pledges = queries.afterwards_of(topic)
    if not (suggestions or pledges):
        return None
    return {
        "meeting": None, "at_once": False,
        "unanswered": sum(each.adopted is None for each in suggestions),
        "untold": sum(each.kept is None for each in pledges),
    }  # fmt: skip


def reviewer_panel(topic, actor) -> dict | None:
    """A resolution that waits for the party organisation's confirmation."""
    waiting = [each for each in queries.resolutions_of(topic) if each.adopted and not each.confirmed_at]
    return {"resolution": waiting[0], "words": WORDS} if waiting else None
