"""Times as exports write them."""

import re
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from ....ground.calendar.clock import now

# Day and hour in any notation: 2019/4/25 9:32:09, 2019-04-25T09:32, 2019.4.25, 2019年4月25日 9时32分, 20190425093209.
_APART = re.compile(
    r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?"
    r"(?:[T\s]*(\d{1,2})[:：时点](\d{1,2})(?:[:：分](\d{1,2})(?:\.\d+)?秒?|分)?)?"
)
_TOGETHER = re.compile(r"(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)?)?")
# What a spreadsheet has inside: days since this one, when a cell lost its format. 20,000 is in 1954, 80,000 in 2119.
_SERIAL = re.compile(r"[2-7]\d{4}(?:\.\d+)?")
_FIRST = datetime(1899, 12, 30)  # noqa: DTZ001 — the clock on the city's wall
EARLIEST = 1990


def moment(text: str) -> datetime | None:
    """A time on the city's clock; None for an empty cell. Raises ValidationError for what is none, or lies ahead."""
    if not text:
        return None
    try:
        at = timezone.make_aware(_read(text))
        if at.year < EARLIEST:
            raise ValueError
    except (ValueError, OverflowError):
        raise ValidationError(_("看不懂这个时间：%s。请写成 2026-04-06 21:30。") % text[:40]) from None
    if at > now() + timedelta(days=1):
        raise ValidationError(_("这个时间还没有到：%s。请检查年份和月份。") % text[:40])
    return at


def _read(text: str) -> datetime:
    if _SERIAL.fullmatch(text):
        return _FIRST + timedelta(seconds=round(float(text) * 86400))
    found = _APART.fullmatch(text) or _TOGETHER.fullmatch(text)
    if not found:
        raise ValueError
    return datetime(*(int(part) for part in found.groups(default=0)))  # noqa: DTZ001 — made aware by the caller
