"""Drawing codes: short ones to scan or type, six spoken digits for a phone that cannot scan."""

import re
import secrets

# No 0 and O, no 1, I and L: read aloud, copied by hand and typed by elders without a mistake.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
SHORT_LENGTH = 6
SPOKEN = 1_000_000


def draw_short() -> str:
    """One of 887 million, at random: it says nothing of the room, and the next one cannot be guessed."""
    return "".join(secrets.choice(ALPHABET) for _ in range(SHORT_LENGTH))


def draw_spoken() -> str:
    return f"{secrets.randbelow(SPOKEN):06d}"


def draw(count: int, taken_short: set[str], taken_spoken: set[str]) -> list[tuple[str, str]]:
    """Up to `count` pairs that are neither taken nor double; fewer where the draw met taken ones."""
    shorts = {draw_short() for _ in range(count)} - taken_short
    spokens = {draw_spoken() for _ in range(count)} - taken_spoken
    return list(zip(sorted(shorts), sorted(spokens), strict=False))


def typed(words: str) -> str:
    """What a person typed, as a code would be kept: "k7m 2q9" is K7M2Q9, "482-913" is 482913, a whole
    address is the code at its end. Letters that no code has are read as what they look like."""
    bare = re.sub(r"[^0-9A-Z/]", "", words.upper()).rstrip("/").rsplit("/", 1)[-1]
    if bare.isdigit():
        return bare
    return bare


def is_spoken(code: str) -> bool:
    return len(code) == 6 and code.isdigit()


def is_short(code: str) -> bool:
    return len(code) == SHORT_LENGTH and set(code) <= set(ALPHABET)
