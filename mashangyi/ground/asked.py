"""What an address or a form asks for, read strictly: anyone may write anything there."""

from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _


def whole(text: str | None) -> int | None:
    """The number of a row that is written here; None for any other text, such as "²" or what no row can have."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else None


def number_in(name: str, kind: str) -> int | None:
    """The number in a name such as "topic:12", when it is of this kind; else None."""
    own, _colon, number = name.partition(":")
    return whole(number) if own == kind else None


def paged(found: list, size: int) -> tuple[list, int | None]:
    """The rows of one page, of a list that was asked for with one row more, and the key of the last of them for the
    address of the next page; None where there is none."""
    shown = found[:size]
    return shown, shown[-1].pk if len(found) > size else None


def sent(request: HttpRequest) -> QueryDict | None:
    """What was sent, an empty form too; None when the page is only opened."""
    return request.POST if request.method == "POST" else None


def choices(table: dict, *, empty: str = "") -> list[tuple]:
    """The rows of a table of words, shown in the reader's language; `empty` is an answer that means none."""
    rows = [(key, _(words)) for key, words in table.items()]
    return [("", _(empty)), *rows] if empty else rows


def attempt(form: Form, deed: Callable[[dict], object]) -> bool:
    """Do the deed with the form's clean data. False when nothing was sent, or when the form or the deed found a
    mistake: the form then shows it beside what was typed."""
    if not form.is_valid():
        return False
    try:
        deed(form.cleaned_data)
    except ValidationError as problem:
        put_away(form, problem)
    return form.is_valid()


def put_away(form: Form, problem: ValidationError) -> None:
    """Show a deed's complaint beside the field it names; one that the form has not stands above it."""
    named = problem.error_dict if hasattr(problem, "error_dict") else {None: problem}
    for name, errors in named.items():
        form.add_error(name if name in form.fields else None, errors)
