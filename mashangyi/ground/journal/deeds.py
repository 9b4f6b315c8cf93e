"""A deed: one named function that changes something, in one transaction, by somebody."""

import threading
from contextlib import contextmanager
from functools import wraps

from django.db import connection, transaction

# SQLite lets one writer in at a time and makes the others sleep in growing steps; a queue inside the
# process gives them their turn at once (see docs/decisions/writers-take-turns.md).
_turn = threading.RLock()


@contextmanager
def turn():
    """A transaction in which deeds may write."""
    if connection.vendor == "sqlite":
        with _turn, transaction.atomic(savepoint=False):
            yield
    else:
        with transaction.atomic(savepoint=False):
            yield


def deed(action):
    """Mark a function as a deed: it needs `by=`, and all of it happens or nothing of it."""

    @wraps(action)
    def whole(*args, by, **kwargs):
        with turn():
            return action(*args, by=by, **kwargs)

    whole.is_deed = True
    return whole
