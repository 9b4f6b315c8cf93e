"""Rules of posts and accounts: which role is held where, what a staff account may be called, how long a password is."""

import re

from django.contrib.auth.password_validation import MinimumLengthValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ..places.models import Division, Room
from ..places.naming import bare
from .actor import ROLES
from .models import Unit

# What each post is held for. The kinds are tried in this order on the appointing page.
HELD_FOR = {
    "grid_worker": ("place",),
    "clerk": ("room",),
    "convener": ("room",),
    "reviewer": ("place",),
    "unit_officer": ("unit",),
    "mediator": ("room", "place"),
    "member": ("place",),
    "supervisor": ("place",),
    "city_admin": ("place",),
    "auditor": ("place",),
    "integration": ("place",),
}

USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{2,39}")


def scope(role: str, where) -> dict:
    """What a post of `role` at `where` (a Room, a Unit, a Division or a division code) reaches: the
    fields place, room, unit and title of the post. Raises ValidationError when they do not fit."""
    if role not in HELD_FOR:
        raise ValidationError({"role": _("没有这样的岗位。")})
    kind = "room" if isinstance(where, Room) else "unit" if isinstance(where, Unit) else "place"
    if kind not in HELD_FOR[role]:
        words = {"room": _("一个议事室"), "unit": _("一个承办单位"), "place": _("一个辖区")}
        needed = _("或").join(words[k] for k in HELD_FOR[role])
        raise ValidationError(
            {"where": _("请给%(role)s选%(needed)s。") % {"role": _(ROLES[role]), "needed": needed}}
        )
    if kind == "place":
        return _of_division(where)
    name = body_of(where) if kind == "room" else where.name
    return {"place": where.place, "room": None, "unit": None, kind: where, "title": name}


def body_of(room: Room) -> str:
    """Whom the posts of a room speak for: the place it is named after; a room of a park or a sector, for itself."""
    return room.division.name if room.name.startswith(room.division.name) else room.name


def _of_division(where) -> dict:
    code = where.code if isinstance(where, Division) else bare(where or "")
    division = Division.objects.filter(pk=code).first()
    if division is None:
        raise ValidationError({"where": _("没有这个辖区，请重新选择。")})
    return {"place": division.code, "room": None, "unit": None, "title": division.name}


def username(text: str) -> str:
    """A staff account's name, in small letters. Raises ValidationError when it cannot be one."""
    name = text.strip().lower()
    if not USERNAME.fullmatch(name):
        raise ValidationError(
            {"username": _("账号用 3 到 40 个小写字母、数字、点或横线，例如 clerk.changxi。")}
        )
    return name


class LongEnough(MinimumLengthValidator):
    """A password of so many characters; what is too short is told in our words, in both languages."""

    def get_error_message(self) -> str:
        return _("密码太短了，至少要 %(n)s 个字符。") % {"n": self.min_length}


def period(since, until) -> None:
    if until and until < since:
        raise ValidationError({"until": _("结束日期不能早于开始日期。")})
