"""Numbers that lead to a person, kept out of what is published and never erased.

Whoever gives a reason may type them without thinking; a mobile phone and a citizen number are known by
their formats (the latter by its check character: GB 11643-1999, ISO 7064 MOD 11-2).
"""

import re

MOBILE = re.compile(r"(?<!\d)((?:\+?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4})(?!\d)")
CITIZEN = re.compile(r"(?<![0-9A-Za-z])(\d{17}[0-9Xx])(?![0-9A-Za-z])")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
# Chinese keyboards write digits at full width; each stands for one of ours, so that places in a text stay.
NARROW = str.maketrans("０１２３４５６７８９Ｘｘ＋－　", "0123456789Xx+- ")


def discreet(text: str) -> str:
    """The text, and where such a number stood, that it was left out."""
    narrow = text.translate(NARROW)
    spans = [(found.span(1), "（电话略）") for found in MOBILE.finditer(narrow)]
    spans += [(found.span(1), "（证件号略）") for found in CITIZEN.finditer(narrow) if is_checked(found[1])]
    for (start, end), instead in sorted(spans, reverse=True):
        text = text[:start] + instead + text[end:]
    return text


def is_checked(number: str) -> bool:
    """Whether the last of 18 characters is the one that the other 17 demand."""
    rest = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, number[:17], strict=True)) % 11
    return number[17].upper() == "10X98765432"[rest]
