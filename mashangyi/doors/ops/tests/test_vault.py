"""`mashangyi vault`: the operator changes the key of the identity vault."""

import json
import os
from datetime import timedelta

import pytest

from mashangyi.config.environment import data_folder
from mashangyi.doors.ops import health
from mashangyi.doors.ops.command import main
from mashangyi.ground.people import rekeying, vault
from mashangyi.ground.people.actor import SYSTEM

pytestmark = pytest.mark.django_db
PHONE = "+8613812345678"


@pytest.fixture(autouse=True)
def town(tmp_path, monkeypatch):
    monkeypatch.setenv("MASHANGYI_DATA", str(tmp_path))
    for n in range(3):
        vault.seal(f"report:{n}", phone=PHONE)


def told(capsys, *line: str) -> dict:
    assert main(["vault", *line, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def vault_of_the_doctor() -> health.Finding:
    return next(found for found in health.examine() if found.name == "vault")


def a_day_passes() -> None:
    key = data_folder() / "keys/vault"
    past = key.stat().st_mtime - timedelta(days=1, minutes=1).total_seconds()
    os.utime(key, (past, past))


def test_one_line_puts_in_a_new_key_and_seals_everything_anew(capsys):
    assert told(capsys, "rotate") == {"new_key": True, "sealed_anew": 3, "left": 0}
    assert vault.for_carrier("report:1") == PHONE


def test_the_same_line_again_goes_on_and_changes_no_key(capsys):
    rekeying.begin(by=SYSTEM)
    assert told(capsys, "rotate") == {"new_key": False, "sealed_anew": 3, "left": 0}


def test_a_day_later_the_old_key_is_removed(capsys, django_capture_on_commit_callbacks):
    told(capsys, "rotate")
    a_day_passes()
    with django_capture_on_commit_callbacks(execute=True):
        assert told(capsys, "retire") == {"retired": True}
    assert not (data_folder() / "keys/vault.old").exists() and vault.for_carrier("report:1") == PHONE


def test_an_old_key_that_is_needed_is_kept_and_the_reason_is_one_line(capsys):
    rekeying.begin(by=SYSTEM)
    assert main(["vault", "retire"]) == 1
    said = capsys.readouterr().err
    assert said.startswith("mashangyi: the old key is kept: 3 sheets") and said.count("\n") == 1
    assert (data_folder() / "keys/vault.old").exists()


def test_how_far_it_is_can_be_asked(capsys):
    assert told(capsys, "state") == {"changing": False, "left": 0}
    rekeying.begin(by=SYSTEM)
    assert told(capsys, "state") == {"changing": True, "left": 3}


def test_the_doctor_names_what_is_still_sealed_with_the_old_key(capsys):
    assert vault_of_the_doctor().faults == []
    rekeying.begin(by=SYSTEM)
    (fault,) = vault_of_the_doctor().faults
    assert fault.startswith("3 sheets are still sealed with the old key")
    told(capsys, "rotate")
    found = vault_of_the_doctor()
    assert found.faults == [] and "mashangyi vault retire" in found.note
