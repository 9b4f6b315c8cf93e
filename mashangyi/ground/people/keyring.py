"""The keys of the identity vault: the present one seals and opens, the one before still opens.

They are files of the data folder, and every process looks whether they are others now, so a new key counts in all of
them at once. Changing: `vault` becomes `vault.old`, a new one takes its place (`change`); everything is sealed anew
(rekeying.py); when nothing needs it any more, `vault.old` goes (`retire`). Each step can be broken off and done again.
"""

import fcntl
import hmac
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from mashangyi.config.environment import put_whole, read, secret

LENGTH = 64


class Key(NamedTuple):
    """One key: its first half seals, its second half makes blind indexes."""

    cipher: AESGCM
    index: bytes

    def blind(self, text: str) -> bytes:
        return hmac.new(self.index, text.encode(), sha256).digest()


# By the path of the present key: what its files looked like when they were read, and the keys.
_kept: dict[Path, tuple[tuple, tuple[Key, ...]]] = {}


def ring() -> tuple[Key, ...]:
    """The present key, made on first use; then the one before it, where there still is one.

    A file that was there and is gone was taken away by mistake: the keys that were read from it go on working, and no
    other one is made in its place.
    """
    path, looks = _path(), _looks()
    known = _kept.get(path)
    if known and (known[0] == looks or looks[0] is None):
        return known[1]
    found = _read()
    if _looks() != looks:  # made, or changed, while it was read
        return ring()
    _kept[path] = looks, found
    return found


def present() -> Key:
    return ring()[0]


def is_changing() -> bool:
    """Whether there is an older key beside the present one."""
    return len(ring()) > 1


def changed_at() -> datetime:
    """Since when the present key is there."""
    return datetime.fromtimestamp(_path().stat().st_mtime, UTC)


def change() -> bool:
    """Put a new key in the place of the present one, which is kept beside it. False when that was done before."""
    secret("vault", LENGTH)
    with _alone():
        now, old = _path(), _path("vault.old")
        if not old.exists():
            os.link(now, old)
        elif old.read_bytes() != now.read_bytes():
            return False
        beside = _path("vault.new")
        beside.unlink(missing_ok=True)
        put_whole(beside, os.urandom(LENGTH))
        os.replace(beside, now)
    return True


def retire() -> None:
    """Remove the key before. Whoever calls this has made sure that nothing needs it."""
    _path("vault.old").unlink(missing_ok=True)


def _path(name: str = "vault") -> Path:
    return Path(read("MASHANGYI_DATA"), "keys", name)  # asked so often that nothing is looked up for it


def _looks() -> tuple:
    return _stamp(_path()), _stamp(_path("vault.old"))


def _stamp(path: Path) -> tuple | None:
    """What tells a file from one that had its name before."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_ino, found.st_mtime_ns


def _read() -> tuple[Key, ...]:
    found = [secret("vault", LENGTH), *_old()]
    return tuple(Key(AESGCM(key[:32]), key[32:]) for key in dict.fromkeys(found))


def _old() -> list[bytes]:
    """The key before. It is never made: a new one would open nothing."""
    try:
        key = _path("vault.old").read_bytes()
    except FileNotFoundError:
        return []
    return [key] if len(key) >= LENGTH else []


@contextmanager
def _alone() -> Iterator[None]:
    """One changes at a time, in whichever process."""
    folder = os.open(_path().parent, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)
