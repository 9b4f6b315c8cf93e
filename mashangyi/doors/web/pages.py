"""The pages that belong to no stage: home, the way a page is shown, the living components, and bad luck."""

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django.views.defaults import bad_request

from mashangyi.ground.people.guards import public
from mashangyi.ground.people.pages import next_page

from . import samples
from .jinja import static

YEAR = 60 * 60 * 24 * 365
# What a visitor may choose about how pages are shown: cookie and allowed values.
CHOICES = {
    "language": (settings.LANGUAGE_COOKIE_NAME, {"zh-hans", "en"}),
    "elder": ("elder", {"0", "1"}),
    "theme": ("theme", {"auto", "light", "dark"}),
}


@public
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "home.html")


@public
@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Some browsers ask for this address whatever the page says."""
    return redirect(static("mark.svg"), permanent=True)


@public
@require_POST
def prefs(request: HttpRequest) -> HttpResponse:
    """Keep the choices in cookies and go back to the page where they were made."""
    response = redirect(next_page(request, "/"))
    for field, (cookie, allowed) in CHOICES.items():
        chosen = request.POST.get(field)
        if chosen in allowed:
            response.set_cookie(cookie, chosen, max_age=YEAR, samesite="Lax", secure=settings.HTTPS)
    return response


@public
@require_safe
def components(request: HttpRequest) -> HttpResponse:
    """Every macro in every variant: what the visual language has to say."""
    return render(request, "living.html", samples.everything(request))


TOO_MUCH = (TooManyFilesSent, TooManyFieldsSent, RequestDataTooBig)

# --- bad luck --------------------------------------------------------------------------------


def missing(request, exception=None) -> HttpResponse:
    return render(request, "answer.html", {"kind": "missing", "reason": ""}, status=404)


def unread(request, exception=None) -> HttpResponse:
    """A request that was refused before it was read. More files or words than a form sends are told in words; of
    anything else, such as a host that is not ours, nothing is known that a page could be drawn with."""
    if isinstance(exception, TOO_MUCH):
        return render(request, "answer.html", {"kind": "large", "reason": ""}, status=413)
    return bad_request(request, exception)


def problem(request) -> HttpResponse:
    return render(request, "answer.html", {"kind": "problem", "reason": ""}, status=500)


def refused(request, exception=None) -> HttpResponse:
    return render(request, "answer.html", {"kind": "no", "reason": ""}, status=403)


def from_elsewhere(request, reason="") -> HttpResponse:
    """A form that did not come from our own page, or whose page has been open for too long."""
    words = _("这张表单过期了，或者不是从本站打开的。请回到原来的页面，刷新后再交一次。")
    return render(request, "answer.html", {"kind": "no", "reason": words}, status=403)
