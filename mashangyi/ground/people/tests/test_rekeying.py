"""The key of the vault can be changed while the town is at work; nothing is ever made unreadable."""

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from hypothesis import given, settings
from hypothesis import strategies as st

from mashangyi.ground.calendar import clock
from mashangyi.ground.journal.models import Entry
from mashangyi.ground.people import keyring, law, phone_codes, rekeying, vault
from mashangyi.ground.people.actor import SYSTEM
from mashangyi.ground.people.models import Identity
from tests import factories

from .factories import staff

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[4]
PHONE, OTHER = "+8613812345678", "+8613912345678"


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """A data folder of its own: no other test's key is changed."""
    monkeypatch.setenv("MASHANGYI_DATA", str(tmp_path))
    return tmp_path / "keys"


@pytest.fixture
def sheets():
    for n in range(5):
        vault.seal(f"report:{n}", phone=PHONE, name=f"居民{n}")


def begun() -> bytes:
    """A change that was begun; the key before it."""
    path = keyring._path()
    vault.lock("", "")
    before = path.read_bytes()
    rekeying.begin(by=SYSTEM)
    return before


def sealed_anew() -> int:
    return sum(rekeying.seal_anew())


def a_day_later():
    return clock.at(clock.now() + timedelta(days=1, minutes=1))


@pytest.fixture
def finish(django_capture_on_commit_callbacks):
    def finish():
        with a_day_later(), django_capture_on_commit_callbacks(execute=True):
            rekeying.finish(by=SYSTEM)

    return finish


# --- a new key -------------------------------------------------------------------------------------


def test_with_a_new_key_everything_still_opens_and_is_found(sheets):
    begun()
    assert vault.for_carrier("report:3") == PHONE
    assert len(vault.subjects_with("phone", PHONE)) == 5 and vault.faults() == []


def test_what_is_sealed_from_then_on_is_sealed_with_the_new_key(sheets):
    begun()
    vault.seal("report:9", phone=PHONE)
    assert rekeying.count_old() == 10
    assert len(vault.subjects_with("phone", PHONE)) == 6


def test_the_same_number_under_the_old_and_under_the_new_key_is_the_same_person(sheets):
    begun()
    vault.seal("person:4", phone=PHONE)
    vault.seal("person:5", phone=OTHER)
    assert vault.alike("person:4", "phone") == ["person:4", *(f"report:{n}" for n in range(5))]
    assert vault.alike("person:5", "phone") == ["person:5"]


def test_a_code_that_was_sent_before_signs_in_afterwards():
    ticket = phone_codes.ask(PHONE, address="9.9.9.9")
    begun()
    assert phone_codes.opened(ticket).phone == PHONE
    code = phone_codes.PhoneCode.objects.get()
    code.digest = phone_codes._digest(code.handle, "123456")
    code.save()
    assert phone_codes.confirm(ticket, "123456", address="9.9.9.9").kind == "resident"


def test_beginning_again_puts_in_no_other_key(folder):
    begun()
    key = (folder / "vault").read_bytes()
    assert not rekeying.begin(by=SYSTEM) and (folder / "vault").read_bytes() == key


@pytest.mark.parametrize("left", [["vault.old"], ["vault.old", "vault.new"]])
def test_what_a_power_cut_left_halfway_is_gone_on_with(sheets, folder, left):
    key = (folder / "vault").read_bytes()
    for name in left:
        (folder / name).write_bytes(key if name == "vault.old" else b"half")
    assert rekeying.begin(by=SYSTEM)
    assert (folder / "vault").read_bytes() != key == (folder / "vault.old").read_bytes()
    assert vault.faults() == []


def test_the_keys_are_closed_to_other_users_of_the_machine(folder):
    begun()
    assert {path.name: path.stat().st_mode & 0o777 for path in folder.iterdir()} == {"vault": 0o600, "vault.old": 0o600}


def test_a_key_that_is_taken_away_while_the_town_is_at_work_is_replaced_by_no_other(sheets, folder):
    (folder / "vault").unlink()
    vault.seal("report:9", phone=OTHER)
    assert vault.for_carrier("report:3") == PHONE and vault.for_carrier("report:9") == OTHER
    assert not (folder / "vault").exists()


def test_a_key_that_another_process_changed_counts_at_once(sheets, folder):
    program = "from mashangyi.ground.people.keyring import change; assert change()"
    subprocess.run([sys.executable, "-c", program], check=True, cwd=ROOT)
    vault.seal("report:9", phone=PHONE)
    assert rekeying.count_old() == 10 and len(vault.subjects_with("phone", PHONE)) == 6


# --- sealing anew ----------------------------------------------------------------------------------


def test_everything_is_sealed_anew_and_found_by_new_indexes(sheets):
    before = set(Identity.objects.values_list("blind", flat=True))
    begun()
    assert (rekeying.count_old(), sealed_anew(), rekeying.count_old()) == (10, 10, 0)
    assert not (before - {""}) & set(Identity.objects.values_list("blind", flat=True))
    assert vault.for_carrier("report:3") == PHONE and len(vault.subjects_with("phone", PHONE)) == 5


def test_second_factors_are_sealed_anew_and_open():
    post = staff("city_admin")
    begun()
    assert rekeying.count_old() == 1 == sealed_anew()
    secret = Authenticator.objects.get(user=post.person).data["secret"]
    assert vault.is_new(vault._bytes_of(secret), "second-factor")


def test_a_broken_off_change_goes_on_where_it_stopped(sheets, monkeypatch):
    monkeypatch.setattr(rekeying, "AT_ONCE", 3)
    begun()
    assert next(rekeying.seal_anew()) == 3 and rekeying.count_old() == 7
    assert sealed_anew() == 7 and rekeying.count_old() == 0 and sealed_anew() == 0


def test_a_sheet_that_no_key_opens_stays_as_it_is_and_is_named(sheets):
    row = Identity.objects.get(subject="report:2", field="phone")
    Identity.objects.filter(pk=row.pk).update(sealed=bytes(40))
    begun()
    assert sealed_anew() == 9 and rekeying.count_old() == 0
    assert bytes(Identity.objects.get(pk=row.pk).sealed) == bytes(40)
    assert vault.faults() == ["vault: phone of report:2 does not open"]


@given(st.text(min_size=1, max_size=60), st.integers(1, 4))
@settings(deadline=None, max_examples=15)
def test_whatever_stands_on_a_sheet_outlives_any_number_of_changes(fact, times):
    sealed = vault.lock(fact, "a sheet")
    for _time in range(times):
        keyring.change()
        sealed = vault.locked_anew(sealed, "a sheet")
        keyring.retire()
    assert vault.unlock(sealed, "a sheet") == fact


# --- the old key -----------------------------------------------------------------------------------


def test_the_old_key_goes_when_nothing_needs_it_and_the_journal_says_so(sheets, finish, folder):
    begun()
    sealed_anew()
    finish()
    assert [path.name for path in folder.iterdir()] == ["vault"]
    assert vault.for_carrier("report:3") == PHONE and vault.faults() == []
    verbs = Entry.objects.filter(verb__startswith="people.vault").order_by("seq").values_list("verb", flat=True)
    assert list(verbs) == ["people.vault_key_changed", "people.vault_key_retired"]


def test_the_old_key_stays_while_anything_is_sealed_with_it(sheets, finish, folder):
    begun()
    with pytest.raises(rekeying.NotYet, match="10 sheets"):
        finish()
    assert (folder / "vault.old").exists() and vault.faults() == []


def test_the_old_key_stays_for_a_day_for_links_that_were_given_out(sheets, folder):
    begun()
    sealed_anew()
    with pytest.raises(rekeying.NotYet, match="UTC"):
        rekeying.finish(by=SYSTEM)
    assert (folder / "vault.old").exists()


def test_where_there_is_no_old_key_nothing_is_removed(sheets, finish, folder):
    with pytest.raises(rekeying.NotYet, match="no old key"):
        finish()
    assert vault.for_carrier("report:3") == PHONE


@pytest.mark.parametrize("deed", [rekeying.begin, rekeying.finish])
def test_no_post_changes_the_key(deed):
    with pytest.raises(law.No):
        deed(by=factories.actor("city_admin"))
