"""What an address or a form asks for, read strictly: anyone may write anything there."""

from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpRequest, QueryDict


def whole(text: str | None) -> int | None:
    """The number of a row that is written here; None for any other text, such as "²" or what no row can have."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else None


def sent(request: HttpRequest) -> QueryDict | None:
    """What was sent, an empty form too; None when the page is only opened."""
    return request.POST if request.method == "POST" else None


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
