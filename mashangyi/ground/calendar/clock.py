"""What time it is. Everything asks here, so that a test or a told story can say when it happens."""

from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from django.utils import timezone

_told: ContextVar[datetime | None] = ContextVar("told", default=None)


def now() -> datetime:
    """The present moment, with time zone: the told one inside `at()`, else the machine's."""
    return _told.get() or timezone.now()


def today() -> date:
    return timezone.localtime(now()).date()


def local(year, month, day, hour=9, minute=0) -> datetime:
    """A moment on the city's wall clock."""
    return timezone.make_aware(datetime(year, month, day, hour, minute))  # noqa: DTZ001


@contextmanager
def at(moment: datetime):
    """Inside, it is `moment`: for stories told in the past and for tests. Nothing sleeps."""
    token = _told.set(moment)
    try:
        yield moment
    finally:
        _told.reset(token)
