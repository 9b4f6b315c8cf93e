"""Writing the journal. `record()` is the only function that adds an entry."""

import hashlib
import json
import os
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import transaction

from ..calendar.clock import now
from ..prepared import prepared
from .discretion import discreet
from .models import Chain, Entry
from .verbs import VERBS

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


def record(verb: str, *, by, topic=None, room=None, place: str = "", data: dict | None = None) -> Entry:
    """Write one entry at the end of the chain, inside the deed's own transaction.

    `by` is an Actor; `topic` and `room` are things with an id, or ids (a topic brings its room and place);
    `data` is plain JSON without identities: a moment goes in as text, an amount as a number. Raises
    KeyError for a verb that nobody declared, TypeError or ValueError for data that is not plain.
    """
    VERBS[verb]
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("record() belongs inside a deed: the entry and the change stand or fall together")
    room = room if room is not None else getattr(topic, "room_id", None)
    return _append(
        Entry(
            at=now(),
            person=by.person_id,
            salt=os.urandom(16).hex(),
            role=by.role,
            organ=by.label,
            verb=verb,
            topic=getattr(topic, "pk", topic),
            room=getattr(room, "pk", room),
            place=place or getattr(topic, "place", "") or getattr(room, "place", "") or settings.CITY,
            data=plain(data or {}),
        )
    )


def _append(entry: Entry) -> Entry:
    chain = _hold_chain()
    entry.city, entry.seq, entry.prev = chain.city, chain.seq + 1, chain.hash
    entry.hash = fingerprint(entry)
    entry.save()
    Chain.objects.filter(pk=chain.pk).update(seq=entry.seq, hash=entry.hash)
    return entry


def _hold_chain() -> Chain:
    """The city's chain, held until the transaction ends: entries become visible in order, without a gap."""
    if chain := _chain.first(city=settings.CITY):
        return chain
    Chain.objects.bulk_create([Chain(city=settings.CITY)], ignore_conflicts=True)
    return _chain.first(city=settings.CITY)


@prepared
def _chain(city):
    return Chain.objects.select_for_update().filter(pk=city)


def plain(value):
    """`value` as it comes back from either database: text, whole numbers, fractions, lists, tables; without
    the numbers that lead to a person (discretion.py).

    A fraction without a fraction is a whole number (PostgreSQL writes 1e20 out, SQLite does not).
    Raises TypeError for anything that is not JSON, such as a moment; ValueError for what a database
    would not take (not-a-number, a null character, half a character pair).
    """
    if isinstance(value, dict):
        return {_key(key): plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    if isinstance(value, float):
        return _number(value)
    if value is None or isinstance(value, bool) or type(value) is int:
        return value
    if isinstance(value, str):
        return _text(str(value))
    raise TypeError(f"the journal keeps plain JSON: {type(value).__name__} {value!r} is not")


def _key(key) -> str:
    if not isinstance(key, str):
        raise TypeError(f"the journal's data is named by text, not by {key!r}")
    return _text(key)


def _text(words: str) -> str:
    if "\0" in words or any("\ud800" <= character <= "\udfff" for character in words):
        raise ValueError(f"not text: {words!r}")
    return discreet(words)


def _number(value: float) -> int | float:
    if value != value or value in {float("inf"), float("-inf")}:
        raise ValueError("the journal keeps numbers, not infinity or not-a-number")
    return int(value) if value.is_integer() else value


def canonical(entry: Entry) -> str:
    """The text whose SHA-256 is the entry's hash: a JSON list without spaces, keys in order, in UTF-8.

    City, number, microseconds since 1970, seal of the person, role, organ, verb, topic, room, place,
    data, hash of the entry before. It can be shown to anyone who may read the entry.
    """
    fields = [
        entry.city, entry.seq, (entry.at - EPOCH) // MICROSECOND, seal(entry), entry.role, entry.organ,
        entry.verb, entry.topic, entry.room, entry.place, entry.data, entry.prev,
    ]  # fmt: skip
    return json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def seal(entry: Entry) -> str:
    """Stands for the person in the published text: it fixes who it was without telling."""
    return hashlib.sha256(f"{entry.salt}:{entry.person}".encode()).hexdigest()[:32]


def fingerprint(entry: Entry) -> str:
    """SHA-256 (hex) of the entry's canonical text."""
    return hashlib.sha256(canonical(entry).encode()).hexdigest()
