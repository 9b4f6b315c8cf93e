"""How dates, money, numbers and words are written on a page, and small questions that macros ask."""

import re
from datetime import datetime, timedelta
from functools import cache
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from django import forms
from django.utils import timezone, translation
from django.utils.translation import gettext_noop as N_
from django.utils.translation import ngettext
from markupsafe import Markup, escape

from mashangyi.ground.calendar.clock import now
from mashangyi.ground.calendar.clocks import until
from mashangyi.ground.calendar.words import day_words

PHOTO_KINDS = {
    "evidence": N_("照片"),
    "before": N_("办理前"),
    "during": N_("办理中"),
    "after": N_("办理后"),
}

# Attributes of <input> for each kind of field that is one.
INPUTS = {
    kind: Markup(" " + attributes)  # noqa: S704 — our own words
    for kind, attributes in {
        "text": 'type="text"',
        "date": 'type="date"',
        "datetime": 'type="datetime-local"',
        "number": 'type="text" inputmode="decimal"',
        "tel": 'type="tel" inputmode="tel" autocomplete="tel"',
        "file": 'type="file"',
        "password": 'type="password"',
        "search": 'type="search" enterkeyhint="search"',
        "code": 'type="text" class="code" inputmode="numeric" autocomplete="one-time-code" maxlength="9"',
    }.items()
}

# --- dates, money, numbers -------------------------------------------------------------------


def day(moment_) -> str:
    """A date as people write it: 5 月 18 日, with its year when it is not this one; nothing for none."""
    if moment_ is None:
        return ""
    return kept(day_words(here(moment_) if hasattr(moment_, "hour") else moment_))


def moment(moment_) -> str:
    """Day and time of day on the city's clock."""
    if moment_ is None:
        return ""
    local = here(moment_)
    return f"{kept(day_words(local))} {local.hour:02}:{local.minute:02}"


def kept(words: str) -> str:
    """The words with spaces at which no line is broken: a date stays whole."""
    return words.replace(" ", "\u00a0")


def here(moment_: datetime) -> datetime:
    """The moment on the city's clock, which is everyone's."""
    return moment_.astimezone(timezone.get_default_timezone())


def yuan(amount) -> str:
    """Money as people say it: "6 万元", "1,500 元"; no amount is an empty string."""
    if amount is None:
        return ""
    if translation.get_language() == "en":
        return f"¥{amount:,.0f}"
    if amount >= 10_000 and amount % 1000 == 0:
        return f"{amount / 10_000:g} 万元"
    return f"{amount:,.0f} 元"


def grouped(number) -> str:
    """1702 → 1,702."""
    return f"{number:,}"


# --- time that is left -----------------------------------------------------------------------


class Rest(NamedTuple):
    """Time until something is due, or since, cut to its largest unit."""

    over: bool
    n: int
    unit: str


def remaining(due) -> Rest:
    """Time left until `due` as a number to print large, with its unit in words."""
    over, n, unit = until(due)
    words = {
        "minute": ngettext("分钟", "分钟", n),
        "hour": ngettext("小时", "小时", n),
        "day": ngettext("天", "天", n),
    }
    return Rest(over, n, words[unit])


def tone_of(due) -> str:
    """The tone of a clock: "due" in its last day, "hot" when its time is over."""
    span = due - now()
    return "hot" if span < timedelta() else "due" if span <= timedelta(days=1) else ""


# --- words -----------------------------------------------------------------------------------


def paragraphs(words: str) -> Markup:
    """What a person typed, its lines kept as paragraphs, everything else escaped."""
    lines = (line.strip() for line in re.split(r"\n+", words or ""))
    return Markup("").join(Markup("<p>%s</p>") % escape(line) for line in lines if line)


# --- the journal -----------------------------------------------------------------------------

ALIKE = 4  # so many entries in a row that say the same are one step with the others folded under it


def folded(entries) -> list[tuple]:
    """Entries in the order given as (entry, those after it that say the same), where at least ALIKE stand in a row."""
    steps = []
    for _verb, row in groupby(entries, key=attrgetter("verb")):
        row = list(row)
        steps += [(row[0], row[1:])] if len(row) >= ALIKE else [(entry, []) for entry in row]
    return steps


# --- forms -----------------------------------------------------------------------------------

_WIDGETS = (
    (forms.HiddenInput, "hidden"),
    (forms.Textarea, "area"),
    (forms.CheckboxSelectMultiple, "checks"),
    (forms.RadioSelect, "radio"),
    (forms.CheckboxInput, "check"),
    (forms.SelectMultiple, "checks"),
    (forms.Select, "choice"),
    (forms.PasswordInput, "password"),
    (forms.FileInput, "file"),
    (forms.DateTimeInput, "datetime"),
    (forms.DateInput, "date"),
    (forms.NumberInput, "number"),
)


def kind_of(bound) -> str:
    """The kind of ui.field that suits a form's field, from its widget."""
    return _kind(type(bound.field.widget))


@cache
def _kind(widget: type) -> str:
    return next((kind for known, kind in _WIDGETS if issubclass(widget, known)), "text")


def field_value(value, kind: str):
    """A value as the browser's own date fields want it; any other unchanged."""
    if kind == "datetime" and hasattr(value, "hour"):
        return (here(value) if timezone.is_aware(value) else value).strftime("%Y-%m-%dT%H:%M")
    if kind == "date" and hasattr(value, "isoformat"):
        return value.isoformat()[:10]
    return value
