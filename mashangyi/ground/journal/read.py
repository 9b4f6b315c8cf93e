"""Reading the journal: what happened to a topic, since when, and who has read how far."""

from collections.abc import Iterator

from django.conf import settings

from ..prepared import prepared
from .faults import cities, end_of, faults  # noqa: F401 — the audit asks here
from .models import Chain, Cursor, Entry
from .verbs import VERBS


def head() -> int:
    """The number of the last entry of this city; 0 when nothing has happened yet."""
    return end().seq


def end() -> Chain:
    """Number and fingerprint of the last entry of this city: whoever notes them down can prove a change."""
    return end_of(settings.CITY)


def one(seq: int) -> Entry | None:
    return Entry.objects.filter(city=settings.CITY, seq=seq).first()


def of_topic(topic_id: int, *, public: bool) -> list[Entry]:
    """The story of a topic in order; with `public`, only what everyone may read."""
    unlisted = (name for name, verb in VERBS.items() if not verb.listed)
    return [entry for entry in _listed(*unlisted, topic=topic_id) if not public or is_public(entry)]


@prepared
def _listed(*unlisted, topic):
    return Entry.objects.filter(topic=topic).exclude(verb__in=unlisted).order_by("seq")


def latest(*, before: int | None = None, room: int | None = None, limit: int = 50) -> list[Entry]:
    """The newest public entries, newest first; `before` is a sequence number to page on from."""
    return list(_before(before, room).filter(verb__in=public_verbs()).order_by("-seq")[:limit])


def everything(*, before: int | None = None, room: int | None = None, limit: int = 50) -> list[Entry]:
    """The newest entries, public or not, newest first: for the auditor."""
    return list(_before(before, room).order_by("-seq")[:limit])


def _before(before: int | None, room: int | None):
    entries = Entry.objects.filter(room=room) if room else Entry.objects.filter(city=settings.CITY)
    return entries.filter(seq__lt=before) if before else entries


def since(seq: int, limit: int = 500) -> list[Entry]:
    """The entries after `seq`, oldest first, public or not."""
    return list(Entry.objects.filter(city=settings.CITY, seq__gt=seq).order_by("seq")[:limit])


def public_verbs() -> list[str]:
    return [name for name, verb in VERBS.items() if verb.public]


def is_public(entry: Entry) -> bool:
    verb = VERBS.get(entry.verb)
    return bool(verb and verb.public)


def unread(reader: str, limit: int = 500) -> Iterator[Entry]:
    """What `reader` has not read, in order, marking it read when the batch is done without an error.

    Use inside a `turn()`: the reader's own changes and its place in the journal then stand or fall
    together. A reader whose work takes long reads `since()` first and calls `advance()` in its turn.
    """
    cursor, _made = Cursor.objects.select_for_update().get_or_create(reader=reader)
    last = cursor.seq
    for entry in since(cursor.seq, limit):
        yield entry
        last = entry.seq
    if last != cursor.seq:
        Cursor.objects.filter(pk=reader).update(seq=last)


def has_read(reader: str) -> int:
    """The last entry that `reader` has read; 0 when it has not begun."""
    return Cursor.objects.filter(pk=reader).values_list("seq", flat=True).first() or 0


def advance(reader: str, *, seen: int, to: int) -> bool:
    """Move a reader on from where it saw itself; False when another worker has done so meanwhile."""
    if not Cursor.objects.filter(pk=reader).exists():
        Cursor.objects.bulk_create([Cursor(reader=reader)], ignore_conflicts=True)
    return Cursor.objects.filter(pk=reader, seq=seen).update(seq=to) == 1
