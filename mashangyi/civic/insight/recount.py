"""Counting everything again: the tallies against the whole journal, and against the tables."""

from collections import Counter

from django.conf import settings
from django.db.models import Count, Sum

from ...ground.journal.models import Cursor, Entry
from ...topic.models import Topic
from .figures import is_listed
from .models import Line, Tally
from .projection import READER, Key, count


def faults() -> list[str]:
    """Every tally that a full recount contradicts, in words; empty when all agree."""
    return _against_journal() + _against_topics() + _against_lines()


def _against_journal() -> list[str]:
    entries = Entry.objects.filter(city=settings.CITY, seq__lte=_reached()).order_by("seq")
    wanted: Counter[Key] = count(entries.iterator(2000))
    kept = Counter({(t.place, t.month, t.figure): t.n for t in Tally.objects.iterator(2000)})
    keys = sorted(key for key in wanted.keys() | kept.keys() if wanted[key] != kept[key])
    return [f"tally {figure} of {place} in {month:%Y-%m} is {kept[place, month, figure]}, "
            f"the journal says {wanted[place, month, figure]}" for place, month, figure in keys]  # fmt: skip


def _against_topics() -> list[str]:
    """States by county, once the projection has read the whole journal."""
    if Entry.objects.filter(city=settings.CITY, seq__gt=_reached()).exists():
        return []
    real = {(r["county"], r["state"]): r["n"] for r in Topic.objects.values("county", "state").annotate(n=Count("id"))}
    sums = Tally.objects.filter(figure__startswith="state:").values("place", "figure").annotate(total=Sum("n"))
    kept = {(r["place"], r["figure"][6:]): r["total"] for r in sums if len(r["place"]) == 6 and r["total"]}
    return [f"{kept.get(key, 0)} topics of {key[0]} are tallied as {key[1]}, there are {real.get(key, 0)}"
            for key in sorted(real.keys() | kept.keys()) if real.get(key, 0) != kept.get(key, 0)]  # fmt: skip


def _against_lines() -> list[str]:
    """Every number and the list behind it."""
    lists = Line.objects.values_list("place", "month", "figure").annotate(Sum("n")).order_by()
    behind = {(place, month, figure): n for place, month, figure, n in lists.iterator(2000)}
    kept = {(t.place, t.month, t.figure): t.n for t in Tally.objects.iterator(2000) if is_listed(t.figure)}
    keys = sorted(key for key in kept.keys() | behind.keys() if kept.get(key, 0) != behind.get(key, 0))
    return [f"the list behind {figure} of {place} in {month:%Y-%m} comes to {behind.get((place, month, figure), 0)}, "
            f"its tally says {kept.get((place, month, figure), 0)}" for place, month, figure in keys]  # fmt: skip


def _reached() -> int:
    return Cursor.objects.filter(pk=READER).values_list("seq", flat=True).first() or 0
