"""The figures of a place, read from tallies: a fixed number of queries, however large the city."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import Substr
from django.http import Http404

from ...ground.calendar.clock import now, today
from ...ground.places.models import Division, Room
from ...ground.prepared import prepared
from ...stages.delivery.models import Task
from ...stages.intake.models import CHANNELS
from ...topic.lifecycle import FAMILIES, STATES
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
        return _percent(self.of("done:on_time"), self.due)

    @property
    def satisfied(self) -> float | None:
        """"Solved" ÷ judgements that count, in percent; None without any."""
        return _percent(self.of("judged:yes"), self.of("judged"))

    @property
    def responded(self) -> float | None:
        """Answered ÷ asked, in percent; None when nobody was asked."""
        return _percent(self.of("answered"), self.of("asked"))

    @property
    def silent(self) -> int:
        return self.of("asked") - self.of("answered")

    @property
    def reopened(self) -> float | None:
        """Opened again ÷ ended, in percent; None before anything ended."""
        return _percent(self.of("reopened"), self.of("ended"))

    def by_family(self) -> dict[str, int]:
        return {name: sum(self.of(f"state:{s.name}") for s in STATES.values() if s.family == name) for name in FAMILIES}

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


def _percent(part: int, whole: int) -> float | None:
    return round(100 * part / whole, 1) if whole > 0 else None


def path_to(place: str) -> list[Division]:
    """The divisions above a place and the place itself, the city first. Raises Http404 when there is none."""
    place = unpadded(place)
    path = _divisions(**{f"level_{n}": place[:n] for n in (4, 6, 9, 12) if n <= len(place)})
    if not path or path[-1].code != place:
        raise Http404
    return path


@prepared
def _divisions(**codes):
    return Division.objects.filter(code__in=list(codes.values())).order_by("code")


def unpadded(place: str) -> str:
    """The code without the zeros that fill it up: "320812004000" is the town 320812004."""
    if len(place) != 12:
        return place
    return place[:4] if place[4:] == "0" * 8 else place[:6] if place[6:] == "0" * 6 else place[:9] if place[9:] == "000" else place


def figures_of(place: Division) -> Figures:
    """The sums of one place, of all time and of this month."""
    found = Figures(place.code, place.name, _rooms(place.code), overdue_in(place.code).count())
    for figure, total, month in _sums(place=place.code, month=this_month()):
        found.sums[figure], found.month[figure] = total, month
    return found


@prepared
def _sums(place, month):
    recent = Sum("n", filter=Q(month__gte=month), default=0)
    return Tally.objects.filter(place=place).values_list("figure").annotate(total=Sum("n"), recent=recent)


def this_month() -> date:
    return today().replace(day=1)


def parts_of(place: Division) -> list[Figures]:
    """The figures of each part of a place, in the order of their codes; parts without a room or topic are left out."""
    digits = BELOW.get(len(place.code))
    if digits is None:
        return []
    parts = {code: Figures(code, name) for code, name in _below(parent=place.code)}
    for code, figure, n in _sums_below(parent=place.code):
        parts[code].sums[figure] = n
    for code, n in _rooms_below(digits, low=place.code, high=place.code + ":"):
        if code in parts:
            parts[code].rooms = n
    late = overdue_in(place.code).order_by().values_list(COLUMN[digits]).annotate(Count("id"))
    for code, n in late:
        if code in parts:
            parts[code].overdue = n
    return [part for part in parts.values() if part.rooms or part.sums]


@prepared
def _below(parent):
    return Division.objects.filter(parent=parent).order_by("code").values_list("code", "name")


@prepared
def _sums_below(parent):
    below = Division.objects.filter(parent=parent).values("code")
    rows = Tally.objects.filter(place__in=below, figure__in=PART_FIGURES)
    return rows.values_list("place", "figure").annotate(Sum("n"))


@prepared
def _rooms_below(digits, low, high):
    rows = Room.objects.filter(place__gte=low, place__lt=high, closed_on=None)
    return rows.annotate(part=Substr("place", 1, digits)).values_list("part").annotate(Count("id"))


PART_FIGURES = ("topics", "meetings", "state:resolved", "state:looked_back", "done", "done:on_time")
# By which column of a task a code of so many digits is found along an index.
COLUMN = {6: "county", 9: "town", 12: "place"}


def overdue_in(place: str) -> QuerySet[Task]:
    """Open tasks of a place whose date is past at this moment, the longest overdue first: an index has the open ones."""
    rows = Task.objects.filter(ended_at=None, due_at__lt=now())
    if len(place) in COLUMN:
        rows = rows.filter(**{COLUMN[len(place)]: place})
    return rows.order_by("due_at", "id")


def _rooms(place: str) -> int:
    return sum(n for _place, n in _rooms_below(len(place), low=place, high=place + ":"))
