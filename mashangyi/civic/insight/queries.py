"""The figures of a place, read from tallies: a fixed number of queries, however large the city."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Q, QuerySet, Sum
from django.http import Http404

from ...ground.calendar.clock import now, today
from ...ground.places.models import Division
from ...ground.places.naming import above, bare
from ...ground.places.queries import open_rooms
from ...ground.prepared import prepared
from ...stages.delivery.models import Task
from ...stages.intake.models import CHANNELS
from ...topic.lifecycle import STATES
from .figures import median_of
from .models import Tally

BELOW = {4: 6, 6: 9, 9: 12}


@dataclass
class Figures:
    """The sums of one place. `of(name)` is 0 for what never happened."""

    place: str
    name: str = ""
    rooms: int = 0
    overdue: int = 0
    sums: dict[str, int] = field(default_factory=dict)
    month: dict[str, int] = field(default_factory=dict)

    def of(self, figure: str) -> int:
        return self.sums.get(figure, 0)

    def this_month(self, figure: str) -> int:
        return self.month.get(figure, 0)

    @property
    def solved(self) -> int:
        """Topics whose reporter or neighbours confirmed it, and who have not taken it back."""
        return self.of("state:resolved") + self.of("state:looked_back")

    @property
    def due(self) -> int:
        """Tasks that came to their date: done, or open and overdue at this moment."""
        return self.of("done") + self.overdue

    @property
    def on_time(self) -> float | None:
        """Done on time ÷ (done + open overdue), in percent; None before anything was due."""
        return percent(self.of("done:on_time"), self.due)

    def share(self, part: str, whole: str) -> float | None:
        """One figure ÷ another of which it is a part, in percent; None when there is nothing to divide by."""
        return percent(self.of(part), self.of(whole))

    @property
    def silent(self) -> int:
        """How many were asked whether it is solved, and have not answered."""
        return self.of("asked") - self.of("answered")

    @property
    def untold(self) -> int:
        """Pledges of which nobody has said yet whether they were kept."""
        return self.of("pledged") - self.of("pledges:told")

    @property
    def open(self) -> int:
        """Topics that have not ended yet."""
        return sum(self.of(f"state:{s.name}") for s in STATES.values() if s.family == "open")

    def by_channel(self) -> list[tuple[str, int]]:
        """Ways in with their reports, the most used first."""
        found = [(name, self.of(f"reports:{name}")) for name in CHANNELS]
        return sorted((row for row in found if row[1]), key=lambda row: -row[1])

    def by_outcome(self) -> list[tuple[str, int]]:
        """Ended topics by their typed outcome, the most frequent first."""
        ends = [(s.name, self.of(f"state:{s.name}")) for s in STATES.values() if s.family in {"settled", "closed"}]
        return sorted((row for row in ends if row[1]), key=lambda row: -row[1])

    def stays(self, state: str) -> dict[int, int]:
        """How many stays in a state ended within each of the steps of days."""
        prefix = f"stay:{state}:"
        return {int(name[len(prefix) :]): n for name, n in self.sums.items() if name.startswith(prefix)}

    def median_days(self) -> list[tuple[str, int, int]]:
        """State, the days within which half of its stays had ended, and how many stays; in the order of the way."""
        rows = []
        for state in STATES:
            steps = self.stays(state)
            if (median := median_of(steps)) is not None and STATES[state].family == "open":
                rows.append((state, median, sum(steps.values())))
        return rows


def percent(part: int, whole: int) -> float | None:
    """To one digit behind the point; None where there is nothing to divide by."""
    return round(100 * part / whole, 1) if whole > 0 else None


def path_to(place: str) -> list[Division]:
    """The divisions above a place and the place itself, the city first. Raises Http404 when there is none."""
    path = _divisions(**{f"level_{n}": code for n, code in enumerate(above(place))})
    if not path or path[-1].code != bare(place):
        raise Http404
    return path


@prepared
def _divisions(**codes):
    return Division.objects.filter(code__in=list(codes.values())).order_by("code")


def figures_of(place: Division) -> Figures:
    """The sums of one place, of all time and of this month."""
    return whole_and_parts(place)[0]


def parts_of(place: Division) -> list[Figures]:
    """The figures of each part of a place, in the order of their codes; parts without a room or topic are left out."""
    return whole_and_parts(place)[1]


def whole_and_parts(place: Division) -> tuple[Figures, list[Figures]]:
    """The figures of a place and of each of its parts that has a room or a topic; four queries."""
    found = {code: Figures(code, name, rooms) for code, name, rooms in _with_rooms(place=place.code)}
    whole = found.pop(place.code)
    for figure, total, month in _sums(place=place.code, month=this_month()):
        whole.sums[figure], whole.month[figure] = total, month
    for code, figure, n in _sums_below(parent=place.code):
        found[code].sums[figure] = n
    for code, n in _late(len(place.code), place=place.code, moment=now()):
        whole.overdue += n
        if code in found:
            found[code].overdue = n
    return whole, [part for part in found.values() if part.rooms or part.sums]


@prepared
def _with_rooms(place):
    """A place and its parts in the order of their codes, each with how many open rooms lie in it."""
    here = Division.objects.filter(Q(code=place) | Q(parent=place)).order_by("code")
    return here.values_list("code", "name", open_rooms())


@prepared
def _sums(place, month):
    recent = Sum("n", filter=Q(month__gte=month), default=0)
    return Tally.objects.filter(place=place).values_list("figure").annotate(total=Sum("n"), recent=recent)


@prepared
def _sums_below(parent):
    below = Division.objects.filter(parent=parent).values("code")
    rows = Tally.objects.filter(place__in=below, figure__in=PART_FIGURES)
    return rows.values_list("place", "figure").annotate(Sum("n"))


@prepared
def _late(digits, place, moment):
    """How many tasks are overdue in each part of a place whose code has so many digits."""
    part = COLUMN[BELOW.get(digits, digits)]
    return _overdue(digits, place, moment).values_list(part).annotate(Count("id"))


def this_month() -> date:
    return today().replace(day=1)


PART_FIGURES = ("topics", "meetings", "state:resolved", "state:looked_back", "done", "done:on_time")
# By which column of a task a code of so many digits is found along an index.
COLUMN = {6: "county", 9: "town", 12: "place"}


def overdue_in(place: str) -> QuerySet[Task]:
    """Open tasks of a place whose date is past at this moment, the longest overdue first: an index has the open ones."""
    return _overdue(len(place), place, now()).order_by("due_at", "id")


def _overdue(digits: int, place, moment) -> QuerySet[Task]:
    rows = Task.objects.filter(ended_at=None, due_at__lt=moment).order_by()
    return rows.filter(**{COLUMN[digits]: place}) if digits in COLUMN else rows
