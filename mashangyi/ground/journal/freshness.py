"""A public page is a function of the journal: the last entry that touches it is its version.

`@fresh("room:{room_id}")` marks a page; the version is read before the page is drawn, so a page can be
older than it says only in the direction that makes it be drawn again.
"""

from functools import wraps

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils.http import quote_etag

from ..calendar.clock import now

# Wording such as "3 hours left" changes without a deed; a page is drawn anew at least this often.
SECONDS = 60
LARGEST_ID = 2**63 - 1  # what an address names beyond it is no row; the databases would not take it


# One row along an index each; written out because every public page asks one of them, and the front past Django.
LATEST = {
    "city": "SELECT seq FROM journal_chain WHERE city = %s",
    "tallies": "SELECT seq FROM journal_cursor WHERE reader = %s",
    "room": "SELECT seq FROM journal_entry WHERE room = %s ORDER BY seq DESC LIMIT 1",
    "topic": "SELECT seq FROM journal_entry WHERE topic = %s ORDER BY seq DESC LIMIT 1",
}


def question(scope: str) -> tuple[str, list]:
    """The SQL, and its values, that ask for the last entry of "city", "tallies", "room:3" or "topic:12"."""
    kind, _colon, number = scope.partition(":")
    return LATEST[kind], [{"city": settings.CITY, "tallies": "tallies"}.get(kind) or min(int(number), LARGEST_ID)]


def version(scope: str) -> str:
    """The version of a scope now: the number of the last entry that touches it, "0" before there is one."""
    with connection.cursor() as cursor:
        cursor.execute(*question(scope))
        row = cursor.fetchone()
    return str(row[0] if row else 0)


def fresh(scope: str):
    """Guard decorator for public pages: `scope` may use the view's arguments ("room:{room_id}") or be
    a function of the request and them."""

    def marked(view):
        @wraps(view)
        def page(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            own = request.actor.person_id or request.COOKIES.get("sessionid")
            if own or request.method not in {"GET", "HEAD"}:
                return view(request, *args, **kwargs)
            name = scope(request, **kwargs) if callable(scope) else scope.format(**kwargs)
            request.journal_version = version(name)
            stamp = f"{request.journal_version}-{int(now().timestamp()) // SECONDS}"
            return _answer(request, view(request, *args, **kwargs), name, stamp)

        return page

    return marked


def _answer(request, response, scope: str, stamp: str) -> HttpResponse:
    if response.status_code == 200:
        response["ETag"] = quote_etag(stamp)
        response["Cache-Control"] = "no-cache"
        response["Vary"] = "Cookie, Accept-Language"
        response["X-Journal"] = f"{scope} {stamp}"
    return response
