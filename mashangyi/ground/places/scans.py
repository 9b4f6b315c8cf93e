"""How often a code was opened, by day. No person, no device, no address, no hour.

Opening a page must not wait for a writer: counts gather in memory and a thread of the web process
writes them every few seconds and at exit. A machine that dies loses at most those seconds of counts.
"""

import atexit
import logging
import threading
from collections import Counter
from datetime import date

from django.db import connections

from ..calendar.clock import today
from ..journal.deeds import turn
from .models import Scans

SECONDS = 5

_log = logging.getLogger(__name__)
_waiting: Counter[tuple[int, date]] = Counter()
_lock = threading.Lock()
_writer: threading.Thread | None = None


def count_scan(code) -> None:
    """Count one opening of a code today. Touches no database."""
    count(code.pk)


def count(code_id: int) -> None:
    """The same, for the front, which knows a kept page's code by number."""
    with _lock:
        _waiting[code_id, today()] += 1


def write_counts() -> int:
    """Write what has gathered; how many openings that were. A count that could not be written waits on."""
    with _lock:
        counted = Counter(_waiting)
        _waiting.clear()
    try:
        _add(counted)
    except Exception:
        with _lock:
            _waiting.update(counted)
        raise
    return counted.total()


def _add(counted: Counter) -> None:
    if not counted:
        return
    with turn():
        for (code, day), count in sorted(counted.items()):
            scans, _made = Scans.objects.select_for_update().get_or_create(code_id=code, day=day)
            Scans.objects.filter(pk=scans.pk).update(count=scans.count + count)


def start_writing() -> None:
    """Begin the thread that writes. The web process calls it once; tests and commands write by hand."""
    global _writer
    if _writer is None:
        _writer = threading.Thread(target=_write_on, name="scans", daemon=True)
        _writer.start()
        atexit.register(_write_once)


def _write_on() -> None:
    pause = threading.Event()
    while True:
        pause.wait(SECONDS)
        _write_once()


def _write_once() -> None:
    try:
        if _waiting:
            write_counts()
    except Exception:
        _log.exception("scan counts were not written; they wait for the next time")
    finally:
        connections.close_all()
