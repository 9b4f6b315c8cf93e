"""What the page of rooms shows for the words that were typed or the place that was chosen."""

from dataclasses import dataclass, field

from django.conf import settings

from mashangyi.ground.asked import paged, whole
from mashangyi.ground.places import queries as places
from mashangyi.ground.places.models import Division, Room
from mashangyi.ground.places.queries import PAGE, Found


@dataclass
class View:
    """One state of the page. `asks` are the places the words may mean; with one only, it is `here`."""

    words: str = ""
    asks: list[tuple[Found, int]] = field(default_factory=list)
    way: list[Division] = field(default_factory=list)
    parts: list[tuple[Division, int]] = field(default_factory=list)
    rooms: list[Room] = field(default_factory=list)
    next: int | None = None
    nearby: list[Room] = field(default_factory=list)

    @property
    def here(self) -> Division | None:
        return self.way[-1] if self.way else None


def look_for(words: str, place: str = "", after: str = "", *, closed: bool = False) -> View:
    """Rooms by words, by place, or both: a place that was chosen stands above the words that led to it."""
    words = words.strip()[:60]
    if words and not place:
        return _by_words(words, closed)
    return _of_place(words, place, after, closed)


def _by_words(words: str, closed: bool) -> View:
    """A place when the words mean one only; else all the places they may mean, and the rooms called so."""
    found = places.find_divisions(words)
    if len(found) == 1:
        return _of_place(words, found[0].code, "", closed)
    counts = places.room_count([f.code for f in found])
    named = places.with_paths(places.rooms_in(name=words, closed=closed)[:PAGE])
    return View(words=words, asks=[(f, counts[f.code]) for f in found], rooms=named)


def _of_place(words: str, place: str, after: str, closed: bool) -> View:
    way = places.way_to(place or settings.CITY) or places.way_to(settings.CITY)
    here = way[-1].code if way else settings.CITY
    parts = places.parts_of(here)
    counts = places.room_count([part.code for part in parts])
    rooms, following = _page(here, after, closed)
    return View(
        words=words, way=way, parts=[(part, counts[part.code]) for part in parts],
        rooms=rooms, next=following,
        nearby=[] if rooms else places.with_paths(places.rooms_serving(here)),
    )  # fmt: skip


def _page(here: str, after: str, closed: bool) -> tuple[list[Room], int | None]:
    last = Room.objects.filter(pk=whole(after)).first() if after else None
    page, following = paged(places.rooms_in(here, after=last, closed=closed), PAGE)
    return places.with_paths(page), following
