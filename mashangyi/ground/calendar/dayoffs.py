"""The city's own exceptions to the national calendar, kept in memory where working time is counted."""

import time

from .models import DayOff
from .workdays import exceptions

# A change made by another process is known everywhere after this many seconds.
KEPT = 300
_read_at = 0.0


def refresh(*, at_once: bool = False) -> None:
    """Read the exceptions again when they are older than five minutes. At most one query."""
    global _read_at
    if not at_once and _read_at and time.monotonic() - _read_at < KEPT:
        return
    found = dict(DayOff.objects.values_list("day", "working"))
    exceptions.clear()
    exceptions.update(found)
    _read_at = time.monotonic()
