"""Style sheets, scripts and pictures from memory, packed once."""

import mimetypes
from functools import cache

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders

from .answer import Answer

PREFIX = "/static/"
FOR_A_YEAR = b"public, max-age=31536000, immutable"
FOR_AN_HOUR = b"public, max-age=3600"


def static_answer(scope) -> Answer | None:
    """The file at this address; None when there is none. An address with a fingerprint is kept for a year."""
    name = scope["path"].removeprefix(PREFIX)
    if name not in files():
        return None
    found = _read(name) if settings.DEBUG else _kept(name)
    named = scope["query_string"].startswith(b"v=")
    kept = (b"cache-control", FOR_A_YEAR if named else FOR_AN_HOUR)
    return Answer(200, [*found.headers, kept], found.body, found.packed)


@cache
def files() -> dict[str, str]:
    """Every static file by the name in its address. What is not in here is not served, whatever is asked."""
    listed = [(name, storage) for finder in get_finders() for name, storage in finder.list([])]
    return {name: storage.path(name) for name, storage in reversed(listed)}


def _read(name: str) -> Answer:
    with open(files()[name], "rb") as file:
        answer = Answer(200, _headers(name), file.read())
    answer.pack()
    return answer


_kept = cache(_read)


def _headers(name: str) -> list[tuple[bytes, bytes]]:
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    if kind.startswith("text/") or kind.endswith(("javascript", "json")):
        kind += "; charset=utf-8"
    return [
        (b"content-type", kind.encode()),
        (b"x-content-type-options", b"nosniff"),
        (b"access-control-allow-origin", b"*"),
    ]
