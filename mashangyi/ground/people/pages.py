"""Pages for everyone: signing in by phone, signing out, and the law."""

from urllib.parse import urlencode

from django.contrib.auth import logout
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from . import actions, limits, phone_codes, queries
from .actor import ROLES
from .forms import Code, Phone
from .guards import public, signed_in
from .law import GROUPS, REACH
from .signin import enter

# --- signing in by phone -----------------------------------------------------------------------


@public
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """One page, two steps: the number, then the code. The second step's address carries a sealed ticket."""
    after = next_page(request, "/me/")
    if request.actor.person_id:
        return redirect(after)
    if request.method == "POST":
        step = (
            _check_code if "code" in request.POST else _send_again if "again" in request.POST else _send_code
        )
        return step(request, after)
    ticket = request.GET.get("t", "")
    return _code_page(request, ticket, after, Code()) if ticket else _phone_page(request, after, Phone())


def _send_code(request, after: str) -> HttpResponse:
    form = Phone(request.POST)
    if not form.is_valid():
        return _phone_page(request, after, form, status=422)
    return _sent(request, after, form.cleaned_data["phone"])


def _send_again(request, after: str) -> HttpResponse:
    try:
        phone = phone_codes.opened(request.POST.get("t", "")).phone
    except ValidationError as problem:
        return _phone_page(request, after, _with(Phone({}), problem), status=422)
    return _sent(request, after, phone)


def _sent(request, after: str, phone: str) -> HttpResponse:
    try:
        ticket = phone_codes.ask(phone, address=limits.address_of(request))
    except ValidationError as problem:
        return _phone_page(request, after, _with(Phone({"phone": phone}), problem), status=429)
    return redirect(f"{request.path}?{urlencode({'t': ticket, 'next': after})}")


def _check_code(request, after: str) -> HttpResponse:
    form, ticket = Code(request.POST), request.POST.get("t", "")
    if not form.is_valid():
        return _code_page(request, ticket, after, form, status=422)
    try:
        person = phone_codes.confirm(ticket, form.cleaned_data["code"], address=limits.address_of(request))
    except ValidationError as problem:
        if "phone" in problem.error_dict:
            return _phone_page(request, after, _with(Phone({}), problem), status=422)
        return _code_page(request, ticket, after, _with(form, problem), status=422)
    enter(request, person)
    return redirect(after)


def _with(form, problem: ValidationError):
    """A form that shows this problem and no other."""
    form.full_clean()
    form.errors.clear()
    form.add_error(None, problem)
    return form


def _phone_page(request, after: str, form, status: int = 200) -> HttpResponse:
    shown = {"form": form, "after": after, "arrives": phone_codes.arrives()}
    return render(request, "people/sign_in.html", shown, status=status)


def _code_page(request, sealed: str, after: str, form, status: int = 200) -> HttpResponse:
    try:
        ticket = phone_codes.opened(sealed)
    except ValidationError as problem:
        return _phone_page(request, after, _with(Phone({}), problem), status=422)
    shown = {"sealed": sealed, "masked": phone_codes.masked(ticket.phone), "shown": ticket.shown,
             "arrives": phone_codes.arrives()}  # fmt: skip
    return render(request, "people/sign_in_code.html", {"form": form, "after": after, **shown}, status=status)


@public
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    was_staff = request.actor.is_staff
    logout(request)
    return redirect("/staff/login/" if was_staff else "/")


@signed_in
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """A resident closes their account; they are told so on the home page of everybody."""
    actions.erase_account(request.user, by=request.actor)
    logout(request)
    return redirect("/?left=1")


def next_page(request: HttpRequest, default: str) -> str:
    """Where to go on: the `next` of the form or address when it is a page of ours, else `default`."""
    page = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(page, {request.get_host()}, require_https=request.is_secure())
    return page if page and safe else default


# --- the law -----------------------------------------------------------------------------------


@public
@require_safe
def law_page(request: HttpRequest) -> HttpResponse:
    """Who may do what, drawn from the table that the deeds ask."""
    return render(
        request,
        "people/law.html",
        {
            "everyone": queries.law_of_all(),
            "roles": queries.law_by_role(),
            "table": queries.law_table(),
            "ROLES": ROLES,
            "GROUPS": GROUPS,
            "REACH": REACH,
        },
    )
