"""Tallies, and the lines behind them, are read from the journal in order. They stand or fall with the place
that was reached in it."""

from collections import Counter
from datetime import date

from django.db import connection
from django.utils import timezone

from ...ground.journal.deeds import deed, turn
from ...ground.journal.models import Cursor
from ...ground.journal.read import unread
from ...ground.journal.record import record
from ...ground.people import law
from ...ground.places.naming import above
from .figures import changes, is_listed
from .models import Line, Tally

READER = "tallies"
BATCH = 1000
Key = tuple[str, date, str]

ADD = """
    INSERT INTO insight_tally (place, month, figure, n) VALUES (%s, %s, %s, %s)
    ON CONFLICT (place, figure, month) DO UPDATE SET n = insight_tally.n + excluded.n
"""


def project(limit: int = BATCH) -> int:
    """Read the next entries of the journal into the tallies; how many entries were read."""
    with turn():
        entries = list(unread(READER, limit))
        add(count(entries))
        Line.objects.bulk_create(lines(entries))
    return len(entries)


@deed
def begin_again(*, by) -> int:
    """Forget all tallies and lines: `project()` then reads the journal from its first entry. Returns how many there are.

    For an operator whose doctor found a figure that the journal contradicts, and after an upgrade that counts more.
    """
    law.demand(by, "insight.count_anew")
    Cursor.objects.select_for_update().get_or_create(reader=READER)
    for model in (Tally, Line):
        model.objects.all().delete()
    Cursor.objects.filter(pk=READER).update(seq=0)
    return record("insight.counted_anew", by=by).seq


def count(entries) -> Counter[Key]:
    """What the entries add to each figure of each place they lie in."""
    sums: Counter[Key] = Counter()
    for entry in entries:
        for figure, n in changes(entry):
            for place in above(entry.place):
                sums[place, month_of(figure, day_of(entry)), figure] += n
    return sums


def lines(entries) -> list[Line]:
    """The line of each entry behind each listed figure of each place it lies in; what adds nothing has none."""
    return [
        Line(place=place, figure=figure, seq=entry.seq, month=month_of(figure, day_of(entry)), n=n)
        for entry in entries
        for figure, n in sums_of(entry).items()
        if n and is_listed(figure)
        for place in above(entry.place)
    ]


def sums_of(entry) -> Counter[str]:
    """What one entry adds to each figure in all."""
    sums: Counter[str] = Counter()
    for figure, n in changes(entry):
        sums[figure] += n
    return sums


def day_of(entry) -> date:
    return timezone.localtime(entry.at).date()


def month_of(figure: str, day: date) -> date:
    """The month a figure is kept by; how long topics stayed has many steps, and is kept by the year."""
    return day.replace(month=1, day=1) if figure.startswith("stay:") else day.replace(day=1)


def add(sums: Counter[Key]) -> None:
    rows = [(place, month, figure, n) for (place, month, figure), n in sorted(sums.items()) if n]
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(ADD, rows)
