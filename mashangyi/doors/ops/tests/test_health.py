"""The doctor names what is wrong, and only that."""

import hashlib
import json
from datetime import timedelta

import pytest
from django.db import connection, transaction

from mashangyi.civic.insight.models import Tally
from mashangyi.config.environment import data_folder, secret
from mashangyi.doors.ops import health
from mashangyi.doors.ops.command import main
from mashangyi.ground.calendar import clock, clocks
from mashangyi.ground.calendar.clock import now
from mashangyi.ground.journal.deeds import turn
from mashangyi.ground.journal.models import Entry
from mashangyi.ground.journal.record import record
from mashangyi.ground.outbox.models import Delivery, Notice, Unmade
from mashangyi.ground.people import keyring, vault
from mashangyi.ground.people.actor import ANYONE, SYSTEM
from mashangyi.ground.people.models import Person
from mashangyi.ground.photos.models import Photo
from mashangyi.ground.photos.store import path_of
from mashangyi.stages.intake.actions import record_report
from mashangyi.stages.mediation import rules
from mashangyi.stages.mediation.models import Case, Paper
from tests import factories
from tests.server import Site

pytestmark = pytest.mark.django_db


def faults(name: str) -> str:
    return "\n".join(next(found.faults for found in health.examine() if found.name == name))


@pytest.fixture
def entries():
    with turn():
        topic = factories.topic()
        return [record("topic.verify", by=SYSTEM, topic=topic) for _n in range(3)]


def by_hand(sql: str, *values) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def test_a_town_as_it_should_be_is_healthy(entries):
    secret("django")
    assert [found for found in health.examine() if found.faults] == []


def test_a_report_or_a_topic_that_was_deleted_by_hand_is_named():
    kept, lost = (record_report(factories.room(), "路灯不亮", by=ANYONE).report for _n in range(2))
    assert faults("reports") == ""
    by_hand("DELETE FROM calendar_clock WHERE topic = %s", lost.topic_id)
    by_hand("DELETE FROM intake_report WHERE id = %s", lost.pk)
    assert f"report {lost.number} of entry " in faults("reports") and kept.number not in faults("reports")
    by_hand("DELETE FROM topic_topic WHERE id = %s", lost.topic_id)
    assert f"topic {lost.topic_id}, of which the journal tells, is missing" in faults("reports")


def test_a_report_that_was_put_in_by_hand_is_named():
    report = record_report(factories.room(), "路灯不亮", by=ANYONE).report
    report.pk, report.once = None, "another"
    report.save(force_insert=True)
    assert faults("reports") == f"report {report.number} stands in no entry of the journal"


def test_a_changed_row_is_found_and_named(entries):
    by_hand("UPDATE journal_entry SET organ = %s WHERE seq = %s", "别人", entries[1].seq)
    assert f"{entries[1].seq}" in faults("journal") and "changed" in faults("journal")


def test_a_deleted_row_is_found_and_named(entries):
    by_hand("DELETE FROM journal_entry WHERE seq = %s", entries[1].seq)
    assert str(entries[1].seq) in faults("journal")
    assert Entry.objects.count() == 2


def test_keys_that_others_can_read_are_named():
    secret("open")
    path = data_folder() / "keys" / "open"
    path.chmod(0o644)
    assert str(path) in faults("keys")
    path.chmod(0o600)
    assert faults("keys") == ""


def test_debug_in_service_is_named(settings):
    settings.DEBUG = True
    assert "MASHANGYI_DEBUG" in faults("debug")


def test_a_demo_account_in_a_real_town_is_named():
    Person.objects.create(username="demo", kind="staff", is_demo=True)
    assert "1 demo account" in faults("accounts")


def test_notices_that_nobody_sends_are_named():
    notice = Notice.objects.create(seq=1, kind="k", recipient="person:1", title="t", words="w")
    Delivery.objects.create(notice=notice, carrier="console", next_at=now() - timedelta(hours=2))
    assert "mashangyi worker" in faults("deliveries")


def test_a_check_that_cannot_be_made_is_a_fault_not_a_crash(monkeypatch):
    monkeypatch.setitem(health.OF_THE_DATA, "journal", lambda: 1 / 0)
    assert "ZeroDivisionError" in faults("journal")


@pytest.mark.parametrize("words", [["doctor"], ["doctor", "--json"]])
def test_the_command_ends_with_1_when_something_is_wrong_and_0_otherwise(words, entries, capsys):
    secret("django")
    assert main(words) == 0
    by_hand("UPDATE journal_entry SET hash = %s WHERE seq = %s", "0" * 64, entries[0].seq)
    capsys.readouterr()
    assert main(words) == 1
    told = capsys.readouterr().out
    assert json.loads(told)["healthy"] is False if "--json" in words else "WRONG  journal" in told


def test_what_was_given_up_and_what_could_not_be_made_is_told():
    assert faults("notices") == ""
    Unmade.objects.create(seq=1, kind="x", error="KeyError: 8")
    assert "1 notices could not be made" in faults("notices")


def test_a_sealed_fact_that_was_changed_by_hand_is_named_without_its_content():
    vault.seal("person:1", phone="+8613812345678")
    by_hand("UPDATE people_identity SET sealed = %s", b"x" * 40)
    assert "phone of person:1" in faults("vault") and "138" not in faults("vault")


@pytest.fixture
def keys_kept():
    """Whatever a test takes away is there again for the next one: keys are kept in memory, too."""
    folder = data_folder() / "keys"
    before = {path: path.read_bytes() for path in folder.glob("*")} if folder.exists() else {}
    yield folder
    for path, content in before.items():
        path.write_bytes(content)
        path.chmod(0o600)


@pytest.fixture
def lost_vault_key(keys_kept, monkeypatch):
    """Something is sealed, its key is gone, and a new process has never read it."""
    vault.seal("person:1", phone="+8613812345678")
    (keys_kept / "vault").unlink()
    monkeypatch.setattr(keyring, "_kept", {})
    return keys_kept / "vault"


def test_looking_for_a_lost_key_makes_no_new_one(lost_vault_key):
    assert "vault is missing" in "\n".join(fault for found in health.examine() for fault in found.faults)
    assert not lost_vault_key.exists()


@pytest.mark.parametrize("line", ["prepare --check", "worker --once", "recount", "vault state", "vault rotate", "notices",
                                  "import divisions"])  # fmt: skip
def test_no_command_goes_on_without_a_key_that_is_lost(lost_vault_key, line, capsys):
    assert main(line.split()) == 1
    assert "vault is missing" in capsys.readouterr().err and not lost_vault_key.exists()


def test_a_lost_key_is_named_with_what_is_lost_and_no_new_one_is_made(keys_kept):
    vault.seal("person:1", phone="+8613812345678")
    (keys_kept / "vault").unlink()
    assert "vault is missing" in faults("keys") and faults("vault") == ""
    assert not (keys_kept / "vault").exists()


def test_a_key_with_which_nothing_was_made_is_not_missed(keys_kept):
    (keys_kept / "receipts").unlink(missing_ok=True)
    assert "receipts" not in faults("keys")


def test_a_town_does_not_begin_without_a_key_it_needs(keys_kept, capsys):
    vault.seal("person:1", phone="+8613812345678")
    (keys_kept / "vault").unlink()
    assert main(["prepare"]) == 1 and "--new-keys" in capsys.readouterr().err
    assert not (keys_kept / "vault").exists()


def test_a_new_town_has_every_key_before_anything_is_made_with_it(keys_kept, monkeypatch):
    for key in keys_kept.glob("*"):
        key.unlink()
    monkeypatch.setattr(keyring, "_kept", {})
    assert main(["prepare"]) == 0
    record_report(factories.room(), "路灯不亮", by=ANYONE)
    assert main(["prepare", "--check"]) == 0 and all((keys_kept / name).exists() for name in health.KEYS)


def photo(content: bytes) -> Photo:
    """A photo with both its files, whatever is in them."""
    digest = hashlib.sha256(content).hexdigest()
    for small in (False, True):
        path_of(digest, small=small).parent.mkdir(parents=True, exist_ok=True)
        path_of(digest, small=small).write_bytes(content)
    return Photo.objects.create(subject="topic:1", digest=digest, width=1, height=1)


def test_a_photo_whose_file_is_gone_is_named():
    gone = photo(b"gone")
    assert faults("photos") == ""
    path_of(gone.digest).unlink()
    assert str(path_of(gone.digest)) in faults("photos")


def test_a_photo_that_was_changed_is_named_when_every_photo_is_read():
    changed = photo(b"as it was taken")
    path_of(changed.digest).write_bytes(b"painted over")
    assert faults("photos") == ""
    read = next(found for found in health.examine(photos_too=True) if found.name == "photos")
    assert read.faults == [f"{path_of(changed.digest)} was changed"]


def test_a_worker_that_does_not_read_the_journal_is_named(entries):
    assert faults("worker") == ""
    with clock.at(now() + timedelta(hours=2)):
        assert "3 entries of the journal wait for notices" in faults("worker")


def test_deadlines_that_ran_out_unsaid_are_counted(entries):
    clocks.Clock.objects.all().delete()
    clocks.start("acceptance", "topic:1", place="320812")
    assert faults("worker") == ""
    with clock.at(now() + timedelta(days=20)):
        assert "1 deadlines ran out more than an hour ago" in faults("worker")


def test_a_figure_that_the_journal_contradicts_is_named(entries):
    Tally.objects.create(place="320812", month="2026-05-01", figure="topics", n=7)
    assert "topics of 320812" in faults("figures")


def test_a_row_that_points_nowhere_is_named(entries):
    by_hand("PRAGMA defer_foreign_keys=ON") if connection.vendor == "sqlite" else pytest.skip(
        "PostgreSQL forbids it"
    )
    by_hand("DELETE FROM places_room")
    assert "missing row of places_room" in faults("database")
    transaction.set_rollback(True)


def test_a_mediation_that_does_not_open_is_named(entries):
    case = Case.objects.create(topic=factories.topic(), post=factories.post("mediator", place="320812"))
    sheet = Paper.objects.create(case=case, kind="session", sealed=rules.seal(case.pk, {"words": "x"}))
    assert faults("mediation") == ""
    Paper.objects.filter(pk=sheet.pk).update(sealed=rules.seal(case.pk + 1, {"words": "x"}))
    assert f"paper {sheet.pk} of case {case.pk} does not open" in faults("mediation")


def test_many_faults_of_a_kind_are_counted_and_not_all_told():
    for n in range(30):
        path_of(photo(bytes([n])).digest).unlink()
    assert faults("photos").count("missing") == 20 and "and 10 more" in faults("photos")


def test_a_folder_without_a_town_is_said_in_one_line(tmp_path):
    done = Site(tmp_path / "nothing").command("doctor")
    assert done.returncode == 1 and "there is no town here yet" in done.stdout


def test_a_database_that_cannot_be_read_is_named_as_such(tmp_path):
    (tmp_path / "mashangyi.sqlite3").write_bytes(b"not a database" * 400)
    site = Site(tmp_path)
    site.environment["DATABASE_URL"] = ""
    done = site.command("doctor", "--json")
    assert done.returncode == 1
    checks = {check["name"]: check["faults"] for check in json.loads(done.stdout)["checks"]}
    assert "file is not a database" in checks["database"][0]


def test_the_last_line_says_healthy_or_where_to_look(entries, capsys):
    secret("django")
    main(["doctor"])
    assert capsys.readouterr().out.endswith("healthy\n")
    Unmade.objects.create(seq=1, kind="x", error="KeyError: 8")
    main(["doctor"])
    assert capsys.readouterr().out.endswith("1 faults: notices\n")
