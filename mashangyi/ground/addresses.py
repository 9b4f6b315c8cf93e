"""Addresses of pages. The same numbers stand in list after list; to look the route up anew is an eighth of a long page."""

from functools import lru_cache

from django.urls import reverse


def address(route: str, **arguments) -> str:
    """Where a page of ours is: `reverse` with what the route names, remembered."""
    return _address(route, tuple(arguments.items()))


@lru_cache(maxsize=16384)
def _address(route: str, arguments: tuple) -> str:
    return reverse(route, kwargs=dict(arguments) or None)
