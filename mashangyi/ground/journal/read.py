"""Reading the journal: what happened to a topic, since when, and is the chain whole."""

from collections.abc import Iterator

from django.conf import settings
from django.db import transaction

from .models import Chain, Cursor, Entry
from .record import fingerprint
from .verbs import VERBS


def head() -> int:
    """The number of the last entry of this city; 0 when nothing has happened yet."""
    return Chain.objects.filter(pk=settings.CITY).values_list("seq", flat=True).first() or 0


def of_topic(topic_id: int, *, public: bool) -> list[Entry]:
    """A topic's entries in order; with `public`, only what everyone may read."""
    entries = Entry.objects.filter(topic=topic_id).order_by("seq")
    return [entry for entry in entries if not public or _is_public(entry)]


def latest(*, before: int | None = None, room: int | None = None, limit: int = 50) -> list[Entry]:
    """The newest public entries, newest first; `before` is a sequence number to page on from."""
    entries = Entry.objects.filter(city=settings.CITY)
    if before:
        entries = entries.filter(seq__lt=before)
    if room:
        entries = entries.filter(room=room)
    return list(entries.filter(verb__in=public_verbs()).order_by("-seq")[:limit])


def public_verbs() -> list[str]:
    return [name for name, verb in VERBS.items() if verb.public]


def _is_public(entry: Entry) -> bool:
    verb = VERBS.get(entry.verb)
    return bool(verb and verb.public)


def unread(reader: str, limit: int = 500) -> Iterator[Entry]:
    """What `reader` has not read, in order, marking it read when the batch is done without an error.

    Use inside a `turn()`: the reader's own changes and its place in the journal then stand or fall together.
    """
    cursor, _made = Cursor.objects.select_for_update().get_or_create(reader=reader)
    last = cursor.seq
    for entry in Entry.objects.filter(city=settings.CITY, seq__gt=cursor.seq).order_by("seq")[:limit]:
        yield entry
        last = entry.seq
    if last != cursor.seq:
        Cursor.objects.filter(pk=reader).update(seq=last)


def faults(city: str | None = None) -> list[str]:
    """Every place where the chain is broken, in words; an empty list when it is whole.

    Finds a changed field, a deleted, inserted or reordered row, and a cut end.
    """
    city = city or settings.CITY
    found, previous, seq = [], "", 0
    with transaction.atomic():
        for entry in Entry.objects.filter(city=city).order_by("seq").iterator(2000):
            if entry.seq != seq + 1:
                found.append(f"entries {seq + 1} to {entry.seq - 1} are missing")
            elif entry.prev != previous:
                found.append(f"entry {entry.seq} does not follow the entry before it")
            if fingerprint(entry) != entry.hash:
                found.append(f"entry {entry.seq} ({entry.verb}) was changed")
            previous, seq = entry.hash, entry.seq
        end = Chain.objects.filter(pk=city).first()
    if end and (end.seq, end.hash) != (seq, previous):
        found.append(f"the journal ends at entry {seq}, its chain at {end.seq}")
    return found
