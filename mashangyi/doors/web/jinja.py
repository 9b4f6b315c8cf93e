"""The environment in which every page is drawn."""

import hashlib
from functools import cache

from django.conf import settings
from django.contrib.staticfiles import finders
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext, ngettext
from jinja2 import Environment, StrictUndefined

from mashangyi.ground.calendar import clocks
from mashangyi.ground.journal.verbs import wording
from mashangyi.ground.people import law
from mashangyi.topic import lifecycle


def environment(**options) -> Environment:
    options.update(
        undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, auto_reload=settings.DEBUG,
        extensions=["jinja2.ext.i18n"],
    )  # fmt: skip
    env = Environment(**options)  # noqa: S701 — Django's backend switches autoescape on
    env.install_gettext_callables(gettext, ngettext, newstyle=True)
    env.globals.update(
        url=reverse_name,
        static=static,
        may=law.may,
        STATES=lifecycle.STATES,
        STAGES=lifecycle.STAGES,
        language=translation.get_language,
    )
    env.filters.update(day=day, moment=moment, left=clocks.left, yuan=yuan, wording=wording, grouped=grouped)
    return env


def reverse_name(name: str, **arguments) -> str:
    return reverse(name, kwargs=arguments or None)


@cache
def static(name: str) -> str:
    """Address of a static file with its fingerprint, so that browsers keep it for a year."""
    with open(finders.find(name), "rb") as file:
        return f"{settings.STATIC_URL}{name}?v={hashlib.sha256(file.read()).hexdigest()[:10]}"


def day(moment_) -> str:
    """"5 月 18 日", with the year when it is not this one."""
    if moment_ is None:
        return ""
    here = timezone.localtime(moment_) if hasattr(moment_, "hour") else moment_
    if translation.get_language() == "en":
        return f"{here:%-d %b %Y}"
    return f"{here.year} 年 {here.month} 月 {here.day} 日"


def moment(moment_) -> str:
    """Day and time of day on the city's clock."""
    return f"{day(moment_)} {timezone.localtime(moment_):%H:%M}" if moment_ else ""


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
    return f"{number:,}"
