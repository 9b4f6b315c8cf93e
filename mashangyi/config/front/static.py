"""Style sheets, scripts and pictures from memory, packed once."""

import mimetypes
from functools import lru_cache

from django.conf import settings
from django.contrib.staticfiles import finders

from .answer import Answer

PREFIX = "/static/"
FOR_A_YEAR = b"public, max-age=31536000, immutable"
FOR_AN_HOUR = b"public, max-age=3600"
KEPT = 300


def static_answer(scope) -> Answer | None:
    """The file at this address; None when there is none. An address with a fingerprint is kept for a year."""
    load = _read if settings.DEBUG else _loaded
    found = load(scope["path"].removeprefix(PREFIX))
    if found is None:
        return None
    named = scope["query_string"].startswith(b"v=")
    kept = (b"cache-control", FOR_A_YEAR if named else FOR_AN_HOUR)
    return Answer(200, [*found.headers, kept], found.body, found.packed)


def _read(name: str) -> Answer | None:
    path = finders.find(name) if name and ".." not in name else None
    if not path or not path.startswith("/"):
        return None
    with open(path, "rb") as file:
        answer = Answer(200, _headers(name), file.read())
    answer.pack()
    return answer


def _headers(name: str) -> list[tuple[bytes, bytes]]:
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    if kind.startswith("text/") or kind.endswith(("javascript", "json")):
        kind += "; charset=utf-8"
    return [
        (b"content-type", kind.encode()),
        (b"x-content-type-options", b"nosniff"),
        (b"access-control-allow-origin", b"*"),
    ]


_loaded = lru_cache(maxsize=KEPT)(_read)
