"""How a visitor wants pages to look, from what their browser sends: asked by the pages, and by the front that keeps them.

Both must answer alike, or a page that was drawn for one visitor would be kept for another.
"""

from django.conf import settings


def language_of(chosen: str, accepted: str) -> str:
    """The language of a page: the one that was chosen; else English where the browser asks for it and for no Chinese."""
    if chosen in {code for code, _name in settings.LANGUAGES}:
        return chosen
    lowered = accepted.lower()
    return "en" if lowered.startswith("en") and "zh" not in lowered else settings.LANGUAGE_CODE


def theme_of(chosen: str | None) -> str:
    """ "light" or "dark" where one was chosen; nothing where the device decides."""
    return chosen if chosen in {"light", "dark"} else ""


def is_elder(chosen: str | None) -> bool:
    """Whether pages are wanted in large type."""
    return chosen == "1"
