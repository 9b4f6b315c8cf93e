"""Deeds on places: rooms are opened, changed and closed; codes are made and revoked; names are added."""

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from ..calendar.clock import now, today
from ..journal.deeds import deed
from ..journal.record import record
from ..people import law
from . import codes
from .models import PRINTED, PURPOSES, ROOM_KINDS, Alias, Code, Division, Room

DETAILS = ("name", "kind", "address", "hours", "phone", "latitude", "longitude")
MOST_AT_ONCE = 500
_ROUNDS = 60

# --- rooms -------------------------------------------------------------------------------------


@deed
def open_room(*, name: str, division: str, kind: str = "community", by, **details) -> Room:
    """Open a room for a division (its code). It gets one code at once, for its own page on the screen.

    `details`: address, hours, phone, latitude, longitude.
    """
    room = Room(name=name.strip(), kind=kind, division=_division(division), opened_on=today())
    room.place = room.division.padded
    law.demand(by, "places.room", room)

    _set(room, details)
    _check(room)
    room.save()

    record("places.opened", by=by, room=room, data={"room": room.name})
    _make(room, "report", "screen", [""], target="")
    return room


@deed
def change_room(room: Room, *, by, **details) -> Room:
    """Change what people read of a room: its name, kind, address, hours, phone or point."""
    law.demand(by, "places.room", room)

    before = {field: getattr(room, field) for field in DETAILS}
    _set(room, details)
    _check(room)
    changed = [field for field in DETAILS if getattr(room, field) != before[field]]
    if changed:
        room.save(update_fields=changed)
        record("places.changed", by=by, room=room, data={"room": room.name, "fields": changed})
    return room


@deed
def close_room(room: Room, why: str, *, by) -> Room:
    """Close a room. Its codes stop with it; its page stays and says where to go."""
    law.demand(by, "places.room", room)
    if not why.strip():
        raise ValidationError({"why": _("请写明为什么关闭，来的人会看到。")})
    if not room.is_open:
        raise ValidationError({"why": _("这个议事室已经关闭了。")})

    room.closed_on = today()
    room.save(update_fields=["closed_on"])
    living = room.codes.filter(revoked_at=None)
    living.update(revoked_at=now(), revoked_why=why.strip()[:120])

    record("places.closed", by=by, room=room, data={"room": room.name, "why": why.strip()})
    return room


@deed
def reopen_room(room: Room, *, by) -> Room:
    """Open a closed room again, with one new code; the revoked ones stay revoked."""
    law.demand(by, "places.room", room)
    if room.is_open:
        raise ValidationError({"room": _("这个议事室开着。")})

    room.closed_on = None
    room.save(update_fields=["closed_on"])

    record("places.opened", by=by, room=room, data={"room": room.name})
    _make(room, "report", "screen", [""], target="")
    return room


def _division(code: str) -> Division:
    found = Division.objects.filter(pk=code).first()
    if found is None:
        raise ValidationError({"division": _("没有这个区划，请从名单里选。")})
    return found


def _set(room: Room, details: dict) -> None:
    unknown = set(details) - set(DETAILS)
    if unknown:
        raise TypeError(f"a room has no {sorted(unknown)}")
    for field, value in details.items():
        setattr(room, field, value.strip() if isinstance(value, str) else value)


def _check(room: Room) -> None:
    if not room.name:
        raise ValidationError({"name": _("请写议事室的名称。")})
    if room.kind not in ROOM_KINDS:
        raise ValidationError({"kind": _("请选一种议事室。")})
    _check_length(room)
    if (room.latitude is None) != (room.longitude is None):
        raise ValidationError({"latitude": _("经度和纬度要么都填，要么都不填。")})
    same = Room.objects.filter(place=room.place, name=room.name).exclude(pk=room.pk)
    if same.exists():
        raise ValidationError({"name": _("这里已经有叫这个名字的议事室了，请换一个名称。")})


def _check_length(room: Room) -> None:
    for field in ("name", "address", "hours", "phone"):
        longest = Room._meta.get_field(field).max_length
        if len(getattr(room, field)) > longest:
            raise ValidationError({field: _("最多 %(n)s 个字，请写短一些。") % {"n": longest}})


# --- codes -------------------------------------------------------------------------------------


@deed
def make_codes(room: Room, purpose: str, item: str, spots: list[str], *, by, target: str = "") -> list[Code]:
    """One code for each spot where an item will hang ("3 号楼电梯"; "" where it does not matter).

    `target` is what the code is for when that is not the room: "topic:12", "meeting:3".
    """
    law.demand(by, "places.code", room)
    if purpose not in PURPOSES:
        raise ValidationError({"purpose": _("请选这个码是用来做什么的。")})
    if item not in PRINTED:
        raise ValidationError({"item": _("请选印在什么上面。")})
    if not 1 <= len(spots) <= MOST_AT_ONCE:
        raise ValidationError({"spots": _("一次做 1 到 %(n)s 个。") % {"n": MOST_AT_ONCE}})
    if not room.is_open:
        raise ValidationError({"room": _("这个议事室已经关闭，不能再做码。")})

    made = _make(room, purpose, item, spots, target)

    record("places.codes_made", by=by, room=room, data={"purpose": purpose, "item": item, "count": len(made)})
    return made


@deed
def revoke_code(code: Code, why: str, *, by) -> Code:
    """Stop a code that was lost, pasted over or copied. Whoever scans it is told so and shown the room."""
    law.demand(by, "places.code", code.room)
    if not why.strip():
        raise ValidationError({"why": _("请写明为什么停用，扫到它的人会看到。")})
    if code.revoked:
        raise ValidationError({"why": _("这个码已经停用了。")})

    code.revoked_at, code.revoked_why = now(), why.strip()[:120]
    code.save(update_fields=["revoked_at", "revoked_why"])

    record("places.code_revoked", by=by, room=code.room, data={"item": code.item, "why": code.revoked_why})
    return code


def _make(room: Room, purpose: str, item: str, spots: list[str], target: str) -> list[Code]:
    """Rows with codes of their own. Where another process draws the same at the same moment, draw again."""
    made: list[Code] = []
    for _round in range(_ROUNDS):
        missing = spots[len(made) :]
        if not missing:
            return made
        rows = [
            Code(
                room=room,
                purpose=purpose,
                item=item,
                target=target,
                spot=spot.strip()[:80],
                short=short,
                spoken=spoken,
            )
            for spot, (short, spoken) in zip(missing, _free(len(missing)), strict=False)
        ]
        made += _inserted(rows)
    raise ValidationError({"spots": _("六位数快用完了，这次一个也没有做。请联系系统管理员。")})


def _free(count: int) -> list[tuple[str, str]]:
    """Pairs that nobody has: short and spoken."""
    shorts = codes.draw(count, codes.draw_short, lambda drawn: _taken("short", drawn))
    spokens = codes.draw(count, codes.draw_spoken, lambda drawn: _taken("spoken", drawn))
    return list(zip(shorts, spokens, strict=False))


def _taken(field: str, drawn: list[str]) -> QuerySet:
    return Code.objects.filter(**{f"{field}__in": drawn}).values_list(field, flat=True)


def _inserted(rows: list[Code]) -> list[Code]:
    """The rows that got in, in their order; one that met a taken code is left out, not an error."""
    Code.objects.bulk_create(rows, ignore_conflicts=True)
    wanted = {(row.short, row.spoken): row for row in rows}
    found = Code.objects.filter(short__in=[row.short for row in rows])
    saved = {(code.short, code.spoken): code for code in found}
    return [saved[pair] for pair in wanted if pair in saved]


# --- names -------------------------------------------------------------------------------------


@deed
def add_alias(division: Division, name: str, *, by) -> Alias:
    """Another name that people use for a division; searching by it finds the division from now on."""
    law.demand(by, "places.name")
    name = name.strip()
    if not 2 <= len(name) <= 60:
        raise ValidationError({"name": _("别名写 2 到 60 个字。")})
    alias, made = Alias.objects.get_or_create(name=name, division=division)
    if made:
        data = {"name": name, "division": division.code}
        record("places.named", by=by, place=division.padded, data=data)
    return alias


@deed
def drop_alias(alias: Alias, *, by) -> None:
    """Take a name away that leads people astray."""
    law.demand(by, "places.name")
    division, name = alias.division, alias.name
    alias.delete()
    record("places.unnamed", by=by, place=division.padded, data={"name": name, "division": division.code})
