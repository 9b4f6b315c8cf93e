"""The city's own days off and working days."""

from datetime import date

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ..asked import attempt, sent
from ..people import law
from ..people.guards import staff
from . import actions
from .clock import today
from .forms import DayForm
from .models import DayOff


@staff("city_admin")
@require_http_methods(["GET", "HEAD", "POST"])
def days(request: HttpRequest) -> HttpResponse:
    form = DayForm(sent(request))

    def set_day(given):
        working = given["kind"] == "work"
        actions.set_day(given["day"], working=working, reason=given["reason"], by=request.actor)

    if attempt(form, set_day):
        messages.success(request, _("定好了，从现在起新开始的时限都照这样算。"))
        return redirect("calendar:days")
    coming = DayOff.objects.filter(day__gte=today())[:100]
    may = law.may(request.actor, "calendar.day_off", law.Within(settings.CITY))
    status = 422 if form.is_bound else 200
    return render(request, "calendar/days.html", {"form": form, "days": coming, "may": may}, status=status)


@staff("city_admin")
@require_POST
def drop(request: HttpRequest, day: str) -> HttpResponse:
    try:
        actions.drop_day(date.fromisoformat(day), by=request.actor)
    except ValueError:
        raise Http404 from None
    return redirect("calendar:days")
