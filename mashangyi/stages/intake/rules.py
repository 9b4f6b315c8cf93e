"""Small decisions of intake, without side effects."""

import hashlib
import hmac
import re
from datetime import timedelta
from functools import cache

from mashangyi.config.environment import secret

from ...ground.people import law
from ...topic.lifecycle import MOVES
from ...topic.models import Topic
from .models import Report

# Which permission a channel needs; scanning needs none but the general one.
PERMISSION_OF = {
    "scan": "intake.report",
    "proxy": "intake.file_for",
    "grid": "intake.push",
    "member": "intake.propose",
    "committee": "intake.set_topic",
    "hotline": "intake.import",
    "station": "intake.import",
    "petition": "intake.import",
}
# Characters: what the page takes, and what a ticket of another system may bring.
LONGEST = 2000
LONGEST_TICKET = 20_000
# What the scan page promises: so long one may think again, whatever has begun meanwhile.
THINK_AGAIN = timedelta(minutes=10)
ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
SECRET_LENGTH = 16


# Control characters, marks of no width, and those that turn the direction of a line: they show nothing,
# and hide what is meant from whoever reads. Joiners (200C, 200D) stay: pictures of people are made with them.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
_JOINERS = "\u200c\u200d\ufe0e\ufe0f"
# A form's random word is made by page.js; a shorter one is a guess, and might open another's receipt.
_ONCE = re.compile(r"[0-9a-z-]{16,40}")


def legible(text: str) -> str:
    """Words without what nobody can see; empty when nothing is left to be read."""
    seen = _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    return seen if "".join(seen.split()).strip(_JOINERS) else ""


def once(word: str) -> str:
    """The random word of a form, or nothing when it is none of ours."""
    return word if _ONCE.fullmatch(word) else ""


def may_use(by, channel: str) -> bool:
    """Whether someone may report through this channel somewhere in their own place."""
    return law.may(by, PERMISSION_OF[channel], law.Within(by.place, room_id=by.room_id))


def may_withdraw(report: Report, at, alone: bool) -> bool:
    """While the matter is being checked, at any time; and in the first ten minutes, when others reported it too.

    `alone` says that nobody else reported it: then the matter itself would end, which only its first states allow.
    """
    if report.withdrawn_at or not report.topic.is_open:
        return False
    early = report.topic.state in MOVES["withdraw"].sources
    return early or not alone and at < report.received_at + THINK_AGAIN


# Ends whose reason the receipt tells by itself; others have a panel for what was decided.
TELLING = {"not_feasible", "explained", "handed_over", "vote_recorded", "mediated"}


def tells_why(topic: Topic) -> bool:
    """Whether the receipt tells the reason of the last step, as far as there is one.

    Where a matter was handed to has a panel of its own; where no answer came nobody decided anything.
    """
    if topic.is_open:
        return topic.state != "transferred"
    return topic.state in TELLING or topic.state == "declined" and topic.outcome == "no_answer"


# Of the key in keys/receipts, in bytes.
KEY_LENGTH = 48


@cache
def _key() -> bytes:
    return secret("receipts", KEY_LENGTH)


def receipt_secret(report_id: int) -> str:
    """The secret of a receipt's address, about 79 bits. It is computed, never stored: a stolen database opens no receipt."""
    digest = hmac.new(_key(), f"receipt:{report_id}".encode(), hashlib.sha256).digest()
    return "".join(ALPHABET[byte % len(ALPHABET)] for byte in digest[:SECRET_LENGTH])


def opens(receipt: str, report_id: int) -> bool:
    """Whether this secret is the one on the receipt of that report."""
    return hmac.compare_digest(receipt.encode(), receipt_secret(report_id).encode())


def entered_in_post(report: Report) -> bool:
    """Whether somebody in a post wrote it down and printed its receipt: they hold it, too.

    A ticket of another system has no slip; its receipt goes to the reporter's number alone.
    """
    return report.filed_by_id is not None and not report.source


def title_from(words: str) -> str:
    """A working title for those who sort the message: its first sentence, at most 30 characters."""
    first = words.strip().splitlines()[0] if words.strip() else ""
    for mark in "。！？!?；;":
        first = first.split(mark)[0]
    return first[:30]
