"""One-time links by which a member of staff sets their password: for a new person, or a forgotten one."""

import hashlib
import json

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext as _

from mashangyi.config.environment import read

from ..calendar.clock import now
from . import vault
from .models import Person

HOURS = 24
ABOUT = "invitation"


def link(person: Person) -> str:
    """The address at which `person` may set a password, once, within 24 hours."""
    words = json.dumps([person.pk, _state(person), int(now().timestamp())])
    path = reverse("staff_welcome", kwargs={"token": vault.lock(words, ABOUT)})
    return read("MASHANGYI_ADDRESS").rstrip("/") + path


def invited(token: str) -> Person:
    """Whom a link is for. Raises ValidationError when it is old, used, or none of ours."""
    person, state, made_at = _opened(token)
    if person is None or state != _state(person) or now().timestamp() - made_at > HOURS * 3600:
        raise ValidationError(_("这个链接用过了，或者过了 24 小时。请向市级管理员要一个新的。"))
    return person


def _opened(token: str) -> tuple[Person | None, str, int]:
    try:
        pk, state, made_at = json.loads(vault.unlock(token, ABOUT))
    except vault.Unreadable:
        return None, "", 0
    return Person.objects.filter(pk=pk, kind="staff", is_active=True).first(), state, made_at


def _state(person: Person) -> str:
    """Changes when the password does, so that a link works once."""
    return hashlib.sha256(f"{person.pk}:{person.password}".encode()).hexdigest()[:20]
