"""The inbox: which messages lie before a clerk, due first, on which shelf, narrowed by what."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, Substr

from ...ground.asked import whole
from ...ground.calendar.clock import now
from ...ground.places.naming import past
from ...ground.prepared import prepared
from ...topic import numbers
from ...topic.models import Topic
from ..intake.models import Report
from . import rules

PAGE = 30

# The shelves of the inbox: name -> stage and state along which the index is read.
SHELVES = {
    "received": ("triage", "received"),
    "verifying": ("triage", "verifying"),
    "needs_information": ("triage", "needs_information"),
    "transferred": ("delivery", "transferred"),
}


@dataclass(frozen=True)
class Wanted:
    """What the clerk looks at: which shelf, narrowed by what; `after` is the last row of the page before."""

    shelf: str = "received"
    channel: str = ""
    category: str = ""
    overdue: bool = False
    words: str = ""
    after: str = ""


class Line(NamedTuple):
    """A topic as one line of the inbox; `said` is how its first report begins, `channel` how that came."""

    pk: int
    title: str
    state: str
    pressing: bool
    reports_count: int
    due_at: datetime | None
    created_at: datetime
    said: str | None
    channel: str | None

    @property
    def number(self) -> str:
        return numbers.number("Y", self.pk, self.created_at)

    @property
    def words(self) -> str:
        """Its title, or while it has none what was said, without anyone's details."""
        return self.title or rules.heading(self.said or "") or self.number

    @property
    def speaks_of_danger(self) -> bool:
        """Whether its beginning speaks of danger to life, marked as urgent or not."""
        return bool(rules.numbers_to_call(self.said or ""))

    @property
    def tone(self) -> str:
        return rules.tone(self.due_at)


def inbox(actor, wanted: Wanted, limit: int = PAGE + 1) -> list[Line]:
    """What lies in the inbox, due first; unless told otherwise, one page and one more."""
    if wanted == Wanted(wanted.shelf):
        return [Line._make(row) for row in _pile(limit, **_shelf(actor, wanted.shelf))]
    rows = Topic.objects.filter(**_shelf(actor, wanted.shelf))
    return [Line._make(row) for row in _begun(_narrowed(rows, wanted), limit)]


def of_post(actor) -> dict:
    """The topics a post sorts: those of its room, or of all rooms in its place."""
    if actor.room_id:
        return {"room": actor.room_id}
    return {"place__gte": actor.place, "place__lt": past(actor.place)}


def _shelf(actor, name: str) -> dict:
    stage, state = SHELVES[name]
    return of_post(actor) | {"stage": stage, "state": state}


@prepared
def _pile(limit, **shelf):
    return _begun(Topic.objects.filter(**shelf), limit)


def _begun(rows: QuerySet[Topic], limit: int) -> QuerySet:
    """The beginning of a list as the fields of lines."""
    first = Report.objects.filter(topic=OuterRef("pk")).order_by("id")
    rows = rows.annotate(
        pressing=Case(When(Q(urgent=True) | Q(hazard=True), then=True), default=False),
        said=Subquery(first.annotate(start=Substr("words", 1, 80)).values("start")[:1]),
        channel=Subquery(first.values("channel")[:1]),
    )
    return rows.order_by("due_at", "id").values_list(*Line._fields)[:limit]


def _narrowed(rows: QuerySet[Topic], wanted: Wanted) -> QuerySet[Topic]:
    reports = Report.objects.filter(topic=OuterRef("pk"))
    if wanted.channel:
        rows = rows.filter(Exists(reports.filter(channel=wanted.channel)))
    if wanted.category:
        rows = rows.filter(category__path__startswith=wanted.category)
    if wanted.overdue:
        rows = rows.filter(due_at__lt=now())
    if wanted.words:
        rows = rows.filter(_matching(wanted.words, reports))
    if wanted.after:
        due, pk = place_in_list(wanted.after)
        rows = rows.filter(Q(due_at__gt=due) | Q(due_at=due, pk__gt=pk))
    return rows


def _matching(words: str, reports) -> Q:
    """Topics in whose own words, or in what was said of them, these words occur."""
    told = reports.filter(Q(words__contains=words) | Q(spot__contains=words) | Q(external_id=words))
    return Q(title__contains=words) | Q(spot__contains=words) | Exists(told)


def named(words: str) -> Topic | None:
    """The topic that a typed number names: its own, or that of one of its reports; None for other words."""
    for kind in numbers.KINDS:
        try:
            serial = numbers.serial(kind, words)
        except ValueError:
            continue
        by = {"pk": serial} if kind == "Y" else {"reports": serial}
        return Topic.objects.filter(**by).first()
    return None


def mark_of(topic: Line) -> str:
    """Where a topic stands in the list, as text for an address: its due moment in microseconds and its id."""
    return f"{round(topic.due_at.timestamp() * 1_000_000)}-{topic.pk}"


def place_in_list(mark: str) -> tuple[datetime, int]:
    """The moment and id of `mark_of`; the beginning of the list for a text that is none."""
    due, _dash, pk = mark.partition("-")
    moment, serial = whole(due[:17]), whole(pk)
    if moment is None or serial is None:
        return datetime.fromtimestamp(0, UTC), 0
    return datetime.fromtimestamp(moment / 1_000_000, UTC), serial


def shelf_counts(actor) -> dict[str, int]:
    """How many topics stand on each shelf of this post."""
    states = [state for _stage, state in SHELVES.values()]
    rows = Topic.objects.filter(
        **of_post(actor), stage__in=["triage", "delivery"], state__in=states
    ).order_by()
    counted = dict(rows.values("state").annotate(n=Count("pk")).values_list("state", "n"))
    return {name: counted.get(state, 0) for name, (_stage, state) in SHELVES.items()}


def shelf_sizes(post: dict) -> dict[str, Subquery]:
    """The same as columns `on_received`, …, for a query that is made anyway."""
    found = {}
    for name, (stage, state) in SHELVES.items():
        shelf = Topic.objects.filter(**post, stage=stage, state=state)
        rows = shelf.order_by().annotate(all=Value(1)).values("all")
        found[f"on_{name}"] = Coalesce(Subquery(rows.annotate(n=Count("pk")).values("n")), 0)
    return found


def sizes_beside(topic: Topic) -> dict[str, int]:
    """The sizes of the shelves, as they were read with a message."""
    return {name: getattr(topic, f"on_{name}") for name in SHELVES}


def next_on(actor, shelf: str, topic: Topic) -> Topic | None:
    """The message of a shelf that is due next, other than `topic`."""
    rows = Topic.objects.filter(**_shelf(actor, shelf)).exclude(pk=topic.pk)
    return rows.order_by("due_at", "id").first()
