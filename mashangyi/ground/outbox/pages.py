"""My notices: what happened, and how I want to be told."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from ..asked import paged, whole
from ..people.guards import signed_in
from ..people.phone_codes import arrives
from . import actions, queries
from .forms import WishForm, initial
from .recipients import of_actor


@signed_in
@require_GET
def notices(request: HttpRequest) -> HttpResponse:
    return _page(request, WishForm(initial=initial(queries.wish_of(of_actor(request.actor)))))


@signed_in
@require_POST
def seen(request: HttpRequest) -> HttpResponse:
    actions.mark_seen(whole(request.POST.get("up_to")) or 0, by=request.actor)
    return redirect("outbox:notices")


@signed_in
@require_POST
def wishes(request: HttpRequest) -> HttpResponse:
    form = WishForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    carriers = [] if form.cleaned_data["phone"] else ["page"]
    actions.wish(carriers=carriers, when=form.cleaned_data["when"], language=get_language(), by=request.actor)
    messages.success(request, _("记下了，从现在起就这样通知您。"))
    return redirect("outbox:notices")


def _page(request: HttpRequest, form: WishForm, status: int = 200) -> HttpResponse:
    before = whole(request.GET.get("before"))
    shown, older = paged(queries.newest(of_actor(request.actor), before=before or None), queries.PAGE)
    context = {
        "notices": shown,
        "older": f"?before={older}" if older else "",
        "newer": request.path if before else "",
        "waiting": queries.unseen(request.actor),
        "form": form,
        "texts": arrives(),
    }
    page = "outbox/desk.html" if request.actor.is_staff else "outbox/notices.html"
    return render(request, page, context, status=status)
