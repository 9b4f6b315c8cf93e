"""The environment in which every page is drawn."""

import hashlib
from functools import cache, lru_cache, partial

from django.conf import settings
from django.contrib.messages import get_messages
from django.contrib.staticfiles import finders
from django.middleware.csrf import get_token
from django.utils.translation import gettext, ngettext
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup, escape

from mashangyi.ground.addresses import address
from mashangyi.ground.calendar import clocks
from mashangyi.ground.journal.verbs import wording
from mashangyi.ground.outbox.queries import unseen
from mashangyi.ground.people import law
from mashangyi.ground.people.actor import label_words
from mashangyi.topic import lifecycle

from . import filters, frame, icons, rail
from .csrf import has_session, needs_token
from .engine import Worked


def environments(**options):
    """The function from a language to the environment in which pages are drawn in it."""
    return cache(lambda language: environment(language, options))


def environment(language: str, options: dict) -> Environment:
    """The environment of one language: options of ours upon those of the settings, GLOBALS and FILTERS."""
    ours = {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True, "extensions": ["jinja2.ext.i18n"]}
    env = Worked(language, **options | ours)
    env.install_gettext_callables(gettext, ngettext, newstyle=True)
    translated = partial(translate, language)
    env.globals.update(GLOBALS, _=translated, gettext=translated, language=language)
    env.globals.update(drawn_once=partial(drawn_once, language))
    env.policies["ext.i18n.trimmed"] = True
    env.filters.update(FILTERS)
    return env


def translate(language: str, message: str, **values) -> Markup:
    """The message in this language, which is the active one, its %(values)s escaped and filled in.

    Templates also ask for words that people typed, such as a title where another thing has a name of ours:
    everything is escaped, and without values a per cent sign is one.
    """
    return _translated(language, message) % values if values else _bare(language, message)


# Looking a message up and marking it costs more than the rest of a line of HTML.
@lru_cache(maxsize=4096)
def _translated(language: str, message: str) -> Markup:
    return escape(gettext(message))


@lru_cache(maxsize=4096)
def _bare(language: str, message: str) -> Markup:
    return escape(gettext(message)).replace("%%", "%")


PIECES = 4096
_pieces: dict[tuple, Markup] = {}


def drawn_once(language: str, *key, caller) -> Markup:
    """A piece of page that is the same whenever its key is, such as the empty fields of a form or a line of a pile: drawn once.
    {% call drawn_once("line", line, …) %}…{% endcall %}. All that the piece shows must stand in the key, and no model may:
    two of one row are equal though a field has changed."""
    piece = _pieces.get((language, key))
    if piece is None:
        if len(_pieces) >= PIECES:
            _pieces.clear()
        piece = _pieces[language, key] = caller()
    return piece


@cache
def static(name: str) -> str:
    """Address of a static file with its fingerprint, so that browsers keep it for a year."""
    with open(finders.find(name), "rb") as file:
        return f"{settings.STATIC_URL}{name}?v={hashlib.sha256(file.read()).hexdigest()[:10]}"


def token_field(request) -> Markup:
    """The hidden token of a form; nothing where csrf.py asks for none: public pages are the same for all."""
    if not needs_token(request):
        return Markup("")
    if not hasattr(request, "token_field"):  # a token costs 64 draws of lots; one does for all forms of a page
        field = Markup('<input type="hidden" name="csrfmiddlewaretoken" value="%s">')
        request.token_field = field % get_token(request)
    return request.token_field


def messages_of(request):
    """What the last deed had to say; only a visitor with a session has a place to keep it."""
    return get_messages(request) if has_session(request) else ()


# What every template may call, and every filter: the whole vocabulary of the pages.
GLOBALS = {
    "url": address,
    "static": static,
    "svg": icons.icon,
    "may": law.may,
    "rail_steps": rail.steps,
    "token_field": token_field,
    "messages_of": messages_of,
    "desk_links": frame.desk_links,
    "foot_links": frame.foot_links,
    "unread": unseen,
    "STATES": lifecycle.STATES,
    "PHOTO_KINDS": filters.PHOTO_KINDS,
    "INPUTS": filters.INPUTS,
}
FILTERS = {
    "day": filters.day,
    "post": label_words,
    "moment": filters.moment,
    "left": clocks.left,
    "yuan": filters.yuan,
    "wording": wording,
    "folded": filters.folded,
    "grouped": filters.grouped,
    "paragraphs": filters.paragraphs,
    "remaining": filters.remaining,
    "tone_of": filters.tone_of,
    "kind_of": filters.kind_of,
    "field_value": filters.field_value,
}
