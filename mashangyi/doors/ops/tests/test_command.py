"""The command: help everywhere, plain words for trouble."""

import json
import socket
import subprocess
import sys

import pytest

from mashangyi.config.environment import mistakes
from mashangyi.doors.ops.command import COMMANDS, main
from mashangyi.ground.outbox.models import Delivery, Notice
from tests.server import Site


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


def test_whoever_stops_reading_a_report_is_no_error():
    program = (
        "import sys; from types import SimpleNamespace as It; from mashangyi.doors.ops import command; "
        "command.parser = lambda: It(parse_args=lambda words: It(run=lambda options: print('told'))); "
        "sys.exit(command.main(['doctor']))"
    )
    child = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    child.stdout.close()
    assert (child.stderr.read(), child.wait()) == ("", 141)


@pytest.mark.django_db
def test_a_missing_file_is_said_in_plain_words(capsys):
    assert main(["import", "tickets", "/nowhere.csv", "--room", "1"]) == 1
    assert "/nowhere.csv" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MASHANGYI_THREADS", "four"), ("MASHANGYI_PROCESSES", "0"), ("MASHANGYI_LOG", "loud"),
        ("MASHANGYI_CITY", "淮安"), ("MASHANGYI_RATE_TRIES", "many"), ("MASHANGYI_ADDRESS", "yi.example.cn"),
        ("DATABASE_URL", "mysql://somewhere"), ("MASHANGYI_ADDRESS", "https://yi.example.cn/town"),
        ("MASHANGYI_HTTPS", "ja"), ("MASHANGYI_DEBUG", "perhaps"), ("MASHANGYI_HOSTS", "https://yi.example.cn"),
        ("MASHANGYI_RATE_CODES", "0/hour"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("command", ["run", "web", "worker", "prepare", "doctor"])
def test_a_setting_that_cannot_be_is_named_before_anything_begins(command, name, value, monkeypatch, capsys):
    monkeypatch.setenv(name, value)
    assert main([command]) == 1
    told = capsys.readouterr().err
    assert told.startswith(f"mashangyi: {name}={value} ") and told.count("\n") == 1


def test_a_setting_that_cannot_be_is_told_with_one_that_can(monkeypatch, capsys):
    monkeypatch.setenv("MASHANGYI_RATE_TRIES", "many")
    assert main(["doctor"]) == 1 and "10/5minute" in capsys.readouterr().err


@pytest.mark.parametrize(("name", "meant"), [("MASHANGYI_HTPS", "MASHANGYI_HTTPS"), ("MASHANGYI_HOST", "MASHANGYI_HOSTS")])
def test_a_mistyped_name_of_a_setting_is_told_and_not_passed_over(name, meant, monkeypatch, capsys):
    monkeypatch.setenv(name, "1")
    assert main(["doctor"]) == 1
    told = capsys.readouterr().err
    assert f"{name} " in told and f"{meant} " in told


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MASHANGYI_ADDRESS", "https://yi.example.cn/"), ("MASHANGYI_HOSTS", "yi.example.cn, .example.cn"),
        ("MASHANGYI_HOSTS", "*"), ("MASHANGYI_HTTPS", "0"), ("MASHANGYI_HTTPS", "On"), ("MASHANGYI_RATE_CODES", "3 per 10 minutes"),
        ("MASHANGYI_SHARED", "/data"),
    ],
)  # fmt: skip
def test_what_can_be_is_taken(name, value, monkeypatch):
    monkeypatch.setenv(name, value)
    assert mistakes() == []


def test_the_password_of_a_database_is_not_repeated(monkeypatch, capsys):
    monkeypatch.setenv("DATABASE_URL", "oracle://me:secret@host/name")
    assert main(["doctor"]) == 1 and "secret" not in capsys.readouterr().err


@pytest.mark.parametrize("command", ["run", "doctor", "worker"])
def test_a_data_folder_that_cannot_be_written_is_said_in_one_line(command, tmp_path, monkeypatch, capsys):
    (tmp_path / "file").touch()
    monkeypatch.setenv("MASHANGYI_DATA", str(tmp_path / "file"))
    assert main([command]) == 1
    told = capsys.readouterr().err
    assert str(tmp_path / "file") in told and "MASHANGYI_DATA" in told and told.count("\n") == 1


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (["run", "--port", "0"], "port"), (["run", "--port", "65536"], "port"), (["web", "--port", "x"], "port"),
        (["worker", "--every", "0"], "seconds"), (["doctor", "now"], "now"), (["import"], "WHAT"), (["fly"], "fly"),
        (["prepare", "--demo", "--empty"], "not allowed"), (["notices", "--again", "--forget"], "not allowed"),
    ],
)  # fmt: skip
def test_a_line_that_means_nothing_ends_with_2_and_says_why(line, said, capsys):
    with pytest.raises(SystemExit) as end:
        main(line)
    assert end.value.code == 2 and said in capsys.readouterr().err


@pytest.mark.parametrize("host", ["192.0.2.99", "no.such.host.invalid"])
def test_an_address_of_another_machine_is_refused_as_an_address(host, capsys):
    assert main(["run", "--host", host]) == 1
    assert host in capsys.readouterr().err


def test_a_taken_port_is_said_with_the_remedy(capsys):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = other.getsockname()[1]
        assert main(["run", "--host", "127.0.0.1", "--port", f"{taken}"]) == 1
    told = capsys.readouterr().err
    assert f"端口 {taken} 用不了" in told and "--port" in told


def test_a_database_that_does_not_answer_is_one_line_and_no_traceback(tmp_path):
    site = Site(tmp_path)
    site.environment["DATABASE_URL"] = "postgres://me:secret@127.0.0.1:1/town"
    done = site.command("prepare")
    assert done.returncode == 1 and done.stderr.startswith("mashangyi: the database: ")
    assert done.stderr.count("\n") == 1 and "secret" not in done.stderr


@pytest.mark.django_db
def test_what_was_given_up_is_listed_taken_up_again_and_struck_off(capsys):
    assert main(["notices"]) == 0 and "nothing" in capsys.readouterr().out
    notice = Notice.objects.create(seq=1, kind="k", recipient="person:1", title="t", words="secret words")
    Delivery.objects.create(notice=notice, carrier="console", state="dead", error="Refused: no number")
    assert main(["notices"]) == 1
    told = capsys.readouterr().out
    assert "Refused: no number" in told and "secret" not in told and "--again" in told
    assert main(["notices", "--again", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"waiting_again": 1, "made": 0}
    Delivery.objects.update(state="dead")
    assert main(["notices", "--forget"]) == 0 and main(["notices", "--json"]) == 0


@pytest.mark.django_db
def test_divisions_are_imported_once(capsys):
    assert main(["import", "divisions"]) == 0
    assert main(["import", "divisions", "--json"]) == 0
    assert '"added": 0' in capsys.readouterr().out


@pytest.mark.django_db
def test_one_round_of_the_worker_can_be_asked_for(capsys):
    assert main(["worker", "--once", "--json"]) == 0
    assert '"notices"' in capsys.readouterr().out
