"""Who may do what: a table of permissions with one sentence each, drawn as a public page.

A stage declares its permissions in its introduction.py; `demand()` is the only question asked of it.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from .actor import ROLES, Actor

# How far a permission reaches, in the words of the public page.
REACH = {
    "anyone": N_("任何人"),
    "own": N_("本人的事"),
    "room": N_("本议事室"),
    "place": N_("本辖区"),
    "unit": N_("本单位"),
}


@dataclass(frozen=True)
class Permission:
    """`sentence` completes "…可以" on the public page; `reach` is a key of REACH."""

    name: str
    sentence: str
    roles: tuple[str, ...]
    reach: str


LAW: dict[str, Permission] = {}


class No(Exception):  # noqa: N818 — it is an answer, not an error
    """Refused, with the reason that the page shows."""

    def __init__(self, reason: str):
        super().__init__(reason)
        self.reason = reason


def declare(*permissions: Permission) -> None:
    """Add a stage's permissions; each name may be declared once."""
    for permission in permissions:
        unknown = set(permission.roles) - set(ROLES)
        if unknown or permission.reach not in REACH:
            raise ValueError(f"permission {permission.name}: unknown role or reach {unknown}")
        if LAW.setdefault(permission.name, permission) != permission:
            raise ValueError(f"permission {permission.name} is declared twice")


def demand(by: Actor, name: str, thing=None, *, own: bool = False) -> None:
    """Raise No, with the reason, unless `by` may do `name` to `thing`.

    `thing` is anything with `place`, `room_id` or `unit_id` (a topic, a room, a task);
    `own` says that it is the actor's own (their report, their statement).
    """
    refused = why_not(by, name, thing, own=own)
    if refused:
        raise No(refused)


def why_not(by: Actor, name: str, thing=None, *, own: bool = False) -> str:
    """The reason why `by` may not do `name` to `thing`; empty when they may."""
    permission = LAW[name]
    if by.role == "system":
        return ""
    if by.role not in permission.roles:
        who = _("、").join(_(ROLES[role]) for role in permission.roles)
        return _("“%(deed)s”由%(who)s来做。") % {"deed": _(permission.sentence), "who": who}
    if not _REACHES[permission.reach](by, thing, own):
        return _("您是%(label)s，这件事不在您的范围内。") % {"label": _(by.label)}
    return ""


def may(by: Actor, name: str, thing=None, *, own: bool = False) -> bool:
    return not why_not(by, name, thing, own=own)


def _within_place(by: Actor, thing, own: bool) -> bool:
    return bool(by.place) and getattr(thing, "place", "").startswith(by.place)


def _within_room(by: Actor, thing, own: bool) -> bool:
    if by.room_id:
        return by.room_id == getattr(thing, "room_id", getattr(thing, "pk", None))
    return _within_place(by, thing, own)


_REACHES = {
    "anyone": lambda by, thing, own: True,
    "own": lambda by, thing, own: own,
    "room": _within_room,
    "place": _within_place,
    "unit": lambda by, thing, own: bool(by.unit_id) and by.unit_id == getattr(thing, "unit_id", None),
}
