"""The map of the counties: outlines shaded by a figure, with its numbers written on it and a table beside it."""

import json
from functools import cache, lru_cache
from pathlib import Path

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

SHADES = 5


@cache
def _outlines() -> dict:
    return json.loads((Path(__file__).parent / "data/outlines.json").read_text(encoding="utf-8"))


def has_outlines(place: str) -> bool:
    """Is this a city whose counties are drawn?"""
    return any(each["code"][:4] == place for each in _outlines()["counties"])


def draw(parts, words: str) -> SafeString:
    """An SVG of the counties, darker where `topics` is larger; each a link to its own page."""
    return _drawn(get_language(), words, tuple((part.place, part.of("topics")) for part in parts))


# Drawn anew when one of its numbers is another.
@lru_cache(maxsize=32)
def _drawn(language: str, words: str, topics: tuple[tuple[str, int], ...]) -> SafeString:
    sheet, known = _outlines(), dict(topics)
    most = max(known.values(), default=0) or 1
    shapes = "".join(_county(each, known.get(each["code"], 0), most) for each in sheet["counties"])
    return mark_safe(  # noqa: S308 — names are escaped, the rest are numbers
        f'<svg class="map" role="group" aria-label="{escape(words)}" '
        f'viewBox="0 0 {sheet["width"]} {sheet["height"]}">{shapes}</svg>'
    )


def _county(shape: dict, n: int, most: int) -> str:
    shade = min(SHADES, 1 + n * SHADES // most) if n else 0
    words = escape(_("%(name)s：%(n)s 个议题") % {"name": shape["name"], "n": f"{n:,}"})
    return (
        f'<a href="/city/{shape["code"]}/"><title>{words}</title><path class="shade-{shade}" d="{shape["path"]}"/>'
        f'<text x="{shape["x"]}" y="{shape["y"]}">{escape(shape["name"])}</text>'
        f'<text class="n" x="{shape["x"]}" y="{shape["y"]}" dy="1.25em">{n:,}</text></a>'
    )
