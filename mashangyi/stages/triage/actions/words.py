"""Checks of what a clerk typed, shared by the deeds."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ..identity import KINDS, private_marks


def needed(field: str, words: str, problem: str) -> str:
    """`words` without blanks around them. Raises ValidationError with `problem` when nothing is left."""
    words = words.strip()
    if not words:
        raise ValidationError({field: problem})
    return words


def for_the_public(field: str, words: str, problem: str, *, keep_marks: bool = False) -> str:
    """As `needed`, for words that everyone will read: a private number in them is refused.

    `keep_marks` says that the clerk has looked at it: it is an office's own number.
    """
    words = needed(field, words, problem)
    return words if keep_marks else unmarked(field, words)


def unmarked(field: str, words: str) -> str:
    """The words, which everyone will read. Raises ValidationError when a private number stands in them."""
    found = private_marks(words)
    if found:
        facts = {"kind": _(KINDS[found[0].kind]), "words": found[0].shown}
        raise ValidationError(
            {field: _("这段文字会公开，里面还有%(kind)s %(words)s，请先删去或遮住。") % facts}
        )
    return words
