"""The guard of every page: who may open it. A test finds a route without one."""

from functools import wraps

from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from .actor import ANYONE, ROLES, Actor
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
                return redirect(f"/staff/login/?next={request.get_full_path()}")
            if roles and by.role not in roles:
                who = _("、").join(_(ROLES[role]) for role in roles)
                raise No(_("这一页给%(who)s用，您现在是%(label)s。") % {"who": who, "label": by.label})
            return view(request, *args, **kwargs)

        page.guard = "staff:" + ",".join(roles)
        return page

    return guarded


def signed_in(view):
    """Anyone who has signed in, resident or staff."""

    @wraps(view)
    def page(request: HttpRequest, *args, **kwargs):
        if request.actor == ANYONE:
            return redirect(f"/sign-in/?next={request.get_full_path()}")
        return view(request, *args, **kwargs)

    page.guard = "signed_in"
    return page
