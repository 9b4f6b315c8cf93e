"""The doctor names what is wrong, and only that."""

import json
from datetime import timedelta

import pytest
from django.db import connection

from mashangyi.config.environment import data_folder, secret
from mashangyi.doors.ops import health
from mashangyi.doors.ops.command import main
from mashangyi.ground.calendar.clock import now
from mashangyi.ground.journal.deeds import turn
from mashangyi.ground.journal.models import Entry
from mashangyi.ground.journal.record import record
from mashangyi.ground.outbox.models import Delivery, Notice, Unmade
from mashangyi.ground.people import vault
from mashangyi.ground.people.actor import SYSTEM
from mashangyi.ground.people.models import Person
from tests import factories

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
