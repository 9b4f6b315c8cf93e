"""Drawing codes: short ones to scan or type, six spoken digits for a phone that cannot scan."""

import re
import secrets
import unicodedata
from collections.abc import Callable, Iterable

# No 0 and O, no 1, I and L: read aloud, copied by hand and typed by elders without a mistake.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
SHORT_LENGTH = 6
SPOKEN = 1_000_000


def draw_short() -> str:
    """One of 887 million, at random: it says nothing of the room, and the next one cannot be guessed."""
    return "".join(secrets.choice(ALPHABET) for _ in range(SHORT_LENGTH))


def draw_spoken() -> str:
    return f"{secrets.randbelow(SPOKEN):06d}"


def draw(count: int, one: Callable[[], str], taken: Callable[[list[str]], Iterable[str]]) -> list[str]:
    """Up to `count` different codes, in the order they were drawn, that are not among `taken(drawn)`.

    Drawn are more than asked for, because in a crowded town many are taken; fewer come back where most are.
    """
    drawn = list(dict.fromkeys(one() for _ in range(max(2 * count, 32))))
    gone = set(taken(drawn))
    return [code for code in drawn if code not in gone][:count]


def typed(words: str) -> str:
    """What a person typed, as a code would be kept: "k7m 2q9" is K7M2Q9, "482-913" is 482913.

    Of a whole address it is the part after /s/.
    """
    upper = unicodedata.normalize("NFKC", words).upper()
    return re.sub(r"[^0-9A-Z]", "", upper.rpartition("/S/")[2])


def is_spoken(code: str) -> bool:
    return len(code) == 6 and code.isdigit()


def is_short(code: str) -> bool:
    return len(code) == SHORT_LENGTH and set(code) <= set(ALPHABET)
