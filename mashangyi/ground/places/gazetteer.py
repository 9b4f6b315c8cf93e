"""Finding a place by the words people use. A village's name may mean several: all of them are given."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from ..prepared import prepared
from . import naming
from .models import Alias, Division
from .naming import above, forms, padded, plain

MOST = 30


class Row(NamedTuple):
    """What a search needs of a division; making 1,700 of these takes a third of the time of 1,700 models."""

    code: str
    name: str
    level: int
    legal: bool
    official: str
    pinyin: str


@dataclass(frozen=True)
class Found:
    """A division that the words may mean. `path` is "清江浦区 长西街道 长西社区"."""

    code: str
    name: str
    level: int
    legal: bool
    path: str

    @property
    def padded(self) -> str:
        return padded(self.code)


class Gazetteer:
    """All divisions and their aliases in memory (about 1,700), for one search or for many."""

    def __init__(self, divisions: Iterable[Row | Division], aliases: Iterable[tuple[str, str]] = ()):
        self.divisions = {division.code: division for division in divisions}
        self.names = {code: division.name for code, division in self.divisions.items()}
        self.forms = {d.code: forms(d.name, d.level) for d in self.divisions.values()}
        for name, code in aliases:
            self.forms[code] |= {plain(name)}
        self.called = defaultdict(list)
        for code, names in self.forms.items():
            for name in names:
                self.called[name].append(code)

    @classmethod
    def load(cls) -> "Gazetteer":
        rows = Division.objects.order_by().values_list(*Row._fields)
        return cls(map(Row._make, rows), Alias.objects.values_list("name", "division_id"))

    def find(self, words: str) -> list[Found]:
        """Every division the words may mean, the likeliest first; an empty list when there is none.

        "长西街道长西社区" names one; "新城社区" two; "hechuan" and "花" are looked for inside the names.
        """
        said = plain(words)
        if not said:
            return []
        codes = self._named(said) or self._resembling(words, said)
        return [self.found(code) for code in codes[:MOST]]

    def found(self, code: str) -> Found:
        division = self.divisions[code]
        return Found(code, division.name, division.level, division.legal, self.path(code))

    def path(self, code: str) -> str:
        """The names from the county down, with spaces; a city stands alone."""
        return naming.path(code, self.names)

    def _named(self, said: str) -> list[str]:
        """Divisions whose own name ends the words, while all before it names what lies above them."""
        found = set()
        for start in range(len(said)):
            for code in self.called.get(said[start:], ()):
                if self._leads_to(said[:start], code):
                    found.add(code)
        return sorted(found, key=self._rank)

    def _leads_to(self, head: str, code: str) -> bool:
        """Is `head` made of the names above a division, in order, any of them left out?"""
        heads = {head}
        for upper in self._uppers(code):
            heads |= {h.removeprefix(name) for h in heads for name in self.forms.get(upper, ())}
        return "" in heads

    def _uppers(self, code: str) -> list[str]:
        """The codes above; for a street of the development zone also the district it belongs to by law."""
        uppers = above(code)[:-1]
        town = self.divisions.get(code[:9])
        lawful = [town.official[:6]] if town is not None and town.official else []
        return [*uppers[:1], *lawful, *uppers[1:]]

    def _resembling(self, words: str, said: str) -> list[str]:
        parts = [plain(part) for part in words.split()] or [said]
        codes = [c for c, d in self.divisions.items() if self._contains(d, parts)]
        return sorted(codes, key=self._rank)

    def _contains(self, division: Row | Division, parts: list[str]) -> bool:
        """Every part stands in the path, the last of them in the division's own names or pinyin."""
        own = [*self.forms[division.code], *_latin(division.pinyin)]
        if not any(parts[-1] in name for name in own):
            return False
        path = self.path(division.code)
        return all(part in path or any(part in name for name in own) for part in parts)

    def _rank(self, code: str) -> tuple:
        division = self.divisions[code]
        return (not division.legal, division.level, code)


def _latin(pinyin: str) -> list[str]:
    """ "huai yin" is typed as huaiyin or hy."""
    syllables = pinyin.split()
    return ["".join(syllables), "".join(s[0] for s in syllables)] if syllables else []


def find_divisions(words: str) -> list[Found]:
    """Every division the words may mean, each with its path. More than one: ask, never choose."""
    return Gazetteer.load().find(words)


def path_of(code: str) -> str:
    """ "清江浦区 长西街道 长西社区" for a code of any length, padded with zeros or not; one query."""
    return naming.path(code, dict(_named(**{f"code_{n}": each for n, each in enumerate(above(code))})))


@prepared
def _named(**codes):
    return Division.objects.filter(code__in=list(codes.values())).values_list("code", "name")
