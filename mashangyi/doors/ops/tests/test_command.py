"""The command: help everywhere, plain words for trouble."""

import subprocess
import sys

import pytest

from mashangyi.doors.ops.command import COMMANDS, main


@pytest.mark.parametrize("name", [name for name in COMMANDS if name != "django"])
def test_every_subcommand_has_help(name, capsys):
    with pytest.raises(SystemExit) as end:
        main([name, "--help"])
    assert end.value.code == 0 and f"mashangyi {name}" in capsys.readouterr().out


def test_help_does_not_load_django():
    program = (
        "import sys; from mashangyi.doors.ops.command import parser; parser(); print('django' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], text=True, capture_output=True)
    assert done.stdout.strip() == "False", done.stderr


@pytest.mark.django_db
def test_a_missing_file_is_said_in_plain_words(capsys):
    assert main(["import", "tickets", "/nowhere.csv", "--room", "1"]) == 1
    assert "/nowhere.csv" in capsys.readouterr().err


@pytest.mark.django_db
def test_divisions_are_imported_once(capsys):
    assert main(["import", "divisions"]) == 0
    assert main(["import", "divisions", "--json"]) == 0
    assert '"added": 0' in capsys.readouterr().out


@pytest.mark.django_db
def test_one_round_of_the_worker_can_be_asked_for(capsys):
    assert main(["worker", "--once", "--json"]) == 0
    assert '"notices"' in capsys.readouterr().out
