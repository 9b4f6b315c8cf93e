"""A deed: one named function that changes something, in one transaction, by somebody."""

import threading
import time
from contextlib import contextmanager
from functools import wraps

from django.db import IntegrityError, OperationalError, connection, models, transaction

# SQLite lets one writer in at a time and makes the others sleep in growing steps; a queue inside the
# process gives them their turn at once (see docs/decisions/writers-take-turns.md).
_turn = threading.RLock()

# PostgreSQL ends one of two deeds that wait for each other, and one of two that write the same row at the same
# moment, such as a form sent by a double click: that one is simply done once more, and finds what the other did.
CLASHES = {"40P01", "40001", "23505"}
TRIES = 5
# Who was ended steps back for so many seconds, so that the other one is past the door first.
STEP_BACK = 0.03


@contextmanager
def turn():
    """A transaction in which deeds may write. A turn inside another is a part of it that can fail alone."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with _turn, transaction.atomic():
            yield
    else:  # whoever is in a transaction already has the database's own lock: to wait here would lock both
        with transaction.atomic():
            yield


def deed(action):
    """Mark a function as a deed: it needs `by=`, and all of it happens or nothing of it."""

    @wraps(action)
    def whole(*args, by, **kwargs):
        for attempt in range(1, TRIES + 1):
            try:
                with turn():
                    return action(*args, by=by, **kwargs)
            except (OperationalError, IntegrityError) as problem:
                if attempt == TRIES or connection.in_atomic_block or not _is_clash(problem):
                    raise
                time.sleep(STEP_BACK * attempt)
                _read_again(args, kwargs)
        raise AssertionError("unreachable")

    whole.is_deed = True
    return whole


def _is_clash(problem: OperationalError | IntegrityError) -> bool:
    return getattr(problem.__cause__, "sqlstate", None) in CLASHES


def _read_again(args, kwargs) -> None:
    """Nothing of the failed try happened: what was passed in is as the database has it."""
    for thing in (*args, *kwargs.values()):
        if isinstance(thing, models.Model) and not thing._state.adding:
            thing.refresh_from_db()
