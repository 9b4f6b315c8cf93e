"""What the numbers in an entry stand for, in words and with an address. Each floor declares its own."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from .models import Entry


class Named(NamedTuple):
    """How the public calls a thing, where it reads about it, and where staff work on it."""

    name: str
    address: str
    desk: str = ""


# ids → each one that is known
Names = Callable[[set[int]], dict[int, Named]]

NAMES: dict[str, Names] = {}


def declare(kind: str, names: Names) -> None:
    """Say how the public calls things of this kind: a field of Entry, "topic" or "room". Each kind once."""
    if NAMES.setdefault(kind, names) is not names:
        raise ValueError(f"the names of {kind} are declared twice")


def named(entries: Iterable[Entry]) -> dict[str, dict[int, Named]]:
    """Everything that these entries are about, by name: one query for each kind."""
    entries = list(entries)
    found = {}
    for kind, names in NAMES.items():
        ids = {getattr(entry, kind) for entry in entries} - {None}
        found[kind] = names(ids) if ids else {}
    return found
