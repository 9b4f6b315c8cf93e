"""What the log may hold: the address of a receipt or an invitation is its key, and is not written out."""

import logging
import re

# What stands for the text message until a real one is connected has to write the link it carries.
CARRIED = "mashangyi.outbox"
KEYS = re.compile(r"(/r/[^/\s]+/|/staff/welcome/)[^/\s]+")


class Discreet(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        words = record.getMessage()
        if KEYS.search(words) and not record.name.startswith(CARRIED):
            record.msg, record.args = KEYS.sub(r"\1…", words), ()
        return True
