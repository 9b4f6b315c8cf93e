"""Numbers that people read aloud: kind letter, year, serial, check character, as in "L26-000147-K".

The check character is ISO 7064 MOD 37,36: it finds every single wrong character and every swap of
two neighbours. The serial is the row's own id, so a number is unique without being stored.
"""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
KINDS = {"L": "report", "Y": "topic"}


def number(kind: str, serial: int, at: datetime) -> str:
    body = f"{kind}{timezone.localtime(at):%y}{serial:06d}"
    return f"{body[:3]}-{body[3:]}-{check_character(body)}"


def check_character(body: str) -> str:
    """ISO 7064 MOD 37,36 over digits and capital letters."""
    product = 36
    for character in body:
        product = (product + ALPHABET.index(character)) % 36 or 36
        product = product * 2 % 37
    return ALPHABET[(37 - product) % 36]


def serial(kind: str, text: str) -> int:
    """The id inside a number, however it was typed. Raises ValueError with words for the page."""
    plain = "".join(c for c in text.upper() if c in ALPHABET)
    if len(plain) < 10 or plain[0] != kind or not plain[1:-1].isdigit():
        raise ValueError(_("编号由字母、年份、数字和一位校验码组成，例如 %s。") % f"{kind}26-000147-K")
    if check_character(plain[:-1]) != plain[-1]:
        raise ValueError(_("编号有一位不对，请对照回执再输一次。"))
    return int(plain[3:-1])
