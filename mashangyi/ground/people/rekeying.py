"""Changing the key of the vault while the town is at work: a new key, everything sealed anew, the old key away.

`begin`, then `seal_anew` piece by piece until nothing is left, then, a day later, `finish`. In between both keys open, and
every process seals with the new one. What is broken off goes on where it stopped: a sheet that the new key opens is done.
"""

from collections.abc import Iterator
from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.db import transaction

from ..calendar.clock import now
from ..journal.deeds import deed, turn
from ..journal.record import record
from . import keyring, law, vault
from .models import Identity

AT_ONCE = 500
# Links and tickets that were given out before the change are good for a day, and opened with the old key.
KEPT_FOR = timedelta(days=1)
# Sealed texts in what is kept of a second factor (adapters.py).
SECRETS = ("secret", "seed")


class NotYet(Exception):  # noqa: N818 — told to the operator in plain words
    """The old key is still needed."""


@deed
def begin(*, by) -> bool:
    """Put in a new key; False when one was put in already and the old one is not away yet."""
    law.demand(by, "people.change_vault_key")
    if keyring.is_changing():
        return False
    record("people.vault_key_changed", by=by)
    return keyring.change()


@deed
def finish(*, by) -> None:
    """Remove the old key. Raises NotYet while anything is sealed with it, or may be: nothing is ever made unreadable."""
    law.demand(by, "people.change_vault_key")
    if not keyring.is_changing():
        raise NotYet("there is no old key: nothing to remove")
    left, until = count_old(), keyring.changed_at() + KEPT_FOR
    if left:
        raise NotYet(f"{left} sheets are sealed with the old key: `mashangyi vault rotate` seals them anew")
    if now() < until:
        raise NotYet(f"links given out before the change are good until {until:%Y-%m-%d %H:%M} UTC; not before then")
    record("people.vault_key_retired", by=by, data={"sheets": Identity.objects.count()})
    transaction.on_commit(keyring.retire)


def seal_anew() -> Iterator[int]:
    """Seal everything with the present key, AT_ONCE rows in one transaction; yields how many each piece changed."""
    for model, anew in ((Identity, _identity_anew), (Authenticator, _factor_anew)):
        last = 0
        while True:
            with turn():
                rows = list(model.objects.select_for_update().filter(pk__gt=last).order_by("pk")[:AT_ONCE])
                changed = sum(anew(row) for row in rows)
            if not rows:
                break
            last = rows[-1].pk
            yield changed


def _identity_anew(row: Identity) -> bool:
    """Whether it was sealed with the old key. One that opens with neither stays as it is, for the doctor to name."""
    if not _is_old(row):
        return False
    vault.seal(row.subject, **{row.field: vault.fact_of(row)})
    return True


def _is_old(row: Identity) -> bool:
    return not vault.is_new(bytes(row.sealed), f"{row.subject}/{row.field}") and vault.opens(row)


def _factor_anew(row: Authenticator) -> bool:
    try:
        data = {name: _text_anew(name, value) for name, value in row.data.items()}
    except vault.Unreadable:
        return False
    if data == row.data:
        return False
    Authenticator.objects.filter(pk=row.pk).update(data=data)
    return True


def _text_anew(name: str, value):
    return vault.locked_anew(value, "second-factor") if name in SECRETS and isinstance(value, str) else value


def count_old() -> int:
    """How many sheets and second factors only the old key opens."""
    if not keyring.is_changing():
        return 0
    sheets = sum(_is_old(row) for row in Identity.objects.order_by("pk").iterator(1000))
    return sheets + sum(_factor_is_old(row) for row in Authenticator.objects.order_by("pk").iterator(1000))


def _factor_is_old(row: Authenticator) -> bool:
    try:
        return any(_text_anew(name, value) != value for name, value in row.data.items())
    except vault.Unreadable:
        return False
