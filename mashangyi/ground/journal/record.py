"""Writing the journal. `record()` is the only function that adds an entry."""

import hashlib
import json

from django.conf import settings
from django.db import connection, transaction

from ..calendar.clock import now
from .models import Chain, Entry
from .verbs import VERBS


def record(verb: str, *, by, topic=None, room=None, place: str = "", data: dict | None = None) -> Entry:
    """Write one entry at the end of the chain, inside the deed's own transaction.

    `by` is an Actor; `topic` and `room` are things with an id (a topic brings its room and place);
    `data` is plain JSON without identities. Raises KeyError for a verb that nobody declared.
    """
    VERBS[verb]
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("record() belongs inside a deed: the entry and the change stand or fall together")
    if topic is not None:
        room, place = room or topic.room_id, place or topic.place
    return _append(
        Entry(
            at=now(),
            person=by.person_id,
            role=by.role,
            organ=by.label,
            verb=verb,
            topic=getattr(topic, "pk", topic),
            room=getattr(room, "pk", room),
            place=place or getattr(room, "place", "") or settings.CITY,
            data=data or {},
        )
    )


def _append(entry: Entry) -> Entry:
    chain = _hold_chain()
    entry.city, entry.seq, entry.prev = chain.city, chain.seq + 1, chain.hash
    entry.hash = fingerprint(entry)
    entry.save(force_insert=True)
    Chain.objects.filter(pk=chain.pk).update(seq=entry.seq, hash=entry.hash)
    return entry


def _hold_chain() -> Chain:
    rows = Chain.objects.all()
    if connection.vendor != "sqlite":
        Chain.objects.bulk_create([Chain(city=settings.CITY)], ignore_conflicts=True)
        rows = rows.select_for_update()
    return rows.filter(pk=settings.CITY).first() or Chain.objects.create(city=settings.CITY)


def fingerprint(entry: Entry) -> str:
    """SHA-256 (hex) over the canonical JSON of the entry's fields and the hash before it."""
    fields = [
        entry.city, entry.seq, round(entry.at.timestamp() * 1_000_000), entry.person, entry.role, entry.organ,
        entry.verb, entry.topic, entry.room, entry.place, entry.data, entry.prev,
    ]  # fmt: skip
    canonical = json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
