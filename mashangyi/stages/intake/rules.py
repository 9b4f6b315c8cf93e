"""Small decisions of intake, without side effects."""

import hashlib
import hmac
from functools import cache

from mashangyi.config.environment import secret

from ...ground.people import law
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
ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
SECRET_LENGTH = 16


@cache
def _key() -> bytes:
    return secret("receipts")


def receipt_secret(report_id: int) -> str:
    """The secret of a receipt's address, about 79 bits. It is computed, never stored: a stolen database opens no receipt."""
    digest = hmac.new(_key(), f"receipt:{report_id}".encode(), hashlib.sha256).digest()
    return "".join(ALPHABET[byte % len(ALPHABET)] for byte in digest[:SECRET_LENGTH])


def opens(receipt: str, report_id: int) -> bool:
    """Whether this secret is the one on the receipt of that report."""
    return hmac.compare_digest(receipt.encode(), receipt_secret(report_id).encode())


def title_from(words: str) -> str:
    """A working title for those who sort the message: its first sentence, at most 30 characters."""
    first = words.strip().splitlines()[0] if words.strip() else ""
    for mark in "。！？!?；;":
        first = first.split(mark)[0]
    return first[:30]


def may_see_photos(subject_id: int, actor, key: str) -> bool:
    """Photos of a report before a clerk has published them: who handles it, who filed it, who holds the receipt."""
    report = Report.objects.select_related("topic").filter(pk=subject_id).first()
    if report is None:
        return False
    if key and opens(key, report.pk):
        return True
    if actor.post_id and actor.post_id == report.filed_by_id:
        return True
    return law.may(actor, "photos.of_reports", report)
