"""The guard of every page: who may open it. A test finds a route without one."""

from functools import wraps
from urllib.parse import urlencode, urlsplit, urlunsplit

from django.http import HttpRequest
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from .actor import ANYONE, ROLES, Actor, label_words
from .law import No


def public(view):
    """Anyone may open this page."""
    view.guard = "public"
    return view


def staff(*roles: str):
    """Only someone acting in one of these posts; in any post when none is named."""
    unknown = set(roles) - set(ROLES)
    if unknown:
        raise ValueError(f"unknown roles {unknown}")

    def guarded(view):
        @wraps(view)
        def page(request: HttpRequest, *args, **kwargs):
            by: Actor = request.actor
            if not by.is_staff:
                return _shown_the_way(request)
            if roles and by.role not in roles:
                who = _("、").join(_(ROLES[role]) for role in roles)
                raise No(_("这一页给%(who)s用，您现在是%(label)s。") % {"who": who, "label": label_words(by.label)})
            return view(request, *args, **kwargs)

        page.guard = "staff:" + ",".join(roles)
        return page

    return guarded


def staff_account(view):
    """A member of staff who has signed in, whatever posts they hold: the pages of their own account."""

    @wraps(view)
    def page(request: HttpRequest, *args, **kwargs):
        if request.actor == ANYONE:
            return _to("/staff/login/", request)
        if not request.user.is_staff_member:
            raise No(_("您是用手机号登录的居民。工作人员请先退出，再用工作账号登录。"))
        return view(request, *args, **kwargs)

    page.guard = "staff_account"
    return page


def signed_in(view):
    """Anyone who has signed in, resident or staff."""

    @wraps(view)
    def page(request: HttpRequest, *args, **kwargs):
        if request.actor == ANYONE:
            return _to("/sign-in/", request)
        return view(request, *args, **kwargs)

    page.guard = "signed_in"
    return page


def _shown_the_way(request: HttpRequest):
    """To signing in, to the second factor, or a No that says what is missing."""
    if request.actor == ANYONE:
        return _to("/staff/login/", request)
    if getattr(request, "needs_second_factor", False):
        return redirect("mfa_activate_totp")
    if request.user.is_staff_member:
        raise No(_("您的账号现在没有在任的岗位。请联系市级管理员。"))
    raise No(_("这一页给工作人员用。您是用手机号登录的居民；工作人员请先退出，再用工作账号登录。"))


def _to(door: str, request: HttpRequest):
    over = {"over": "1"} if getattr(request, "day_is_over", False) else {}
    there = f"{door}?{urlencode({'next': page_behind(request), **over})}"
    if typed := typed_in(request):
        shown = {"door": there, "typed": typed, "files": bool(request.FILES)}
        return render(request, "people/not_sent.html", shown, status=403)
    return redirect(there)


def page_behind(request: HttpRequest) -> str:
    """The page that was asked for; of a form that was sent, the page it stood on, as far as the browser tells."""
    if request.method != "POST":
        return request.get_full_path()
    page = urlsplit(request.META.get("HTTP_REFERER", ""))
    ours = page.netloc == request.get_host()
    return urlunsplit(("", "", page.path, page.query, "")) if ours else "/"


def typed_in(request: HttpRequest) -> list[str]:
    """The words of a form that came too late, to be shown once more; what a form itself carries is plain ASCII."""
    fields = [name for name in request.POST if "password" not in name]
    said = [words.strip() for name in fields for words in request.POST.getlist(name)]
    return [words for words in said if " " in words or not words.isascii()]
