"""A date as people write it, in the reader's language."""

from datetime import date
from functools import lru_cache

from django.utils import translation

from .clock import today

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def day_words(day: date) -> str:
    """5 月 18 日, with its year when it is not this one. A datetime counts as it stands: bring it to the city's clock first."""
    return _written(day.year, day.month, day.day, today().year, translation.get_language())


@lru_cache(maxsize=4096)
def _written(year: int, month: int, day: int, this_year: int, language: str) -> str:
    if language == "en":
        return f"{day} {MONTHS[month - 1]}" + ("" if year == this_year else f" {year}")
    return ("" if year == this_year else f"{year} 年 ") + f"{month} 月 {day} 日"
