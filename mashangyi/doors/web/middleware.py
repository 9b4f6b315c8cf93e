"""What happens around every page: language, who acts, headers, and answers in plain words."""

from django.conf import settings
from django.contrib.messages.middleware import MessageMiddleware
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import is_valid_path
from django.utils import translation

from mashangyi.ground.looks import is_elder, language_of, theme_of
from mashangyi.ground.people import law
from mashangyi.ground.people.actor import ANYONE
from mashangyi.ground.people.guards import page_behind, typed_in
from mashangyi.ground.people.signin import acting_as
from mashangyi.topic.lifecycle import Conflict

from .csrf import SAFE_METHODS, has_session, needs_token

CSP = (
    "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; script-src 'self';"
    " media-src 'self' blob:; frame-ancestors 'none'; base-uri 'self'; form-action 'self'; object-src 'none'"
)


def language(get_response):
    """How the visitor wants pages: in Chinese unless they chose English, or their phone asks for English
    and no Chinese; large or not; light or dark. Comes first, so that even bad luck is told their way.
    """

    def middleware(request):
        accepted = request.META.get("HTTP_ACCEPT_LANGUAGE", "")
        chosen = language_of(request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, ""), accepted)
        request.elder = is_elder(request.COOKIES.get("elder"))
        request.theme = theme_of(request.COOKIES.get("theme"))
        request.actor = ANYONE
        with translation.override(chosen):
            request.LANGUAGE_CODE = chosen
            return get_response(request)

    return middleware


class MessagesWhereUsed(MessageMiddleware):
    """Django's messages, only where somebody has a session, makes one or sends something: whoever only
    reads has nothing to be told."""

    def process_request(self, request):
        if needs_token(request) or request.method not in SAFE_METHODS:
            super().process_request(request)

    def process_response(self, request, response):
        return super().process_response(request, response) if hasattr(request, "_messages") else response


def acting(get_response):
    """`request.actor`: the person and the post they act in; anyone at all without a session."""

    def middleware(request):
        request.actor = acting_as(request) if has_session(request) else ANYONE
        return get_response(request)

    return middleware


def headers(get_response):
    """Outermost, so that no answer goes without: a refused host and an error of the program neither."""

    def middleware(request):
        response = get_response(request)
        response.setdefault("Content-Security-Policy", CSP)
        response.setdefault("X-Frame-Options", settings.X_FRAME_OPTIONS)  # for browsers older than the above
        response.setdefault("Permissions-Policy", "geolocation=(self), camera=(self), microphone=(self)")
        if "Cache-Control" not in response:
            response["Cache-Control"] = "private, no-store"
        return response

    return middleware


def _refused(request, kind: str, reason: str, status: int):
    """What was not done, and why. The page it stood on is drawn anew when one goes back, without what was typed there:
    so that is shown here once more."""
    form = {"typed": typed_in(request), "behind": page_behind(request)} if request.method == "POST" else {}
    return render(request, "answer.html", {"kind": kind, "reason": reason, **form}, status=status)


def _page_above(path: str) -> str:
    """The nearest page above an address that only takes what is sent: whoever asks for it wants that page."""
    while path != "/":
        path = path.rstrip("/").rpartition("/")[0] + "/"
        if is_valid_path(path):
            return path
    return path


class answers:  # noqa: N801 — reads as a middleware function in settings
    """Turns a No, a Conflict and a missing page into a page that says what to do."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if "\0" in request.path_info:  # no page of ours leads there
            return render(request, "answer.html", {"kind": "missing", "reason": ""}, status=400)
        if "%00" in request.META.get("QUERY_STRING", ""):  # nobody can type it, and PostgreSQL does not take it
            request.META["QUERY_STRING"] = request.META["QUERY_STRING"].replace("%00", "+")
        response = self.get_response(request)
        if response.status_code == 405 and request.method == "GET" and "text/html" in request.headers.get("Accept", ""):
            return redirect(_page_above(request.path_info))
        return response

    def process_exception(self, request, problem):
        if isinstance(problem, law.No):
            status = getattr(problem, "status", 403)
            return _refused(request, "no", problem.reason, status)
        if isinstance(problem, Conflict):
            return _refused(request, "conflict", str(problem), 409)
        if isinstance(problem, Http404):
            return render(request, "answer.html", {"kind": "missing", "reason": ""}, status=404)
        return None
