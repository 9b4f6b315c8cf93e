"""The decisions of evaluation, pure: who may say what, and when a matter counts as resolved.

Nobody of the staff appears here: a verdict is made of residents' answers, or there is none.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from .models import ASPECTS, FAULTS

# A reporter may open a matter again this long after it ended (workflow.md: within six months).
REOPEN_WITHIN = timedelta(days=183)
# How many of those who also meet with the matter are asked when no reporter answers.
SAMPLE = 10
LONGEST = 1000


@dataclass(frozen=True)
class Answer:
    """What a person says on the judging page. `levels`: aspect → 1 … 5, any of them left out."""

    solved: bool
    fault: str = ""
    levels: dict[str, int] = field(default_factory=dict)
    words: str = ""
    photos: tuple = ()


@dataclass(frozen=True)
class Said:
    """One judgement as the verdict sees it."""

    solved: bool
    counts: bool = True


def verdict(said: Iterable[Said], *, asked: int, answered: int, over: bool, sampled: bool = False) -> str:
    """What follows from the answers of a round: "redo", "resolved", "sample" or "wait".

    One "not solved" that counts is enough for a redo, at once. It is resolved when at least one says so
    and nobody the contrary, as soon as all who were `asked` have `answered`, or when the time is `over`.
    When by then nobody has said anything that counts, neighbours are asked; with no answer at all it
    waits: silence never resolves anything.
    """
    counted = [each for each in said if each.counts]
    if any(not each.solved for each in counted):
        return "redo"
    complete = over or 0 < asked <= answered
    if counted and complete:
        return "resolved"
    if complete and not counted and not sampled:
        return "sample"
    return "wait"


def counts(*, asked: bool, known: bool, at_counter: bool, since: datetime, opened: datetime, solved: bool) -> bool:
    """Whether a judgement takes part in the verdict.

    "Solved" counts of whoever was asked, but not `at_counter`: by a receipt that a post holds, too. "Not
    solved" counts of whoever was asked, and of a neighbour who had joined before the unit reported done and
    is `known` by a phone code; whoever joins last, or on one phone as many, decides nothing.
    """
    if solved:
        return asked and not at_counter
    return asked or (known and since < opened)


def sample(candidates: Sequence[int], seed: str, size: int = SAMPLE) -> list[int]:
    """`size` of the candidates, drawn by a seed that everyone can know, so that the draw can be repeated."""
    drawn = sorted(candidates, key=lambda each: hashlib.sha256(f"{seed}:{each}".encode()).digest())
    return sorted(drawn[:size])


def faults_of(answer: Answer) -> dict[str, str]:
    """What is wrong with an answer: field → key of the words that say so."""
    wrong = {}
    if not answer.solved and answer.fault not in FAULTS:
        wrong["fault"] = "which"
    if not answer.solved and answer.fault == "other" and not answer.words.strip():
        wrong["words"] = "say"
    if len(answer.words) > LONGEST:
        wrong["words"] = "long"
    for aspect, level in answer.levels.items():
        if aspect not in ASPECTS or type(level) is not int or not 1 <= level <= 5:
            wrong["levels"] = "levels"
    return wrong


def may_reopen(ended: datetime | None, at: datetime) -> bool:
    """Whether a reporter may still open a matter again that ended then."""
    return ended is not None and at <= ended + REOPEN_WITHIN


@dataclass(frozen=True)
class Tally:
    """A round in numbers, with its denominators: who was asked, who answered, who did not."""

    asked: int
    answered: int
    yes: int
    no: int
    others: int
    counter: int
    levels: tuple[tuple[str, float, int], ...]

    @property
    def silent(self) -> int:
        return self.asked - self.answered


def tally(judgements: Iterable, asked: int, answered: int) -> Tally:
    """Numbers of a round from its judgements: `counter` and `others` judged without counting, at a counter and
    elsewhere; means with their n."""
    rows = list(judgements)
    counted = [row for row in rows if row.counts]
    counter = sum(bool(row.at_counter) for row in rows if not row.counts)
    return Tally(
        asked=asked,
        answered=answered,
        yes=sum(row.solved for row in counted),
        no=sum(not row.solved for row in counted),
        others=len(rows) - len(counted) - counter,
        counter=counter,
        levels=tuple(
            _mean(counted, aspect) for aspect in ASPECTS if any(getattr(row, aspect) for row in counted)
        ),
    )


def _mean(rows: list, aspect: str) -> tuple[str, float, int]:
    given = [getattr(row, aspect) for row in rows if getattr(row, aspect)]
    return aspect, round(sum(given) / len(given), 1), len(given)
