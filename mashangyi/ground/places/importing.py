"""The divisions of Huai'an, from the lists in data/ (where they come from: data/README.md)."""

import csv
from collections import Counter
from pathlib import Path

from django.conf import settings

from ..journal.deeds import deed
from ..journal.record import record
from ..people import law
from . import naming
from .models import Alias, Division

DATA = Path(__file__).parent / "data"
_FIELDS = ["name", "level", "parent", "legal", "virtual", "official", "pinyin"]


@deed
def import_divisions(*, by) -> dict[str, int]:
    """Bring the table of divisions into line with the lists; running it again changes nothing.

    Out: how many of each there are, and how many were "added", "changed" and "named" (aliases) now.
    Divisions and aliases that staff added stay.
    """
    law.demand(by, "places.import")
    listed = divisions()
    added, changed = _bring_into_line(listed)
    named = _add_aliases()
    if added or changed or named:
        done = {"added": added, "changed": changed, "named": named}
        record("places.imported", by=by, place=settings.CITY, data=done)
    return {**_counted(listed), "added": added, "changed": changed, "named": named}


def divisions() -> list[Division]:
    """Every division of the lists, parents before children; nothing is saved."""
    names = {row["code"]: row["name"] for row in rows("names.csv")}
    areas = [_area(row) for row in rows("areas.csv")]
    streets = [_street(row) for row in rows("streets.csv")]
    return [*areas, *streets, *(_village(row, names) for row in rows("villages.csv"))]


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _area(row) -> Division:
    """The city itself, or a county or district of it."""
    return Division(
        code=row["code"], name=row["name"], level=len(row["code"]), parent=row["code"][:4] if row["code"][4:] else "",
        legal=row["legal"] == "1", pinyin=row["pinyin"],
    )  # fmt: skip


def _street(row) -> Division:
    """A street that has no administrative code is a park, a farm or an office."""
    return Division(
        code=row["code"], name=row["name"], level=9, parent=row["code"][:6],
        legal=bool(row["official"]), official=row["official"], pinyin=row["pinyin"],
    )  # fmt: skip


def _village(row, names: dict[str, str]) -> Division:
    virtual = naming.is_virtual(row["name"])
    return Division(
        code=row["code"], name=names.get(row["code"]) or naming.village_name(row["name"]), level=12,
        parent=row["code"][:9], legal=not virtual, virtual=virtual,
    )  # fmt: skip


def _bring_into_line(listed: list[Division]) -> tuple[int, int]:
    known = Division.objects.in_bulk()
    new = [division for division in listed if division.code not in known]
    changed = [d for d in listed if d.code in known and _facts(d) != _facts(known[d.code])]
    Division.objects.bulk_create(new, batch_size=100)
    Division.objects.bulk_update(changed, _FIELDS, batch_size=100)
    return len(new), len(changed)


def _facts(division: Division) -> tuple:
    return tuple(getattr(division, field) for field in _FIELDS)


def _add_aliases() -> int:
    """Add the seeds that are not there. A seed that staff took away comes back only with a fresh import."""
    known = set(Alias.objects.values_list("name", "division_id"))
    seeds = [(row["name"], row["code"]) for row in rows("aliases.csv")]
    new = [Alias(name=name, division_id=code) for name, code in seeds if (name, code) not in known]
    Alias.objects.bulk_create(new)
    return len(new)


def _counted(listed: list[Division]) -> dict[str, int]:
    levels = Counter(division.level for division in listed)
    return {"areas": levels[6], "streets": levels[9], "villages": levels[12]}
