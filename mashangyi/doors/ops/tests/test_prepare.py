"""`mashangyi prepare --empty`: whoever may come in first gets their way in."""

import json

import pytest

from mashangyi.doors.ops.command import main
from mashangyi.ground.people.actions import first_administrator, set_password
from mashangyi.ground.people.actor import SYSTEM

pytestmark = pytest.mark.django_db


def test_the_link_of_the_first_administrator_is_printed_though_no_address_is_given(capsys):
    assert main(["prepare", "--empty"]) == 0
    assert "http://127.0.0.1:8000/staff/welcome/" in capsys.readouterr().out


def test_it_leads_to_the_public_address_where_one_is_set(capsys, monkeypatch):
    monkeypatch.setenv("MASHANGYI_ADDRESS", "https://yi.example.cn/")
    assert main(["prepare", "--empty", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["administrator"].startswith("https://yi.example.cn/staff/welcome/")


def test_an_administrator_who_lost_everything_gets_a_new_link(capsys):
    person, _link = first_administrator(by=SYSTEM)
    set_password(person, "seven-boats-on-the-canal", by=SYSTEM)
    assert main(["prepare", "--empty"]) == 0 and capsys.readouterr().out == ""
    assert main(["prepare", "--new-link", "admin", "--json"]) == 0
    assert "/staff/welcome/" in json.loads(capsys.readouterr().out)["administrator"]


def test_a_new_link_for_nobody_is_refused_in_one_line(capsys):
    assert main(["prepare", "--new-link", "nobody"]) == 1
    told = capsys.readouterr()
    assert "nobody" in told.err and told.err.count("\n") == 1 and told.out == ""


def test_without_a_town_to_begin_nothing_is_printed(capsys):
    assert main(["prepare"]) == 0
    assert capsys.readouterr().out == ""
