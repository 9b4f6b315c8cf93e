"""Small decisions of deliberation, without side effects: who may vote, what a tally says, is the
notice long enough."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.utils import timezone

from ...ground.calendar.workdays import is_workday, next_workday
from .models.words import ORIGINS

# Working days between announcing a meeting and holding it (workflow.md, "Clocks").
NOTICE_DAYS = 3
# Further ahead than this is a slip of the finger: a meeting, and the last day of something agreed.
FARTHEST_MEETING, FARTHEST_DUE = timedelta(days=366), timedelta(days=5 * 366)
LONGEST = 2000
MOST_ITEMS = 20
MOST_OPTIONS = 8
LABELS = "甲乙丙丁戊己庚辛"

# --- notice ------------------------------------------------------------------------------------


def workdays_until(announced: date, held: date) -> int:
    """Working days after the day of announcing, up to and with the day of the meeting."""
    days = (held - announced).days
    return sum(is_workday(announced + timedelta(days=n)) for n in range(1, days + 1))


def enough_notice(announced: datetime, held: datetime) -> bool:
    return workdays_until(_day(announced), _day(held)) >= NOTICE_DAYS


def earliest(announced: datetime) -> date:
    """The first day on which a meeting announced now may be held without giving a reason."""
    day = _day(announced)
    for _ in range(NOTICE_DAYS):
        day = next_workday(day)
    return day


def _day(moment: datetime) -> date:
    return timezone.localtime(moment).date()


# --- money -------------------------------------------------------------------------------------

# More than this is a slip of the finger, not the cost of a neighbourhood's matter: 10 billion yuan.
MOST_YUAN = 10_000_000_000


def is_yuan(amount) -> bool:
    """Whether this is an amount of money as we keep it: whole yuan, not negative, not absurd."""
    return type(amount) is int and 0 <= amount <= MOST_YUAN


def yuan_typed(text: str) -> str:
    """The digits of an amount as people type it: "60,000 元", "6万"; anything else as it is."""
    plain = text.strip().replace(",", "").replace("，", "").removesuffix("元").strip()
    whole, point, rest = plain.removesuffix("万").strip().partition(".")
    if not plain.endswith("万") or not whole.isdecimal() or len(rest) > 4 or point and not rest.isdecimal():
        return plain
    return str(int(whole) * 10_000 + int(rest.ljust(4, "0") or "0"))


# --- who may vote ------------------------------------------------------------------------------

_ELECTORATES = {
    "everyone": lambda kind: True,
    "vouched": lambda kind: kind != "guest",
    "residents": lambda kind: kind == "residents",
}


def may_vote(electorate: str, kind: str, *, struck: bool = False) -> bool:
    """Whether someone of this class may vote; a sign-in that was struck out may not."""
    return not struck and _ELECTORATES[electorate](kind)


# --- the one tally -----------------------------------------------------------------------------


@dataclass(frozen=True)
class Tally:
    """All votes of a ballot: how many by answer and by origin. `choices` in the order of the ballot."""

    choices: tuple[str, ...]
    cells: Counter = field(default_factory=Counter)

    @property
    def total(self) -> int:
        return self.cells.total()

    def of(self, choice: str) -> int:
        return sum(n for (_origin, each), n in self.cells.items() if each == choice)

    def by(self, origin: str) -> int:
        return sum(n for (each, _choice), n in self.cells.items() if each == origin)

    def cell(self, origin: str, choice: str) -> int:
        return self.cells[origin, choice]

    @property
    def origins(self) -> list[str]:
        """The origins that have votes, in the order in which they are shown."""
        return [origin for origin in ORIGINS if self.by(origin)]

    def share(self, choice: str) -> int:
        """Per cent of all votes, rounded down; 0 when nobody has voted."""
        return 100 * self.of(choice) // self.total if self.total else 0


def tally(choices: Iterable[str], votes: Iterable[tuple[str, str, int]]) -> Tally:
    """Votes as (origin, choice, how many), in any order and in any number of pieces. Raises ValueError for others."""
    known, cells = tuple(choices), Counter()
    for origin, choice, number in votes:
        if origin not in ORIGINS or choice not in known or number < 0:
            raise ValueError(f"no such vote: {origin} {choice} {number}")
        cells[origin, choice] += number
    return Tally(known, cells)


def needed(total: int, share: int) -> int:
    """Votes needed out of `total` for `share` per cent; 50 means more than half, 100 all."""
    return total // 2 + 1 if share == 50 else -(-total * share // 100)


def result(kind: str, count: Tally, *, share: int = 50, quorum: int = 0) -> tuple[str, str]:
    """Outcome and winning answer of a ballot: passed, failed, blocked, no_quorum.

    Abstentions count as votes. Consent passes when someone consents and nobody blocks. Of several
    options the one with the needed share wins; two that are level cannot both have it.
    """
    if count.total < max(quorum, 1):
        return "no_quorum", ""
    if kind == "consent":
        return _by_consent(count)
    leader = "agree" if kind == "agree" else _leader(count)
    passed = leader and count.of(leader) >= max(needed(count.total, share), 1)
    return ("passed", leader) if passed else ("failed", "")


def _by_consent(count: Tally) -> tuple[str, str]:
    if count.of("block"):
        return "blocked", ""
    return ("passed", "consent") if count.of("consent") else ("failed", "")


def _leader(count: Tally) -> str:
    """The answer with the most votes; none when two are level."""
    best = sorted(count.choices, key=count.of, reverse=True)
    level = len(best) > 1 and count.of(best[0]) == count.of(best[1])
    return "" if level or not best else best[0]


def more_than_present(site: int, hands: int, paper: int, heads: int) -> bool:
    """Whether more votes were given on site than there are people: somebody was counted twice."""
    return bool(heads) and site + hands + paper > heads
