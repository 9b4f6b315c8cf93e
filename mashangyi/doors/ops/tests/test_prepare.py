"""`mashangyi prepare --empty`: whoever may come in first gets their way in."""

import json

import pytest

from mashangyi.doors.ops.command import main

pytestmark = pytest.mark.django_db


def test_the_link_of_the_first_administrator_is_printed_though_no_address_is_given(capsys):
    assert main(["prepare", "--empty"]) == 0
    assert "http://127.0.0.1:8000/staff/welcome/" in capsys.readouterr().out


def test_it_leads_to_the_public_address_where_one_is_set(capsys, monkeypatch):
    monkeypatch.setenv("MASHANGYI_ADDRESS", "https://yi.example.cn/")
    assert main(["prepare", "--empty", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["administrator"].startswith("https://yi.example.cn/staff/welcome/")


def test_without_a_town_to_begin_nothing_is_printed(capsys):
    assert main(["prepare"]) == 0
    assert capsys.readouterr().out == ""
