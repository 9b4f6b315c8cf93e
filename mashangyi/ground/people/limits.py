"""How often one may do something: wrong codes, look-ups, reports. Whoever signed in is counted as a person, so that
an office behind one address does not lock itself out; all others are counted by address.

Counted in the memory of the web process, under a hash of the client's address with a salt that is
drawn anew each day and written nowhere: who came is not kept, and cannot be found out afterwards.
"""

import hashlib
import os
import threading
from datetime import date, timedelta
from functools import cache
from ipaddress import IPv6Address, ip_address

from django.utils.translation import gettext as _
from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from ...config.environment import read
from ..calendar.clock import today
from .actor import ANYONE
from .law import No

# The library's own cleaning starts a thread after a pause, over and over: dearer than the counting.
CLEAN_EVERY = 1000


class Memory(MemoryStorage):
    """The library's counters in memory, cleaned by whoever makes every thousandth hit."""

    hits = 0

    def _MemoryStorage__schedule_expiry(self) -> None:  # noqa: N802 — the library's name for it
        self.hits += 1
        if self.hits % CLEAN_EVERY == 0:
            self._MemoryStorage__expire_events()


_limiter = MovingWindowRateLimiter(Memory())
_salts: dict[date, bytes] = {}
_lock = threading.Lock()


class TooMany(No):
    """Refused for now: too often from one address, or by one person. The page that shows it answers 429."""

    status = 429


def hit(name: str, key: str, rate: str) -> bool:
    """Count one `name` by `key` (an address, a phone number); False when it is more than `rate` allows.

    `rate` is written as in the settings: "10/5minute", "120/hour".
    """
    return _limiter.hit(_parsed(rate), name, hashed(key))


def spent(name: str, key: str, rate: str) -> bool:
    """Would the next `hit` be too many? Counts nothing, so that only wrong tries need be counted."""
    return not _limiter.test(_parsed(rate), name, hashed(key))


def within(rate: str) -> tuple[int, timedelta]:
    """How many, in how long: for what is counted in the database instead."""
    return _parsed(rate).amount, timedelta(seconds=_parsed(rate).get_expiry())


def allow(request, name: str, setting: str, *, count: bool = True) -> None:
    """Raise TooMany when whoever asks has done `name` too often; `setting` names the rate.

    With `count=False` it only looks: ask so before a try, and count it once it was wrong.
    """
    who, rate = asking(request), read(setting)
    allowed = hit(name, who, rate) if count else not spent(name, who, rate)
    if not allowed:
        minutes = max(1, _parsed(rate).get_expiry() // 60)
        raise TooMany(_("这里试的次数太多了，请过 %(n)s 分钟再来。") % {"n": minutes})


def asking(request) -> str:
    """Who is counted: the person who signed in, else the address."""
    actor = getattr(request, "actor", ANYONE)
    return f"person:{actor.person_id}" if actor.person_id else address_of(request)


def address_of(request) -> str:
    """The client's address, as the front found it behind our proxies (config/front/visit.py: client_address).

    Of an IPv6 address its first half, the network: one subscriber holds all of it.
    """
    return network(request.META.get("REMOTE_ADDR", ""))


def network(address: str) -> str:
    """What stands for whoever has this address: itself, or the IPv6 network of one subscriber."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if found.version == 4 or found.ipv4_mapped:
        return str(getattr(found, "ipv4_mapped", None) or found)
    return f"{IPv6Address(int(found) >> 64 << 64)}/64"


def forget() -> None:
    """Begin anew, as a test does."""
    _limiter.storage.reset()


@cache
def _parsed(rate: str) -> RateLimitItem:
    return parse(rate)


def hashed(key: str) -> str:
    """A key so that nobody can tell afterwards whose it was: with the salt of today, which is written nowhere."""
    return hashlib.blake2b(key.encode(), key=_salt(), digest_size=16).hexdigest()


def _salt() -> bytes:
    """Today's salt; yesterday's is forgotten."""
    day = today()
    with _lock:
        if day not in _salts:
            _salts.clear()
            _salts[day] = os.urandom(32)
        return _salts[day]
