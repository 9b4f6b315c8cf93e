"""What a division is called: the name people say, made from its committee's name, and its shorter forms; and what its
code says by itself: where it lies, and how it is written."""

import re
from collections.abc import Mapping
from functools import lru_cache

# The digits of a code that name city, county, town and village.
PARTS = ((0, 4), (4, 6), (6, 9), (9, 12))

# Longest first: 社区居委会 must not leave 社区 behind as part of the name.
_COMMITTEES = ("社区居民委员会", "社区居委会", "居民委员会", "居委会", "村民委员会", "村委会")
_SUFFIXES = {
    4: ("市",),
    6: ("区", "县"),
    9: ("街道办事处", "街道", "镇", "乡", "农场", "办"),
    12: (*_COMMITTEES, "社区", "村"),
}
_NOT_A_WORD = re.compile(r"[\W_]+")


def base_name(committee: str) -> str:
    """ "长西社区居委会" and "沿河村委会" without the committee: "长西", "沿河"."""
    for suffix in _COMMITTEES:
        if committee.endswith(suffix):
            return committee.removesuffix(suffix)
    return committee


def village_name(committee: str) -> str:
    """The name people say: "长西社区", "沿河村", "新淮村" (新淮村村委会). A living area keeps its own."""
    base = base_name(committee)
    if base == committee:
        return committee
    kind = "村" if committee.removeprefix(base).startswith("村") else "社区"
    return base if base.endswith(kind) else base + kind


def is_virtual(committee: str) -> bool:
    """A living area that the statistics made up so that every street has at least one."""
    return "虚拟" in committee


def plain(words: str) -> str:
    """Words without spaces and signs, in lower case, without the province and city in front."""
    bare = _NOT_A_WORD.sub("", words).lower()
    return bare.removeprefix("江苏省").removeprefix("江苏") or bare


@lru_cache(4096)
def forms(name: str, level: int) -> frozenset[str]:
    """The name and how it is shortened: "长西街道" is also "长西". One character alone is no name."""
    short = {name.removesuffix(suffix) for suffix in _SUFFIXES[level] if name.endswith(suffix)}
    return frozenset(plain(form) for form in {name, *short} if len(form) > 1)


def past(code: str) -> str:
    """Where the codes of a subtree end, for `code__gte=code, code__lt=past(code)`, which is read along an index.

    Of digits alone: where another sign stands among digits depends on the language a database was made for.
    """
    return code.ljust(13, "9")  # longer than any code, so that none is left out


def above(code: str) -> list[str]:
    """The codes on the way down to a code, itself the last: 3208, 320812, 320812007, 320812007003."""
    return [code[:end] for start, end in PARTS if len(code) >= end and code[start:end].strip("0")]


def covering(code: str) -> list[str]:
    """The codes of a place and of those above it, each as posts and units may have it: bare, and padded."""
    return [each for upper in above(code) for each in (upper, padded(upper))]


def padded(code: str) -> str:
    """A code as twelve digits, as rooms and topics keep it."""
    return code.ljust(12, "0")


def bare(code: str) -> str:
    """A code without the zeros that only pad it, so that it is the prefix of its subtree."""
    for digits in (4, 6, 9):
        if code[digits:] and not code[digits:].strip("0"):
            return code[:digits]
    return code


def path(code: str, names: Mapping[str, str]) -> str:
    """The names from the county down, with spaces, of those that are known: "清江浦区 长西街道 长西社区"; a city stands alone."""
    known = [names[upper] for upper in above(code) if upper in names]
    return " ".join(known[1:] or known)
