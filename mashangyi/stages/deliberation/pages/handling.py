"""What every form page does: check, do the deed, and on a mistake leave what was typed standing, with
the remedy.
"""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.forms import Form


def attempt(form: Form, deed: Callable[[dict], object]) -> bool:
    """Do the deed with the form's clean data. False when the form or the deed found a mistake; the
    form then tells.
    """
    if not form.is_valid():
        return False
    try:
        deed(form.cleaned_data)
    except ValidationError as problem:
        explain(form, problem)
        return False
    return True


def explain(form: Form, problem: ValidationError) -> None:
    """Put a deed's words at the field they are about, or above the form where it has no such field."""
    for field, words in as_fields(problem).items():
        form.add_error(field if field in form.fields else None, words)


def as_fields(problem: ValidationError) -> dict[str, list[str]]:
    if hasattr(problem, "error_dict"):
        return problem.message_dict
    return {NON_FIELD_ERRORS: problem.messages}


def done(request, words: str) -> None:
    """Say that it is done, where there is a session that keeps it for the next page."""
    if request.actor.person_id:
        messages.success(request, words)
