"""The deeds of deliberation, in the order in which they happen."""

from .ballots import cast, cast_for, close_ballot, count, open_ballot
from .floor import (
    count_heads,
    note_dissent,
    say,
    say_for,
    sign_in,
    sign_in_for,
    strike,
    turn_to,
    vouch,
    withhold,
)
from .meetings import announce_meeting, change_meeting, meet_at_once, open_meeting
from .outcome import (
    conclude,
    confirm_resolution,
    escalate,
    hand_to_vote,
    keep_pledge,
    pledge,
    reconsider,
    record_vote,
    second_round,
)
from .preparation import add_option, answer_invitation, answer_suggestion, invite, record_research, suggest

__all__ = [
    "add_option", "announce_meeting", "answer_invitation", "answer_suggestion", "cast", "cast_for",
    "change_meeting", "close_ballot", "conclude", "confirm_resolution", "count", "count_heads",
    "escalate", "hand_to_vote", "invite", "keep_pledge", "meet_at_once", "note_dissent",
    "open_ballot", "open_meeting", "pledge", "reconsider", "record_research", "record_vote", "say",
    "say_for", "second_round", "sign_in", "sign_in_for", "strike", "suggest", "turn_to", "vouch",
    "withhold",
]  # fmt: skip
