"""What a division is called: the name people say, made from its committee's name, and its shorter forms."""

import re
from functools import lru_cache

LENGTHS = (4, 6, 9, 12)

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
    bare = code[:12]
    return [
        bare[:digits] for digits in LENGTHS if len(bare) >= digits and bare[:digits] == _whole(bare, digits)
    ]


def _whole(code: str, digits: int) -> str:
    """The first digits, or nothing where they end in a padding of zeros."""
    start = {4: 0, 6: 4, 9: 6, 12: 9}[digits]
    return code[:digits] if code[start:digits].strip("0") else ""
