"""Cross-site protection: a token where there is a session, the browser's own word where there is none.

A visitor without a session has no authority that another site could borrow, so a public page needs
no cookie and no token and is the same for all (docs/decisions/csrf-where-there-is-a-session.md).
"""

from urllib.parse import urlsplit

from django.conf import settings
from django.middleware.csrf import CsrfViewMiddleware

SAFE_METHODS = {"GET", "HEAD", "OPTIONS", "TRACE"}


def has_session(request) -> bool:
    return settings.SESSION_COOKIE_NAME in request.COOKIES


def needs_token(request) -> bool:
    """Whether a form of this page carries the token: there is a session, or staff are about to make one."""
    return has_session(request) or request.path.startswith("/staff/")


class CsrfWhereThereIsASession(CsrfViewMiddleware):
    def process_view(self, request, callback, callback_args, callback_kwargs):
        if needs_token(request) or request.method in SAFE_METHODS:
            return super().process_view(request, callback, callback_args, callback_kwargs)
        if getattr(callback, "csrf_exempt", False) or _same_site(request):
            return self._accept(request)
        return self._reject(request, "the form was sent from another site")


def _same_site(request) -> bool:
    """What the browser says of where the form came from; an old browser that says nothing is believed.

    "null" is what a sandboxed frame or a file says: none of our pages is either.
    """
    site = request.META.get("HTTP_SEC_FETCH_SITE")
    if site:
        return site in {"same-origin", "none"}
    origin = request.META.get("HTTP_ORIGIN")
    return not origin or urlsplit(origin).netloc == request.get_host()
