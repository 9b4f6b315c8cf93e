"""The identity vault: facts about people, sealed with a key that is not in the database.

A fact is looked up by its blind index (a keyed hash), never by its words. Each unsealing needs a
purpose and is journalled. Erasing a person empties the vault; the journal keeps no identity.
"""

import base64
import binascii
import os

import phonenumbers
from cryptography.exceptions import InvalidTag
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from ..journal.deeds import deed
from ..journal.discretion import discreet
from ..journal.record import record
from . import keyring, law
from .models import Identity

NONCE = 12
PURPOSE_LENGTH = 200


class Unreadable(law.No):
    """A sealed fact that does not open: it was changed or moved by hand, or the key is another one."""


# --- putting in and looking up -----------------------------------------------------------------


def seal(subject: str, **facts: str) -> None:
    """Put facts about `subject` ("person:4") into the vault, replacing older ones; not empty ones."""
    rows = [_sealed(subject, field, fact) for field, fact in facts.items() if fact]
    if rows:
        Identity.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["subject", "field"],
            update_fields=["sealed", "blind"],
        )


def _sealed(subject: str, field: str, fact: str) -> Identity:
    return Identity(
        subject=subject,
        field=field,
        sealed=_encrypt(fact, f"{subject}/{field}"),
        blind=blind(field, fact) if field in {"phone", "id_number"} else "",
    )


def blind(field: str, fact: str) -> str:
    """The keyed hash by which a fact is found without being read."""
    return blinds(field, fact)[0]


def blinds(field: str, fact: str) -> list[str]:
    """The same, and what it was under the key before: while the key is being changed, rows have either."""
    return [base64.b64encode(key.blind(f"{field}:{fact}")).decode() for key in keyring.ring()]


def subjects_with(field: str, fact: str) -> list[str]:
    """Which subjects have this fact, such as all reports and the account of one phone number."""
    return list(_indexed().filter(blind__in=blinds(field, fact)).values_list("subject", flat=True))


def _indexed() -> QuerySet[Identity]:
    """Facts that are looked up. Said in so many words, or the index of these alone would not be read."""
    return Identity.objects.exclude(blind="")


def alike(subject: str, field: str) -> list[str]:
    """All subjects with the same fact as this one, such as the reports that name a person's phone number."""
    known = _indexed().filter(subject=subject, field=field)
    if keyring.is_changing():  # the same fact has two indexes for now: it is compared inside
        return sorted({name for fact in _opened(subject, (field,)).values() for name in subjects_with(field, fact)})
    return list(_indexed().filter(blind__in=known.values("blind"), field=field).values_list("subject", flat=True))


def same_phone(subjects: list[str]) -> list[tuple[str, str]]:
    """(subject, account) for each of these subjects and every account ("person:4") with the same phone number."""
    if keyring.is_changing():
        pairs = ((subject, name) for subject in subjects for name in alike(subject, "phone"))
        return [(subject, name) for subject, name in pairs if name.startswith("person:")]
    phones = _indexed().filter(field="phone")
    asked = list(phones.filter(subject__in=subjects).values_list("subject", "blind"))
    indexes = {index for _subject, index in asked}
    known = phones.filter(blind__in=indexes, subject__startswith="person:") if indexes else phones.none()
    accounts = list(known.order_by("id").values_list("blind", "subject"))
    return [(subject, name) for subject, index in asked for blind_, name in accounts if blind_ == index]


def knows(subject: str, field: str) -> bool:
    """Whether the vault holds such a fact about the subject, without opening it."""
    return Identity.objects.filter(subject=subject, field=field).exists()


# --- opening -----------------------------------------------------------------------------------


@deed
def unseal(subject: str, *fields: str, purpose: str, by, thing=None) -> dict[str, str]:
    """Read facts out of the vault. `purpose` is required and goes, with the reader, into the journal.

    `thing` is what the reader's post must reach, and the subject must belong to it: the report itself,
    or its topic. The facts are given out only when the entry is written. Raises ValidationError for a purpose
    that cannot stand in the journal.
    """
    _demand(by, subject, thing)
    purpose = purpose.strip()
    if not purpose or len(purpose) > PURPOSE_LENGTH:
        raise _wrong_purpose(_("查看身份信息要写明用途，不超过 %(n)s 字。") % {"n": PURPOSE_LENGTH})
    facts = _opened(subject, fields)
    if discreet(purpose) != purpose or any(fact in purpose for fact in facts.values()):
        raise _wrong_purpose(_("用途会记入账本，请不要写姓名和电话。"))
    record("people.unsealed", by=by, topic=_topic_of(thing), place=_place_of(thing),
           data={"subject": subject, "fields": sorted(facts), "purpose": purpose})  # fmt: skip
    return facts


def _wrong_purpose(words: str) -> ValidationError:
    return ValidationError({"purpose": words})


def _demand(by, subject: str, thing) -> None:
    if by.role == "grid_worker":
        filed = bool(by.post_id) and getattr(thing, "filed_by_id", None) == by.post_id
        law.demand(by, "people.unseal_filed", thing, own=filed)
    else:
        law.demand(by, "people.unseal", thing)
    if not _belongs(subject, thing):
        raise law.No(_("这份身份信息不属于这件事，不能查看。"))


def _belongs(subject: str, thing) -> bool:
    """Whether "report:19" is this report, or one of this topic's reports: a post opens nothing else."""
    if getattr(thing, "subject", "") == subject:
        return True
    kind, _colon, key = subject.partition(":")
    related = getattr(thing, f"{kind}s", None)
    return key.isdigit() and related is not None and related.filter(pk=int(key)).exists()


def _topic_of(thing):
    return getattr(thing, "topic", None) or (thing if hasattr(thing, "merged_into_id") else None)


def _place_of(thing) -> str:
    return getattr(thing, "place", "") or ""


def for_carrier(subject: str) -> str:
    """The phone number a notice is to be sent to. For carriers only: it is used and forgotten."""
    return _opened(subject, ("phone",)).get("phone", "")


def _opened(subject: str, fields) -> dict[str, str]:
    rows = Identity.objects.filter(subject=subject, field__in=fields)
    return {row.field: fact_of(row) for row in rows}


def fact_of(row: Identity) -> str:
    """What stands on a sheet. For the vault's own work: people read by `unseal()`. Raises Unreadable."""
    return _decrypt(bytes(row.sealed), f"{row.subject}/{row.field}")


def _encrypt(text: str, about: str) -> bytes:
    """`about` is bound in: what is sealed for one subject and field opens for no other."""
    nonce = os.urandom(NONCE)
    return nonce + keyring.present().cipher.encrypt(nonce, text.encode(), about.encode())


def _decrypt(sealed: bytes, about: str) -> str:
    for key in keyring.ring():
        try:
            return key.cipher.decrypt(sealed[:NONCE], sealed[NONCE:], about.encode()).decode()
        except (InvalidTag, ValueError):
            continue
    raise Unreadable(_("这条身份信息打不开：内容被改动过，或者密钥换了。请联系系统管理员。"))


def is_new(sealed: bytes, about: str) -> bool:
    """Whether a text is sealed with the present key."""
    try:
        keyring.present().cipher.decrypt(sealed[:NONCE], sealed[NONCE:], about.encode())
    except (InvalidTag, ValueError):
        return False
    return True


def faults() -> list[str]:
    """Every sealed fact that does not open or is not found by its blind index, named without its content."""
    found = []
    for row in Identity.objects.order_by("id").iterator(1000):
        try:
            fact = fact_of(row)
        except Unreadable:
            found.append(f"vault: {row.field} of {row.subject} does not open")
            continue
        if row.blind and row.blind not in blinds(row.field, fact):
            found.append(f"vault: {row.field} of {row.subject} has another blind index")
    return found


def opens(row: Identity) -> bool:
    try:
        fact_of(row)
    except Unreadable:
        return False
    return True


# --- sealed texts that travel or stand elsewhere -------------------------------------------------


def lock(text: str, about: str) -> str:
    """A sealed text for an address or a column; `about` says what it is for and must be given to open it."""
    return base64.urlsafe_b64encode(_encrypt(text, about)).decode().rstrip("=")


def unlock(sealed: str, about: str) -> str:
    """The text of `lock()`. Raises Unreadable when it was changed or made for something else."""
    try:
        raw = _bytes_of(sealed)
    except (binascii.Error, ValueError):
        raw = b""
    return _decrypt(raw, about)


def locked_anew(sealed: str, about: str) -> str:
    """The text of `lock()` under the present key; the same one when it is that already. Raises Unreadable."""
    text = unlock(sealed, about)
    return sealed if is_new(_bytes_of(sealed), about) else lock(text, about)


def _bytes_of(sealed: str) -> bytes:
    return base64.urlsafe_b64decode(sealed + "=" * (-len(sealed) % 4))


# --- erasing -----------------------------------------------------------------------------------


def erase(subject: str) -> int:
    """Empty the vault of a subject; how many facts went."""
    return Identity.objects.filter(subject=subject).delete()[0]


def phone_number(text: str) -> str:
    """A Chinese phone number in E.164, from what a person typed. Raises ValueError with words for it."""
    try:
        number = phonenumbers.parse(text, "CN")
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_valid_number(number):
        raise ValueError(_("这个号码不对，请检查是不是少了或多了数字。"))
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
