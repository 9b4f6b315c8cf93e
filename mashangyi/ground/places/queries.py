"""What pages ask of places: the code that was scanned, the rooms of a division, the parts of a division."""

from django.db.models import Func, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.expressions import Star
from django.db.models.functions import Concat

from ..calendar.clock import today
from ..people.models import Post
from ..prepared import prepared
from . import codes
from .gazetteer import Found, Gazetteer, find_divisions, path_of
from .models import Alias, Code, Division, Room, Scans
from .naming import above, padded, past, path
from .scans import count_scan

PAGE = 20

__all__ = ["Found", "Gazetteer", "count_scan", "find_divisions", "path_of"]

# --- codes -------------------------------------------------------------------------------------


def code_typed(words: str) -> Code | None:
    """The code of what a person typed: six spoken digits, the short code, or the whole address."""
    typed = codes.typed(words)
    found = Code.objects.select_related("room")
    if codes.is_spoken(typed):
        return found.filter(Q(spoken=typed) | Q(short=typed)).order_by("revoked_at").first()
    return found.filter(short=typed).first() if codes.is_short(typed) else None


def code_to_report(room: Room) -> Code | None:
    """The code behind the button on a room's own page: the first living one for reporting to it."""
    return _living.first(room=room.pk)


@prepared
def _living(room):
    return Code.objects.filter(room=room, revoked_at=None, purpose="report", target="").order_by("id")[:1]


def codes_of(room: Room, *, before: int | None = None, limit: int = PAGE) -> list[Code]:
    """A room's codes, newest first, each with `scanned`: how often it was opened in all."""
    rows = Code.objects.filter(room=room).select_related("room")
    if before:
        rows = rows.filter(pk__lt=before)
    page = list(rows.order_by("-id")[:limit])
    counted = (
        Scans.objects.filter(code__in=page).values("code").annotate(n=Sum("count")).values_list("code", "n")
    )
    totals = dict(counted)
    for code in page:
        code.scanned = totals.get(code.pk, 0)
    return page


# --- rooms -------------------------------------------------------------------------------------


def room_of(pk: int) -> Room:
    """The room with its division, closed ones too. Raises Http404."""
    return _room.one(pk=pk)


@prepared
def _room(pk):
    return Room.objects.select_related("division").filter(pk=pk)


def rooms_in(
    prefix: str = "", *, name: str = "", after: Room | None = None, closed: bool = False
) -> list[Room]:
    """Rooms of a subtree in the order of their place, PAGE and one more; `after` is the last one seen."""
    rows = _within(Room.objects.select_related("division"), prefix)
    if not closed:
        rows = rows.filter(closed_on=None)
    if name:
        rows = rows.filter(name__contains=name)
    if after:
        rows = rows.filter(Q(place__gt=after.place) | Q(place=after.place, pk__gt=after.pk))
    return list(rows.order_by("place", "id")[: PAGE + 1])


def _within(rows: QuerySet, prefix: str) -> QuerySet:
    """Codes that begin with `prefix`, as a range: LIKE would not use the index."""
    bare = (above(prefix) or [""])[-1]
    return rows.filter(place__gte=bare, place__lt=past(bare)) if bare else rows


def with_paths(rooms: list[Room]) -> list[Room]:
    """The same rooms, each with `path`: "清江浦区 长西街道 长西社区"; one query for all."""
    wanted = {code for room in rooms for code in above(room.place)}
    names = dict(Division.objects.filter(code__in=wanted).values_list("code", "name"))
    for room in rooms:
        room.path = path(room.place, names)
    return rooms


def rooms_serving(code: str) -> list[Room]:
    """The open rooms of a division itself and of those above it, the nearest first."""
    places = [padded(upper) for upper in above(code)]
    rows = Room.objects.select_related("division").filter(place__in=places, closed_on=None)
    return list(rows.order_by("-place", "id")[:PAGE])


def room_count(codes: list[str]) -> dict[str, int]:
    """How many open rooms each of these divisions has, itself and below; one query."""
    rows = Division.objects.filter(code__in=codes).annotate(n=open_rooms())
    return dict.fromkeys(codes, 0) | dict(rows.values_list("code", "n"))


def open_rooms() -> Subquery:
    """For a query of divisions: how many open rooms lie in each, counted along the index by place."""
    end = Concat(OuterRef("code"), Value(past("")))  # as past() has it, of each row's own code
    inside = Room.objects.filter(closed_on=None, place__gte=OuterRef("code"), place__lt=end)
    return Subquery(inside.order_by().values(n=Func(Star(), function="COUNT", output_field=IntegerField())))


def staffed_by(room: Room) -> list[Post]:
    """Who convenes and keeps a room today, conveners first. What is public of a post is its label."""
    return [post for post in _keepers(room=room.pk) if post.holds_on(today())]


@prepared
def _keepers(room):
    return Post.objects.filter(room=room, role__in=["convener", "clerk"]).order_by("-role", "id")


# --- divisions ---------------------------------------------------------------------------------


def division_of(code: str) -> Division | None:
    """The division with exactly this code."""
    return _division.first(code=code)


@prepared
def _division(code):
    return Division.objects.filter(pk=code)


def parts_of(code: str) -> list[Division]:
    """The divisions one level below; a district's list has the towns that are its own by law only, too."""
    lawful = Q(level=9, official__startswith=code) if len(code) == 6 else Q(pk__in=[])
    return list(Division.objects.filter(Q(parent=code) | lawful).order_by("-legal", "code"))


def way_to(code: str) -> list[Division]:
    """The divisions from the city down to a code, itself the last."""
    found = Division.objects.in_bulk(above(code))
    return [found[c] for c in above(code) if c in found]


def aliases(*, after: int = 0) -> list[Alias]:
    rows = Alias.objects.select_related("division").filter(pk__gt=after)
    return list(rows.order_by("id")[: PAGE + 1])
