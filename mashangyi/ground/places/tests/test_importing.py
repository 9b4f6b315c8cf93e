"""The divisions of Huai'an: what the lists hold, and the traps in them."""

import csv
import os
from collections import Counter
from pathlib import Path

import pytest

from mashangyi.ground.journal.models import Entry
from mashangyi.ground.people.actor import ANYONE, SYSTEM
from mashangyi.ground.people.law import No
from mashangyi.ground.places import importing
from mashangyi.ground.places.importing import import_divisions
from mashangyi.ground.places.models import Alias, Division
from mashangyi.ground.places.naming import base_name
from tests.factories import actor

REPOSITORY = Path(__file__).resolve().parents[4]
SHARED = Path(os.environ.get("MASHANGYI_SHARED") or REPOSITORY.parent / "shared/data") / "divisions"


@pytest.fixture
def imported(db):
    return import_divisions(by=SYSTEM)


def test_everything_is_imported_once(imported):
    assert {k: imported[k] for k in ("areas", "streets", "villages")} == {
        "areas": 8,
        "streets": 113,
        "villages": 1601,
    }
    assert Division.objects.count() == imported["added"] == 1 + 8 + 113 + 1601


def test_a_second_run_adds_nothing_and_says_nothing(imported):
    again = import_divisions(by=SYSTEM)
    assert (again["added"], again["changed"], again["named"]) == (0, 0, 0)
    assert Entry.objects.filter(verb="places.imported").count() == 1


def test_a_run_puts_right_what_was_changed_by_hand_and_keeps_what_staff_added(imported):
    Division.objects.filter(pk="320812007003").update(name="长东社区")
    own = Alias.objects.create(name="老长西", division_id="320812007003")
    assert import_divisions(by=SYSTEM)["changed"] == 1
    assert Division.objects.get(pk="320812007003").name == "长西社区"
    assert Alias.objects.filter(pk=own.pk).exists()


def test_only_the_city_may_import(db):
    import_divisions(by=actor("city_admin"))
    with pytest.raises(No):
        import_divisions(by=actor("clerk"))
    with pytest.raises(No):
        import_divisions(by=ANYONE)


def test_parks_farms_and_offices_are_no_legal_towns(imported):
    unlawful = Division.objects.filter(level=9, legal=False)
    assert unlawful.count() == 18
    assert {"新港办", "白马湖农场", "淮安高新技术产业开发区"} <= {d.name for d in unlawful}


def test_the_development_zone_is_no_district_but_its_streets_are_lawful(imported):
    assert not Division.objects.get(pk="320871").legal
    streets = Division.objects.filter(parent="320871", legal=True)
    assert {s.name for s in streets} == {"钵池街道", "徐杨街道", "南马厂街道", "枚乘街道"}
    assert all(s.official.startswith("320812") for s in streets)


def test_a_town_is_joined_by_county_and_name_not_by_code(imported):
    town = Division.objects.get(name="流均镇")
    assert (town.code, town.official) == ("320803109", "320803108000")
    towns = Division.objects.filter(level=9, legal=True)
    assert towns.count() == 95
    assert sum(t.official == t.padded for t in towns) == 56


def test_nine_living_areas_are_virtual_and_not_legal(imported):
    virtual = Division.objects.filter(virtual=True)
    assert virtual.count() == 9
    assert not any(d.legal for d in virtual)


def test_villages_have_the_names_people_say(imported):
    names = set(Division.objects.filter(level=12).values_list("name", flat=True))
    assert {"长西社区", "沿河村", "衡阳路社区", "三朱村", "新淮村", "化工新村社区"} <= names
    assert not any(name.endswith("委会") for name in names)
    assert not any("村村" in name and name != "三村村" or "社区社区" in name for name in names)


def test_names_are_one_of_a_kind_within_a_town(imported):
    counted = Counter(Division.objects.filter(level=12).values_list("parent", "name"))
    assert max(counted.values()) == 1


def test_148_names_occur_more_than_once():
    counted = Counter(base_name(row["name"]) for row in importing.rows("villages.csv"))
    assert sum(n > 1 for n in counted.values()) == 148


def test_every_parent_is_there_and_is_the_prefix(imported):
    codes = set(Division.objects.values_list("code", flat=True))
    for code, parent in Division.objects.exclude(level=4).values_list("code", "parent"):
        assert parent in codes
        assert code.startswith(parent)


def test_the_lists_are_those_of_the_source():
    if not SHARED.is_dir():
        pytest.skip(f"the source lists are not at {SHARED}; set MASHANGYI_SHARED")
    source = _source("nbs2023_villages.csv")
    assert [(r["code"], r["name"]) for r in importing.rows("villages.csv")] == [
        (r["code"], r["name"]) for r in source
    ]
    official = {(r["area"], r["name"]): r["code12"] for r in _source("mca2026_townships_95.csv")}
    counties = {r["code"]: r["name"] for r in importing.rows("areas.csv")} | {"320871": "清江浦区"}
    for row in importing.rows("streets.csv"):
        assert row["official"] == official.get((counties[row["code"][:6]], row["name"]), "")


def _source(name: str):
    with (SHARED / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))
