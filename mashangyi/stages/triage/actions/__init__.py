"""The deeds of triage: check what was said, sort it, join what is one matter, decide, review."""

from .checking import answer_in, ask, close_silent, record_call_back, record_visit, verify
from .deciding import answer, decline, propose, propose_again, record_transfer_result, transfer
from .duties import drop_duty, set_duties, set_duty
from .joining import merge, split, split_report
from .reviewing import approve, postpone, review_late, send_back
from .sorting import describe, seed_categories, sort

__all__ = [
    "answer",
    "answer_in",
    "approve",
    "ask",
    "close_silent",
    "decline",
    "describe",
    "merge",
    "postpone",
    "propose",
    "propose_again",
    "record_call_back",
    "record_transfer_result",
    "record_visit",
    "review_late",
    "seed_categories",
    "send_back",
    "drop_duty",
    "set_duties",
    "set_duty",
    "sort",
    "split",
    "split_report",
    "transfer",
    "verify",
]
