"""The duty list at the administrator's desk: who is in charge of what, place by place."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ....ground.asked import attempt, sent
from ....ground.people import law
from ....ground.people.guards import staff
from ....ground.people.queries import unit_places, units_over
from .. import actions, duty_list
from ..forms import Duties
from ..models import DutyRow

MISSING = "missing"


@staff("city_admin")
@require_safe
def duties(request):
    """Every category with the unit in charge of it in one place, and those that have none."""
    places, place = _places(request)
    found, q = duty_list.lines(place), request.GET.get("q", "").strip()[:40]
    missing = [line for line in found if not line.said]
    only = request.GET.get("show") == MISSING
    shown = [line for line in (missing if only else found) if line.speaks_of(q)]
    return render(request, "triage/duties.html", {
        "lines": shown, "place": place, "places": places, "names": duty_list.names_above(place),
        "q": q, "only": only, "tabs": _tabs(place, q, len(found), len(missing), only),
    })  # fmt: skip


def _places(request) -> tuple[dict[str, str], str]:
    """The places this administrator reaches, and the one that is asked for: their own when none is named."""
    place = request.GET.get("place", "") or request.actor.place
    law.demand(request.actor, "triage.set_duty", law.Within(place))
    places = dict(unit_places(request.actor))
    if place not in places:
        raise Http404
    return places, place


def _tabs(place: str, q: str, all_of_them: int, missing: int, only: bool) -> list[tuple]:
    return [
        (_address(place, q=q), _("全部"), all_of_them, not only),
        (_address(place, q=q, show=MISSING), _("还没有单位"), missing, only),
    ]


def _address(place: str, **more: str) -> str:
    query = {"place": place, **{name: value for name, value in more.items() if value}}
    return f"{reverse('triage:duties')}?{urlencode(query)}"


@staff("city_admin")
@require_http_methods(["GET", "HEAD", "POST"])
def set_duties(request):
    """Put one unit in charge of one category or several, in the place that is named."""
    places, place = _places(request)
    found = duty_list.lines(place)
    form = Duties(sent(request), units=units_over(place), lines=found, initial=_known(request, found))

    def enter(given):
        actions.set_duties(place, given["categories"], given["unit"], by=request.actor)

    if attempt(form, enter):
        given = form.cleaned_data
        words = _("%(n)s 类归%(unit)s了。") % {"n": len(given["categories"]), "unit": given["unit"].name}
        messages.success(request, words)
        return redirect(_address(place))
    shown = {
        "form": form,
        "place": place,
        "places": places,
        "chosen": set(form["categories"].value() or []),
        "lines": found,
    }
    return render(request, "triage/duties_set.html", shown, status=422 if form.is_bound else 200)


def _known(request, found: list) -> dict:
    """The category one came with, and the unit that has it."""
    path = request.GET.get("category", "")
    line = next((line for line in found if line.category.path == path), None)
    return {"categories": [path], "unit": line.said.unit_id if line.said else None} if line else {}


@staff("city_admin")
@require_POST
def drop(request, pk: int):
    """Take one row off, and back to the list of its place."""
    row = get_object_or_404(DutyRow.objects.select_related("category", "unit"), pk=pk)
    actions.drop_duty(row, by=request.actor)
    words = _("“%(name)s”不再归%(unit)s。") % {"name": row.category.label, "unit": row.unit.name}
    messages.success(request, words)
    return redirect(_address(row.place))
