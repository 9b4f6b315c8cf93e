"""What is printed from a code, at its real size (mm): door plate, poster, lift card, table card, fan.

Each is an SVG drawn by a template in templates/rooms/prints/; the words on it are Chinese, as on the door,
whatever language the administrator reads.
"""

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import translation
from markupsafe import Markup

from mashangyi.config.environment import read
from mashangyi.ground.asked import whole
from mashangyi.ground.places.models import Code, Room
from mashangyi.ground.places.queries import with_paths

from .qr import Square

MOST = 100
XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
_ROOM_WORDS = "协商议事室"
_ONE_LINE = 8


@dataclass(frozen=True)
class Sheet:
    """Width and height in millimetres of a printed item, and of the whole of it in one word."""

    width: int
    height: int


SHEETS = {
    "door_plate": Sheet(300, 200),
    "poster": Sheet(297, 420),
    "lift_card": Sheet(105, 148),
    "table_card": Sheet(148, 210),
    "fan": Sheet(200, 200),
    "screen": Sheet(100, 100),
}


# What a printed item calls out, in two lines, by what its code is for. "report" has a call on each item.
CALLS = {
    "suggest": ("有什么好主意，", "扫一扫就能提。"),
    "deliberate": ("大家的事，", "扫一扫，来商量。"),
    "check": ("办到哪一步，", "扫一扫就能查。"),
    "judge": ("办得好不好，", "扫一扫，您来评。"),
    "sign_in": ("您来开会，", "扫一扫，先签到。"),
}


@dataclass(frozen=True)
class Printed:
    """Everything a template writes: the code, where it belongs, and the square to scan."""

    code: Code
    item: str
    address: str

    @property
    def room(self) -> Room:
        return self.code.room

    @property
    def sheet(self) -> Sheet:
        return SHEETS[self.item]

    def call(self, *lines: str) -> tuple[str, ...]:
        """The two lines that say what scanning does; `lines` are those of this item for reporting."""
        return CALLS.get(self.code.purpose, lines)

    @cached_property
    def square(self) -> Square:
        return Square.of(f"{self.address}/s/{self.code.short}/")

    @property
    def short_address(self) -> str:
        """What is typed by hand: no scheme, no slash at the end."""
        return f"{self.host}/s/{self.code.short}"

    @property
    def host(self) -> str:
        return urlsplit(self.address).netloc

    @property
    def above(self) -> str:
        """The county and town over the room's own name: "清江浦区 长西街道"."""
        names = self.room.path.split()
        return " ".join(names[:-1] or names)

    @property
    def lines(self) -> list[str]:
        """The room's name in two lines where it has two parts: 长西社区 / 协商议事室."""
        name = self.room.name
        cut = name.find(_ROOM_WORDS)
        if cut < 1 and len(name) > _ONE_LINE:
            cut = (len(name) + 1) // 2
        return [name[:cut], name[cut:]] if cut > 0 else [name]


def wide(words: str) -> float:
    """How wide words are, in type sizes: a Chinese character is 1, a Latin one a little over half."""
    return sum(1.0 if ord(letter) > 0x2E7F else 0.58 for letter in words)


def fit(words: str, width: float, largest: float) -> float:
    """The type size (mm) at which words fill `width` mm at most, and are no larger than `largest`."""
    return round(min(largest, width / max(wide(words), 1)), 2)


def chosen(room: Room, item: str, ids: list[str], after: int = 0) -> list[Code]:
    """The room's living codes to print: those that were ticked, else those of one item, else all; MOST and one more."""
    codes = Code.objects.filter(room=room, revoked_at=None, pk__gt=after).select_related("room")
    wanted = [pk for pk in map(whole, ids) if pk]
    if wanted:
        codes = codes.filter(pk__in=wanted)
    elif item:
        codes = codes.filter(item=item)
    else:
        codes = codes.exclude(item="screen")
    return list(codes.order_by("id")[: MOST + 1])


def kinds(room: Room) -> list[str]:
    """The items of which the room has living codes to hang up, in the order of the table."""
    living = Code.objects.filter(room=room, revoked_at=None).exclude(item="screen")
    found = set(living.values_list("item", flat=True).order_by().distinct())
    return [item for item in SHEETS if item in found]


def sheets(codes: list[Code], address: str, item: str = "") -> list[tuple[Code, str, Markup]]:
    """(code, item, drawing) of each code as what it is for, or as `item`, with its path read once."""
    with_paths([code.room for code in codes])
    kinds = [item if item in SHEETS else code.item for code in codes]
    return [
        (code, kind, _draw(Printed(code, kind, address))) for code, kind in zip(codes, kinds, strict=True)
    ]


def drawn(code: Code, item: str, address: str) -> Markup:
    with_paths([code.room])
    return _draw(Printed(code, item, address))


def _draw(printed: Printed) -> Markup:
    with translation.override("zh-hans"):
        svg = render_to_string(f"rooms/prints/{printed.item}.svg", {"p": printed, "fit": fit, "wide": wide})
    return Markup(svg.strip())  # noqa: S704 — our own template, which escapes


def public_address(request: HttpRequest) -> str:
    """The address that printed codes lead to, without a slash at its end."""
    return (read("MASHANGYI_ADDRESS") or request.build_absolute_uri("/")).rstrip("/")


def is_local(request: HttpRequest) -> bool:
    """Would a phone in the street fail to open what is printed now?"""
    host = urlsplit(public_address(request)).hostname or ""
    return host in {"localhost", "testserver"} or host.startswith(("127.", "10.", "192.168."))
