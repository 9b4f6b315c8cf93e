"""The city administrator's desk for people, posts and units."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ..asked import attempt, paged, sent, whole
from ..calendar.clock import today
from . import actions, queries
from .actor import ROLES
from .forms import Appointment, Reason, UnitForm
from .guards import staff
from .models import UNIT_KINDS, Post, Unit
from .rules import HELD_FOR

BOTH = ["GET", "HEAD", "POST"]


def _page_of(request: HttpRequest, rows: list) -> tuple[list, str]:
    """The rows of this page, and the query string of the next."""
    shown, older = paged(rows, queries.PAGE)
    if older is None:
        return shown, ""
    query = request.GET.copy()
    query["before"] = older
    return shown, "?" + query.urlencode()


def _before(request: HttpRequest) -> int | None:
    return whole(request.GET.get("before", ""))


# --- people and posts --------------------------------------------------------------------------


@staff("city_admin")
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """Who holds which post, newest first."""
    q = request.GET.get("q", "").strip()
    posts, older = _page_of(request, queries.posts_in(request.actor.place, q=q, before=_before(request)))
    shown = {"posts": posts, "older": older, "q": q, "standing": queries.standing, "ROLES": ROLES}
    return render(request, "people/desk_people.html", shown)


@staff("city_admin")
@require_safe
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """One account: posts, state of password and second factor, and what can be done about them."""
    shown = {
        "account": _account(request, pk),
        "link": request.session.pop(f"link:{pk}", ""),
        "form": Reason(),
        "standing": queries.standing,
        "ROLES": ROLES,
    }
    return render(request, "people/desk_person.html", shown)


def _account(request, pk: int) -> queries.Account:
    found = queries.account_of(pk, request.actor.place)
    if found is None:
        raise Http404
    return found


@staff("city_admin")
@require_http_methods(BOTH)
def appoint(request: HttpRequest) -> HttpResponse:
    """First find the room, unit or division the post is for; then the account and the dates."""
    role = request.GET.get("role", "")
    q = request.GET.get("q", "").strip()
    found = queries.options(HELD_FOR[role], q, request.actor.place) if role in HELD_FOR else []
    form = Appointment(sent(request), initial={"role": role, "username": request.GET.get("username", "")})
    made: list[Post] = []

    def carry_out(given):
        where, more = queries.at(given["where"]), {name: given[name] for name in ("since", "until", "title")}
        made.append(actions.appoint(given["username"], given["role"], where, **more, by=request.actor))

    if attempt(form, carry_out):
        return _appointed(request, made[0])
    shown = {"form": form, "found": found, "q": q, "role": role, "ROLES": ROLES, "HELD_FOR": HELD_FOR}
    return render(request, "people/desk_appoint.html", shown, status=422 if form.is_bound else 200)


def _appointed(request, post: Post) -> HttpResponse:
    """A new account gets its link at once."""
    messages.success(request, _("%(label)s已任命。") % {"label": post.label})
    if not post.person.has_usable_password():
        _hand_out(request, post.person)
    return redirect("desk_person", pk=post.person_id)


def _hand_out(request, person) -> None:
    """A link for the next page: whole, as it must be to be copied into a message."""
    link = actions.invite(person, by=request.actor)
    request.session[f"link:{person.pk}"] = request.build_absolute_uri(link)


@staff("city_admin")
@require_POST
def dismiss(request: HttpRequest, pk: int) -> HttpResponse:
    post = get_object_or_404(Post, pk=pk)
    form = Reason(request.POST)
    if not form.is_valid():
        messages.error(request, _("任期没有结束：请写明原因。"))
    elif _done(request, actions.dismiss, post, reason=form.cleaned_data["reason"]):
        begun = post.since <= today()
        messages.success(request, _("任期已结束，权限马上收回。") if begun else _("任命取消了，到时候不会上岗。"))
    return redirect("desk_person", pk=post.person_id)


@staff("city_admin")
@require_POST
def invite(request: HttpRequest, pk: int) -> HttpResponse:
    _hand_out(request, _account(request, pk).person)
    return redirect("desk_person", pk=pk)


@staff("city_admin")
@require_POST
def remove_factor(request: HttpRequest, pk: int) -> HttpResponse:
    account = _account(request, pk)
    form = Reason(request.POST)
    if not form.is_valid():
        messages.error(request, _("第二重验证没有解除：请写明怎样核实的本人身份。"))
    elif _done(request, actions.remove_second_factor, account.person, reason=form.cleaned_data["reason"]):
        _hand_out(request, account.person)
        messages.success(request, _("第二重验证已解除，请把新链接交给本人。"))
    return redirect("desk_person", pk=pk)


def _done(request, action, *args, **kwargs) -> bool:
    """Do a deed; what is wrong with the input goes onto the page."""
    try:
        action(*args, by=request.actor, **kwargs)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
        return False
    return True


# --- units -------------------------------------------------------------------------------------


@staff("city_admin")
@require_safe
def units(request: HttpRequest) -> HttpResponse:
    q = request.GET.get("q", "").strip()
    rows, older = _page_of(request, queries.units_in(request.actor.place, q=q, before=_before(request)))
    return render(
        request, "people/desk_units.html", {"units": rows, "older": older, "q": q, "UNIT_KINDS": UNIT_KINDS}
    )


@staff("city_admin")
@require_http_methods(BOTH)
def new_unit(request: HttpRequest) -> HttpResponse:
    return _unit_page(request, None, {"kind": "department"})


@staff("city_admin")
@require_http_methods(BOTH)
def unit(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Unit, pk=pk, place__startswith=request.actor.place)
    known = {"name": found.name, "kind": found.kind, "place": found.place, "phone": found.phone}
    return _unit_page(request, found, known)


def _unit_page(request, found: Unit | None, initial: dict) -> HttpResponse:
    form = UnitForm(sent(request), initial=initial, places=queries.unit_places(request.actor))
    if attempt(form, lambda fields: _save_unit(found, fields, request.actor)):
        messages.success(request, _("%(name)s已保存。") % {"name": form.cleaned_data["name"]})
        return redirect("desk_units")
    shown = {"form": form, "unit": found}
    return render(request, "people/desk_unit.html", shown, status=422 if form.is_bound else 200)


def _save_unit(found: Unit | None, fields: dict, by) -> Unit:
    return actions.change_unit(found, **fields, by=by) if found else actions.make_unit(**fields, by=by)
