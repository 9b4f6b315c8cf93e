"""Is the chain whole? Every place where it is broken is found and named."""

from collections.abc import Iterator

from django.conf import settings
from django.db.models import Subquery
from django.db.models.functions import Coalesce

from .models import Chain, Cursor, Entry
from .record import fingerprint

# How far from its place a moved entry is looked for, besides the last distance that was found.
SPAN = 50


def faults(city: str | None = None, *, last: int | None = None, end: Chain | None = None) -> list[str]:
    """Every place where the chain is broken, in words; an empty list when it is whole.

    Finds a changed field, a deleted, inserted or moved row, and a cut or lengthened end. With `last`,
    only that many entries at the end are looked at. `end` is the chain's own note of where it ends, for whoever
    has read it already. Runs beside those who write; holds nobody up.
    """
    city = city or settings.CITY
    end = end or end_of(city)
    start = max(end.seq - last, 0) if last else 0
    walk = Walk(*_before(city, start))
    entries = Entry.objects.filter(city=city, seq__gt=start, seq__lte=end.seq)
    for entry in entries.order_by("seq").iterator(2000):
        walk.step(entry)
    walk.finish(end)
    ahead = [] if last else _ahead(city)
    return [*ahead, *walk.found, *_behind(city), *_read_further(city, end.seq)]


class Walk:
    """One walk along the chain; `found` gathers what is wrong, in words."""

    def __init__(self, seq: int, previous: str):
        self.found: list[str] = []
        self.seq, self.previous, self.before, self.shift = seq, previous, "", 0

    def step(self, entry: Entry) -> None:
        """Compare one entry with itself, with its number, and with the entry before it."""
        gap = self._gap(entry)
        moved = self._itself(entry)
        if not gap and not moved and entry.prev != self.previous:
            self.found.append(self._break(entry))
        self.before, self.previous, self.seq = self.previous, entry.hash, entry.seq

    def finish(self, end: Chain) -> None:
        if self.seq < end.seq:
            self.found.append(f"{_entries(self.seq + 1, end.seq)} missing at the end")
        elif self.previous != end.hash:
            self.found.append(f"entry {self.seq} is not the one with which the chain ended")

    def _gap(self, entry: Entry) -> bool:
        if entry.seq > self.seq + 1:
            self.found.append(f"{_entries(self.seq + 1, entry.seq - 1)} missing")
        elif entry.seq <= self.seq:
            self.found.append(f"entry {entry.seq} stands there twice")
        return entry.seq != self.seq + 1

    def _itself(self, entry: Entry) -> bool:
        """Name what happened to an entry whose hash does not fit; whether it has another one's place."""
        if fingerprint(entry) == entry.hash:
            return False
        true = self._true_number(entry)
        if true is None:
            self.found.append(f"entry {entry.seq} ({entry.verb}) was changed")
            return False
        self.shift = true - entry.seq
        self.found.append(f"entry {entry.seq} is entry {true} in truth: it was moved")
        return True

    def _true_number(self, entry: Entry) -> int | None:
        stands = entry.seq
        try:
            for number in (stands + self.shift, *range(max(stands - SPAN, 1), stands + SPAN + 1)):
                entry.seq = number
                if fingerprint(entry) == entry.hash:
                    return number
        finally:
            entry.seq = stands
        return None

    def _break(self, entry: Entry) -> str:
        if self.before and entry.prev == self.before:
            return f"entry {self.seq} was inserted: entry {entry.seq} follows the one before it"
        return f"entry {entry.seq} does not follow entry {self.seq}: one of the two was replaced"


def _entries(first: int, last: int) -> str:
    return f"entry {first} is" if first == last else f"entries {first} to {last} are"


def _before(city: str, start: int) -> tuple[int, str]:
    """Number and hash of the entry after which a walk begins."""
    known = Entry.objects.filter(city=city, seq=start).values_list("hash", flat=True).first()
    return start, known or ""


def _ahead(city: str) -> Iterator[str]:
    """Entries with a number that is none: no walk along the chain meets them, but a topic's story would."""
    for seq in Entry.objects.filter(city=city, seq__lt=1).order_by("seq").values_list("seq", flat=True)[:20]:
        yield f"entry {seq} stands before the first one"


def _behind(city: str) -> Iterator[str]:
    """Entries beyond the chain's end, asked in one statement so that nobody writes in between."""
    end = Coalesce(Subquery(Chain.objects.filter(pk=city).values("seq")), 0)
    beyond = Entry.objects.filter(city=city, seq__gt=end).order_by("seq")
    for seq, verb in beyond.values_list("seq", "verb")[:20]:
        yield f"entry {seq} ({verb}) was added behind the end of the chain"


def _read_further(city: str, end: int) -> Iterator[str]:
    """A reader that has read more than there is: the end was cut, and the chain's own note of it as well."""
    if city != settings.CITY:
        return
    furthest = Cursor.objects.filter(seq__gt=end).order_by("-seq").first()
    if furthest and furthest.seq > head(city):
        yield f"{_entries(head(city) + 1, furthest.seq)} missing at the end: {furthest.reader} has read them"


def end_of(city: str) -> Chain:
    """The chain's own note of where it ends; number 0 where nothing has happened yet."""
    return Chain.objects.filter(pk=city).first() or Chain(city=city)


def cities() -> list[str]:
    """Every city that has a chain, or entries without one."""
    chained = Chain.objects.values_list("city", flat=True)
    return sorted({settings.CITY, *chained, *Entry.objects.order_by().values_list("city", flat=True).distinct()})


def head(city: str) -> int:
    return Chain.objects.filter(pk=city).values_list("seq", flat=True).first() or 0
