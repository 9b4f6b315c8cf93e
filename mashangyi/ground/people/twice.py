"""The same form sent twice in a moment: a double click in a browser that runs no scripts.

With scripts, a form carries a random word of its own. Without, the page is one for all who look at it and can carry
none, so the word is given when the form arrives: the same one for the same things sent by the same browser within a
minute. Kept in the memory of the web process, under a hash as in limits.py; the word itself tells nothing of anybody.
"""

import secrets
import threading
from collections import OrderedDict
from datetime import datetime, timedelta

from ..calendar.clock import now
from .limits import asking, hashed

MINUTE = timedelta(minutes=1)
MOST = 10_000
NOT_SAID = {"csrfmiddlewaretoken", "once"}  # other ones for every page that is drawn

_words: OrderedDict[str, tuple[datetime, str]] = OrderedDict()
_lock = threading.Lock()


def word_of(request, about: str) -> str:
    """The word of what a request sends `about` something ("report:12"): 32 letters and digits, for `once=`."""
    key, at = hashed(_sent(request, about)), now()
    with _lock:
        _forget_before(at - MINUTE)
        if key not in _words:
            _words[key] = (at, secrets.token_hex(16))
        return _words[key][1]


def _forget_before(moment: datetime) -> None:
    while _words and (len(_words) > MOST or next(iter(_words.values()))[0] <= moment):
        _words.popitem(last=False)


def _sent(request, about: str) -> str:
    said = sorted((name, request.POST.getlist(name)) for name in request.POST if name not in NOT_SAID)
    files = [(file.name, file.size) for name in sorted(request.FILES) for file in request.FILES.getlist(name)]
    return repr((about, asking(request), request.META.get("HTTP_USER_AGENT", ""), said, files))


def forget() -> None:
    """Begin anew, as a test does."""
    with _lock:
        _words.clear()
