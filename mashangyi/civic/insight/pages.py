"""The city page, for every level from the city to the village."""

from django.shortcuts import render
from django.utils.translation import gettext as _

from ...ground.journal.freshness import fresh
from ...ground.people.guards import public
from ...topic.lifecycle import STATES
from . import queries
from .map import draw

CITY = "3208"


@public
@fresh("tallies")
def city(request, place: str = CITY):
    """The figures of a place with their denominators, each a link to its list."""
    path = queries.path_to(place)
    here = path[-1]
    parts, figures = queries.parts_of(here), queries.figures_of(here)
    return render(request, "insight/city.html", {
        "here": here,
        "path": path,
        "all": figures,
        "parts": parts,
        "channel_rows": [(_(label), n, "") for label, n in figures.by_channel()],
        "outcome_rows": [(_(STATES[name].label), n, STATES[name].tone) for name, n in figures.by_outcome()],
        "day_rows": [(_(STATES[name].label), days) for name, days in figures.median_days()],
        "map": draw(parts, _("议题在哪里")) if place == CITY else "",
    })  # fmt: skip
