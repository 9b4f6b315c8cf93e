"""The words of the journal: each verb, what the public reads, and whether the public reads it."""

import re
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from ..calendar.words import day_words

DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True)
class Verb:
    """`wording` may use the names in the entry's data, as %(name)s. A closed verb is for insiders.

    One that is not `listed` (a vote of many, a sign-in) is told to live pages and stands in the whole
    journal, but not in the story of its topic.
    """

    name: str
    wording: str
    public: bool = True
    listed: bool = True


VERBS: dict[str, Verb] = {}


def declare(*verbs: Verb) -> None:
    """Add a stage's verbs; each name may be declared once."""
    for verb in verbs:
        if VERBS.setdefault(verb.name, verb) != verb:
            raise ValueError(f"verb {verb.name} is declared twice")


def wording(entry) -> str:
    """What the public reads of an entry, in the present language."""
    verb = VERBS.get(entry.verb)
    if verb is None:
        return entry.verb
    return _(verb.wording) % Words(entry.data)


class Words(dict):
    """The entry's data as words: those that the catalogues know are in the reader's language, dates and
    numbers as people write them.

    What an old entry lacks is left out, not an error on a public page.
    """

    def __getitem__(self, key):
        value = super().__getitem__(key)
        if isinstance(value, int):
            return f"{value:,}"
        if not value or not isinstance(value, str):
            return value
        return _as_day(value) or _(value)

    def __missing__(self, key):
        return ""


def _as_day(text: str) -> str:
    """The text as people write a date, when it is one; somebody may have written a day that never was."""
    try:
        return day_words(date.fromisoformat(text)) if DAY.fullmatch(text) else ""
    except ValueError:
        return ""
