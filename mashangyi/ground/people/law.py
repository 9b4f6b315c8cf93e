"""Who may do what: a table of permissions with one sentence each, drawn as a public page (/law/).

A stage declares its permissions in its introduction.py; `demand()` is the only question asked of it.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from .actor import ROLES, Actor, label_words

# How far a permission reaches, in the words of the public page.
REACH = {
    "anyone": N_("任何人"),
    "own": N_("本人的事"),
    "room": N_("本议事室"),
    "place": N_("本辖区"),
    "unit": N_("本单位"),
}

# The chapters of the public page, in the order in which a message travels: the first word of a permission.
GROUPS = {
    "intake": N_("反映问题"),
    "triage": N_("受理和分流"),
    "deliberation": N_("协商"),
    "mediation": N_("调解"),
    "delivery": N_("办理"),
    "evaluation": N_("评结果"),
    "topic": N_("议题"),
    "insight": N_("数据"),
    "places": N_("辖区、议事室和二维码"),
    "people": N_("人员和身份信息"),
    "photos": N_("照片"),
    "journal": N_("账本"),
    "outbox": N_("通知"),
    "calendar": N_("日历和时限"),
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
    """Refused, with the reason that the page shows. A No without a reason is a mistake of ours."""

    def __init__(self, reason: str):
        if not str(reason).strip():
            raise ValueError("a No carries its reason")
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Within:
    """Somewhere, where there is no room, unit or topic to name: by its division code."""

    place: str
    room_id: int | None = None
    unit_id: int | None = None


def declare(*permissions: Permission) -> None:
    """Add a stage's permissions; each name may be declared once, with a sentence and at least one role."""
    for permission in permissions:
        unknown = set(permission.roles) - set(ROLES)
        if unknown or permission.reach not in REACH:
            raise ValueError(f"permission {permission.name}: unknown role or reach {unknown}")
        if not permission.sentence.strip() or not permission.roles:
            raise ValueError(f"permission {permission.name} needs a sentence and a role")
        if LAW.setdefault(permission.name, permission) != permission:
            raise ValueError(f"permission {permission.name} is declared twice")


def demand(by: Actor, name: str, thing=None, *, own: bool = False) -> None:
    """Raise No, with the reason, unless `by` may do `name` to `thing`.

    `thing` is anything with `place`, `room_id` or `unit_id`, or with a `topic` that has them
    (a topic, a room, a task, a report); `own` says that it is the actor's own: their report, their statement.
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
        return _("您是%(label)s，这件事不在您的范围内。") % {"label": label_words(by.label)}
    return ""


def may(by: Actor, name: str, thing=None, *, own: bool = False) -> bool:
    return not why_not(by, name, thing, own=own)


# --- how far a post reaches --------------------------------------------------------------------


def _of(thing, name: str):
    """`name` of the thing, or of the topic it belongs to."""
    found = getattr(thing, name, None)
    if found is None and getattr(thing, "topic_id", None):
        found = getattr(thing.topic, name, None)
    return found


def _room_of(thing) -> int | None:
    """The room a thing belongs to. Only a room's own number may stand for a room."""
    if _kind(thing) == "places.room":
        return thing.pk
    return _of(thing, "room_id")


def _unit_of(thing) -> int | None:
    return thing.pk if _kind(thing) == "people.unit" else _of(thing, "unit_id")


def _kind(thing) -> str:
    return thing._meta.label_lower if hasattr(thing, "_meta") else ""


def _within_place(by: Actor, thing, own: bool) -> bool:
    return bool(by.place) and (_of(thing, "place") or "").startswith(by.place)


def _within_room(by: Actor, thing, own: bool) -> bool:
    if by.room_id:
        return by.room_id == _room_of(thing)
    return _within_place(by, thing, own)


_REACHES = {
    "anyone": lambda by, thing, own: True,
    "own": lambda by, thing, own: own,
    "room": _within_room,
    "place": _within_place,
    "unit": lambda by, thing, own: bool(by.unit_id) and by.unit_id == _unit_of(thing),
}
