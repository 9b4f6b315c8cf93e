"""The identity vault: facts about people, sealed with a key that is not in the database.

A fact is looked up by its blind index (a keyed hash), never by its words. Each unsealing needs a
purpose and is journalled. Erasing a person empties the vault; the journal keeps no identity.
"""

import base64
import hashlib
import hmac
import os
from functools import cache

import phonenumbers
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.utils.translation import gettext as _

from mashangyi.config.environment import secret

from ..journal.deeds import deed
from ..journal.record import record
from . import law
from .models import Identity

NONCE = 12


@cache
def _keys() -> tuple[AESGCM, bytes]:
    key = secret("vault", 64)
    return AESGCM(key[:32]), key[32:]


def seal(subject: str, **facts: str) -> None:
    """Put facts about `subject` ("person:4") into the vault, replacing older ones; empty ones are left out."""
    rows = [_sealed(subject, field, fact) for field, fact in facts.items() if fact]
    if rows:
        Identity.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["subject", "field"],
            update_fields=["sealed", "blind"],
        )


def _sealed(subject: str, field: str, fact: str) -> Identity:
    cipher, _key = _keys()
    nonce = os.urandom(NONCE)
    aad = f"{subject}/{field}".encode()
    return Identity(
        subject=subject,
        field=field,
        sealed=nonce + cipher.encrypt(nonce, fact.encode(), aad),
        blind=blind(field, fact) if field in {"phone", "id_number"} else "",
    )


def blind(field: str, fact: str) -> str:
    """The keyed hash by which a fact is found without being read."""
    _cipher, key = _keys()
    digest = hmac.new(key, f"{field}:{fact}".encode(), hashlib.sha256).digest()
    return base64.b64encode(digest).decode()


def subjects_with(field: str, fact: str) -> list[str]:
    """Which subjects have this fact, such as all reports and the account of one phone number."""
    return list(Identity.objects.filter(blind=blind(field, fact)).values_list("subject", flat=True))


@deed
def unseal(subject: str, *fields: str, purpose: str, by, thing=None) -> dict[str, str]:
    """Read facts out of the vault. `purpose` is required and goes, with the reader, into the journal."""
    law.demand(by, "people.unseal", thing)
    if not purpose.strip():
        raise law.No(_("查看身份信息要写明用途。"))
    facts = _opened(subject, fields)
    record("people.unsealed", by=by, place=getattr(thing, "place", ""),
           data={"subject": subject, "fields": sorted(facts), "purpose": purpose})  # fmt: skip
    return facts


def for_carrier(subject: str) -> str:
    """The phone number a notice is to be sent to. For carriers only: it is used and forgotten."""
    return _opened(subject, ("phone",)).get("phone", "")


def _opened(subject: str, fields) -> dict[str, str]:
    cipher, _key = _keys()
    rows = Identity.objects.filter(subject=subject, field__in=fields)
    return {
        row.field: cipher.decrypt(
            bytes(row.sealed[:NONCE]), bytes(row.sealed[NONCE:]), f"{row.subject}/{row.field}".encode()
        ).decode()
        for row in rows
    }


def knows(subject: str, field: str) -> bool:
    """Whether the vault holds such a fact about the subject, without opening it."""
    return Identity.objects.filter(subject=subject, field=field).exists()


def erase(subject: str) -> int:
    """Empty the vault of a subject; how many facts went."""
    return Identity.objects.filter(subject=subject).delete()[0]


def phone_number(text: str) -> str:
    """A Chinese phone number in E.164, from whatever a person typed. Raises ValueError with words for the page."""
    try:
        number = phonenumbers.parse(text, "CN")
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_valid_number(number):
        raise ValueError(_("这个号码打不通，请检查是不是少了或多了数字。"))
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
