"""When something is sent, and when it is tried again."""

from datetime import datetime, time, timedelta

from django.utils import timezone

# Nobody is woken by what can wait (MORNING to EVENING is day, on the city's clock).
MORNING, EVENING = time(8, 0), time(21, 0)
# After the first, second … failure; after the last one it is given up.
BACK_OFF = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=12),
)
# A worker that has not finished with a delivery after this time is taken for dead.
LEASE = timedelta(minutes=3)
# What happened longer ago is put on the page and rings nowhere: nobody wants a week-old message.
STALE = timedelta(days=7)


def is_night(moment: datetime) -> bool:
    hour = timezone.localtime(moment).time()
    return not MORNING <= hour < EVENING


def next_morning(moment: datetime) -> datetime:
    """The first 8:00 after `moment`."""
    here = timezone.localtime(moment)
    day = here.date() if here.time() < MORNING else here.date() + timedelta(days=1)
    return timezone.make_aware(datetime.combine(day, MORNING))


def by_day(moment: datetime, *, rings: bool, urgent: bool) -> datetime:
    """`moment`, or the morning after it when a carrier that rings would wake somebody without need."""
    return next_morning(moment) if rings and not urgent and is_night(moment) else moment


def after_failure(attempts: int, moment: datetime) -> datetime | None:
    """When to try again after so many tries; None when it is given up."""
    return moment + BACK_OFF[attempts - 1] if attempts <= len(BACK_OFF) else None
