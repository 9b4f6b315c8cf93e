"""`mashangyi import`: what it says on a terminal and as JSON, and with which exit code."""

import json

import pytest

from mashangyi.doors.channels.spreadsheet.tests import factories as make
from mashangyi.doors.ops.command import main
from mashangyi.stages.intake.models import Report
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def table(tmp_path, settings):
    settings.DATA = tmp_path
    return make.as_csv(tmp_path / "工单.csv", [make.ticket(1), make.ticket(2, 诉求内容="")], "gb18030")


@pytest.fixture
def line(table):
    return ["import", "tickets", str(table), "--room", str(factories.room().pk)]


def test_the_outcome_is_told_as_json(line, capsys):
    assert main([*line, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["rows"], told["added"], told["rejected"]) == (2, 1, 1)
    assert told["rejected_file"].endswith("-rejected.csv") and list(told["reasons"].values()) == [1]


def test_the_outcome_is_told_in_words_each_reason_on_its_line(line, capsys):
    assert main(line) == 0
    told = capsys.readouterr().out
    assert "rejected file" in told and "1 × " in told and "{" not in told


def test_trying_keeps_nothing(line, capsys):
    assert main([*line, "--dry-run"]) == 0
    assert "dry run" in capsys.readouterr().out and not Report.objects.exists()


@pytest.mark.parametrize("more", [["--mapping", "/nowhere.json"], ["--channel", "petition", "--mapping", "/nowhere.json"]])
def test_a_mapping_that_is_not_there_is_said_in_plain_words(line, more, capsys):
    assert main([*line, *more]) == 1
    assert "/nowhere.json" in capsys.readouterr().err


def test_a_room_that_is_not_there_is_said_in_plain_words(table, capsys):
    assert main(["import", "tickets", str(table), "--room", "nowhere"]) == 1
    assert "nowhere" in capsys.readouterr().err


@pytest.mark.parametrize("more", [["--channel", "scan"], ["--room"], []])
def test_a_line_that_is_wrong_is_explained_by_its_usage(table, more, capsys):
    with pytest.raises(SystemExit) as end:
        main(["import", "tickets", str(table), *more])
    assert end.value.code == 2 and "usage: mashangyi import tickets" in capsys.readouterr().err


def test_the_help_names_the_columns_a_mapping_and_examples(capsys):
    with pytest.raises(SystemExit):
        main(["import", "tickets", "--help"])
    told = capsys.readouterr().out
    assert all(words in told for words in ("工单编号", '"words": "事项"', "--dry-run", "GB18030", "examples:"))
