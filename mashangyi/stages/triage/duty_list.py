"""The duty list of one place, as its page shows it: every category, and whose duty it is there."""

from dataclasses import dataclass

from django.db.models import Q

from ...ground.places.models import Division
from ...ground.places.naming import above, past
from ...topic.models import Category
from .models import DutyRow


@dataclass(frozen=True)
class Line:
    """One category: `own` is what was entered for this very place, `said` what counts here, from wherever it comes."""

    category: Category
    group: str
    own: DutyRow | None
    said: DutyRow | None

    @property
    def is_group(self) -> bool:
        return "/" not in self.category.path

    @property
    def of_group(self) -> bool:
        """Whether it is only the row of its group that counts."""
        return bool(self.said and self.said.category_id != self.category.path)

    def speaks_of(self, words: str) -> bool:
        return (
            words in self.category.label
            or words in self.group
            or bool(self.said and words in self.said.unit.name)
        )


def lines(place: str) -> list[Line]:
    """Every category in the order of the scheme; two queries. What counts is found as the triage screen finds it:
    the nearest row of the category itself, else the nearest row of its group (queries.duty_of)."""
    scheme = list(Category.objects.order_by("order", "path"))
    names = {each.path: each.label for each in scheme}
    rows = DutyRow.objects.filter(place__in=above(place)).select_related("unit").order_by("place")
    nearest = {row.category_id: row for row in rows}
    return [_line(each, names, nearest, place) for each in scheme]


def _line(category: Category, names: dict, nearest: dict[str, DutyRow], place: str) -> Line:
    head = category.path.partition("/")[0]
    mine = nearest.get(category.path)
    own = mine if mine and mine.place == place else None
    return Line(category, names.get(head, head), own, mine or nearest.get(head))


def names_above(place: str) -> dict[str, str]:
    """The names of a place and of those above it, by code."""
    return dict(Division.objects.filter(pk__in=above(place)).values_list("code", "name"))


def is_empty(place: str) -> bool:
    """Whether nothing was entered for a place, for one above it, or for one in it."""
    here = Q(place__in=above(place)) | Q(place__gte=place, place__lt=past(place))
    return not DutyRow.objects.filter(here).exists()
