"""The city's deeds with the calendar."""

from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ..journal.deeds import deed
from ..journal.record import record
from ..people import law
from ..people.actor import Actor
from .clock import today
from .dayoffs import refresh
from .models import DayOff


@deed
def set_day(day: date, *, working: bool, reason: str, by: Actor) -> DayOff:
    """Make a day to come a day off or a working day of the city. Clocks that run keep their end."""
    law.demand(by, "calendar.day_off", law.Within(settings.CITY))
    if day < today():
        raise ValidationError({"day": _("过去的日子不能再改。")})
    if not reason.strip():
        raise ValidationError({"reason": _("请写明原因，居民会看到。")})

    set_to = {"working": working, "reason": reason.strip()[:80]}
    dayoff, _made = DayOff.objects.update_or_create(day=day, defaults=set_to)
    refresh(at_once=True)

    verb = "calendar.workday_set" if working else "calendar.day_off_set"
    record(verb, by=by, data={"day": day.isoformat(), "reason": dayoff.reason})
    return dayoff


@deed
def drop_day(day: date, *, by: Actor) -> bool:
    """Let a day follow the national calendar again; False when it did already."""
    law.demand(by, "calendar.day_off", law.Within(settings.CITY))
    dropped = DayOff.objects.filter(day=day, day__gte=today()).delete()[0]
    refresh(at_once=True)
    if dropped:
        record("calendar.day_off_dropped", by=by, data={"day": day.isoformat()})
    return bool(dropped)
