"""What every form page does: check, do the deed, and on a mistake leave what was typed standing, with
the remedy.
"""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form

from ....ground.asked import put_away


def attempt(form: Form, deed: Callable[[dict], object]) -> bool:
    """Do the deed with the form's clean data. False when the form or the deed found a mistake; the
    form then tells.
    """
    if not form.is_valid():
        return False
    try:
        deed(form.cleaned_data)
    except ValidationError as problem:
        put_away(form, problem)
        return False
    return True


def done(request, words: str) -> None:
    """Say that it is done, where there is a session that keeps it for the next page."""
    if request.actor.person_id:
        messages.success(request, words)
