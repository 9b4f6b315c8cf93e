"""Public pages that nobody has changed since they were drawn, kept in memory.

A page says in its X-Journal header which part of the journal it shows, at which version it was
drawn, and in which minute: "room:3 812-29183". It is served again while both still hold.
"""

import time
from collections import OrderedDict
from dataclasses import dataclass
from functools import lru_cache

from mashangyi.ground.journal.freshness import SECONDS

from .answer import Answer

LARGEST = 8 * 1024 * 1024  # some 2,000 pages: bodies are kept packed
OVERHEAD = 2000  # of one page: key, headers, the objects around them
OURS = (b"x-journal", b"x-scan")  # what a page tells the front alone
VARIES_KNOWN = {"cookie", "accept-language", "accept-encoding"}


@dataclass
class Page:
    """A drawn page; `code` is the one whose scans it counts, `pulse` the last at which it was fresh."""

    scope: str
    version: str
    minute: int
    answer: Answer
    tag: bytes
    code: int | None = None
    pulse: object = None

    @property
    def size(self) -> int:
        return len(self.answer.body) + len(self.answer.packed or b"") + OVERHEAD


def minute_now() -> int:
    return int(time.time()) // SECONDS


def page_from(answer: Answer) -> Page | None:
    """The page to keep, when this answer may be kept. The tag of its content goes with it, so that another
    language or another release of the program never passes for the same page."""
    told = dict(answer.headers)
    stamp = told.get(b"x-journal", b"").decode("latin1").split(" ")
    if len(stamp) != 2 or answer.status != 200 or not answer.tag or not _same_for_all(told):
        return None
    version, _dash, minute = stamp[1].rpartition("-")
    headers = [*answer.without(*OURS, b"etag"), (b"etag", answer.tag)]
    kept = Answer(200, headers, b"" if answer.packed else answer.body, answer.packed)
    code = told.get(b"x-scan")
    return Page(stamp[0], version, int(minute), kept, answer.tag, int(code) if code else None)


# Pages say the same few things here, again and again.
@lru_cache(maxsize=64)
def _varies_by_known(header: bytes) -> bool:
    return {name.strip() for name in header.decode("latin1").lower().split(",") if name.strip()} <= VARIES_KNOWN


def _same_for_all(told: dict[bytes, bytes]) -> bool:
    """Whether nothing but the key decides what the answer is."""
    return b"set-cookie" not in told and _varies_by_known(told.get(b"vary", b""))


class Cache:
    """Pages by key, the longest unused dropped first when they take more than `limit` bytes."""

    def __init__(self, limit: int = LARGEST):
        self.limit, self.size = limit, 0
        self._pages: OrderedDict[tuple, Page] = OrderedDict()

    def __len__(self):
        return len(self._pages)

    def get(self, key) -> Page | None:
        page = self._pages.get(key)
        if page:
            self._pages.move_to_end(key)
        return page

    def put(self, key, page: Page) -> None:
        self.drop(key)
        if page.size > self.limit // 8:
            return
        self._pages[key] = page
        self.size += page.size
        while self.size > self.limit:
            _key, oldest = self._pages.popitem(last=False)
            self.size -= oldest.size

    def drop(self, key) -> None:
        page = self._pages.pop(key, None)
        if page:
            self.size -= page.size


async def still_fresh(page: Page, window) -> bool:
    """Whether the page is what Django would draw now, to the last committed deed."""
    if page.minute != minute_now():
        return False
    pulse = await window.pulse()
    if page.pulse == pulse:
        return True
    if await window.version(page.scope) != page.version:
        return False
    page.pulse = pulse
    return True
