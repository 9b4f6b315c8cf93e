"""What the log may hold: the address of a receipt or an invitation is its key, and is not written out."""

import logging
import re
from datetime import datetime
from zoneinfo import ZoneInfo

from .environment import TIME_ZONE

LINE = "%(asctime)s %(levelname)s %(name)s %(message)s"

# What stands for the text message until a real one is connected has to write the link it carries.
CARRIED = "mashangyi.outbox"
# A request for a host that is not ours.
FOREIGN = "django.security.DisallowedHost"
KEYS = re.compile(r"(/r/[^/\s]+/|/staff/welcome/)[^/\s]+")


class Discreet(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        words = record.getMessage()
        if KEYS.search(words) and not record.name.startswith(CARRIED):
            record.msg, record.args = KEYS.sub(r"\1…", words), ()
        if record.name == FOREIGN:
            _in_one_line(record)
        return True


def _in_one_line(record: logging.LogRecord) -> None:
    """Whoever tries addresses at random asks for hosts that are not ours: a line, and no fault of the program."""
    record.levelno, record.levelname = logging.WARNING, "WARNING"
    record.exc_info = record.exc_text = None
    record.msg, record.args = record.getMessage().replace("ALLOWED_HOSTS", "MASHANGYI_HOSTS"), ()


def in_city_time() -> logging.Formatter:
    """How a process without Django writes its lines: with the time that all others have."""
    city, form = ZoneInfo(TIME_ZONE), logging.Formatter(LINE)
    form.converter = lambda seconds: datetime.fromtimestamp(seconds, city).timetuple()
    return form
