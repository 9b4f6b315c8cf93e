"""Numbers that people read aloud: kind letter, year, serial, check digit, as in "L26-000147-4".

The check digit is Damm's (H. M. Damm, "Total anti-symmetrische Quasigruppen", 2004): it finds every
single wrong digit and every swap of two neighbours, and needs no letter. The serial is the row's own
id, so a number is unique without being stored.
"""

import unicodedata
from datetime import datetime
from functools import lru_cache

from django.utils import timezone
from django.utils.translation import gettext as _

from ..ground.calendar.clock import now

KINDS = {"L": "report", "Y": "topic"}

# Damm's quasigroup of order ten: totally anti-symmetric, zeros on the diagonal.
_TABLE = (
    "0317598642", "7092154863", "4206871359", "1750983426", "6123045978",
    "3674209581", "5869720134", "8945362017", "9438617205", "2581436790",
)  # fmt: skip


@lru_cache(maxsize=4096)
def number(kind: str, serial: int, at: datetime) -> str:
    digits = f"{timezone.localtime(at):%y}{serial:06d}"
    return f"{kind}{digits[:2]}-{digits[2:]}-{check_digit(digits)}"


def check_digit(digits: str) -> str:
    """The digit that leads the chain of Damm's table back to zero."""
    row = 0
    for digit in digits:
        row = int(_TABLE[row][int(digit)])
    return str(row)


# Letters that are read where digits stand. A number has its one letter in front, and its check digit behind.
_MISREAD = str.maketrans("OIL", "011")


def bare(text: str) -> str:
    """The letter and digits of a typed number: "ｌ26 OOO147 4" is L260001474."""
    plain = "".join(c for c in unicodedata.normalize("NFKC", text).upper() if c.isascii() and c.isalnum())
    return plain[:1] + plain[1:].translate(_MISREAD)


def serial(kind: str, text: str) -> int:
    """The id inside a number, however it was typed. Raises ValueError with words for the page."""
    plain = bare(text)
    if not 10 <= len(plain) <= 22 or plain[0] != kind or not plain[1:].isdigit():
        example = number(kind, 147, now())
        raise ValueError(_("编号由一个字母和数字组成，例如 %s。") % example)
    if check_digit(plain[1:-1]) != plain[-1]:
        raise ValueError(_("编号有一位不对，请对照回执再输一次。"))
    return int(plain[3:-1])
