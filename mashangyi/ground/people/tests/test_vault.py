"""The vault's promises: sealed apart, opened for a purpose by those who may, erased without a trace."""

import os
from types import SimpleNamespace

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from mashangyi.ground.journal import read
from mashangyi.ground.journal.models import Entry
from mashangyi.ground.people import actions, keyring, law, vault
from mashangyi.ground.people.actor import ROLES, SYSTEM, Actor, resident
from mashangyi.ground.people.models import Identity, Person
from tests import factories

pytestmark = pytest.mark.django_db
PHONE, NAME = "+8613812345678", "某居民"


def a_report(room=None, filed_by_id=None):
    """What a report is to the vault: a subject with a place in a room."""
    room = room or factories.room()
    return SimpleNamespace(
        subject="report:19",
        room_id=room.pk,
        place=room.place,
        filed_by_id=filed_by_id,
        topic=None,
        topic_id=None,
    )


@pytest.fixture
def report():
    vault.seal("report:19", phone=PHONE, name=NAME)
    return a_report()


def unsealed_by(role, report, **where):
    by = factories.actor(role, **where)
    return vault.unseal("report:19", "phone", "name", purpose="回电核实", by=by, thing=report)


# --- sealed ------------------------------------------------------------------------------------


def test_nothing_readable_stands_in_the_database(report):
    for row in Identity.objects.all():
        assert PHONE[3:].encode() not in bytes(row.sealed) and NAME.encode() not in bytes(row.sealed)
        assert PHONE[3:] not in row.blind


def test_the_same_fact_is_sealed_differently_each_time_and_found_by_one_blind_index():
    vault.seal("person:1", phone=PHONE)
    vault.seal("report:2", phone=PHONE)
    first, second = Identity.objects.order_by("id")
    assert bytes(first.sealed) != bytes(second.sealed) and first.blind == second.blind
    assert sorted(vault.subjects_with("phone", PHONE)) == ["person:1", "report:2"]


def test_a_newer_fact_replaces_the_older_one_and_its_index():
    vault.seal("person:1", phone=PHONE)
    vault.seal("person:1", phone="+8613912345678", name="")
    assert vault.for_carrier("person:1") == "+8613912345678"
    assert vault.subjects_with("phone", PHONE) == [] and not vault.knows("person:1", "name")


@given(st.text(min_size=1, max_size=60), st.text(max_size=20))
def test_what_is_locked_opens_for_its_own_use_alone(text, about):
    sealed = vault.lock(text, about)
    assert vault.unlock(sealed, about) == text
    with pytest.raises(vault.Unreadable):
        vault.unlock(sealed, about + "x")


@given(st.text(max_size=80))
def test_what_is_not_ours_never_opens(text):
    with pytest.raises(vault.Unreadable):
        vault.unlock(text, "sign-in")


# --- attacked ----------------------------------------------------------------------------------


def test_with_another_key_nothing_opens_and_the_doctor_names_it(report, monkeypatch):
    other = keyring.Key(AESGCM(os.urandom(32)), os.urandom(32))
    monkeypatch.setattr(keyring, "ring", lambda: (other,))
    with pytest.raises(vault.Unreadable, match="密钥"):
        vault.for_carrier("report:19")
    assert vault.subjects_with("phone", PHONE) == []
    assert vault.faults() == [
        "vault: phone of report:19 does not open",
        "vault: name of report:19 does not open",
    ]


@pytest.mark.parametrize("at", [0, 11, 12, -1])
def test_a_changed_byte_is_noticed(report, at):
    row = Identity.objects.get(field="phone")
    sealed = bytearray(row.sealed)
    sealed[at] ^= 1
    Identity.objects.filter(pk=row.pk).update(sealed=bytes(sealed))
    with pytest.raises(vault.Unreadable):
        vault.for_carrier("report:19")


def test_a_cut_row_is_noticed(report):
    Identity.objects.filter(field="phone").update(sealed=b"short")
    with pytest.raises(vault.Unreadable):
        vault.for_carrier("report:19")


@pytest.mark.parametrize("moved", [{"subject": "report:20"}, {"field": "contact"}])
def test_a_row_moved_to_another_subject_or_field_does_not_open(report, moved):
    row = Identity.objects.get(field="phone")
    Identity.objects.filter(pk=row.pk).update(**moved)
    row.refresh_from_db()
    with pytest.raises(vault.Unreadable):
        vault._opened(row.subject, [row.field])


def test_a_false_blind_index_is_found(report):
    Identity.objects.filter(field="phone").update(blind=vault.blind("phone", "+8613912345678"))
    assert vault.faults() == ["vault: phone of report:19 has another blind index"]


def test_a_whole_vault_has_no_faults(report):
    assert vault.faults() == []


# --- opened ------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["clerk", "convener"])
def test_clerk_and_convener_of_the_room_may_call_the_reporter_back(report, role):
    room = SimpleNamespace(pk=report.room_id, place=report.place)
    by = Actor(role, "长西社区", person_id=1, post_id=1, place=room.place, room_id=room.pk)
    facts = vault.unseal("report:19", "phone", "name", purpose="回电核实", by=by, thing=report)
    assert facts == {"phone": PHONE, "name": NAME}
    entry = Entry.objects.get(verb="people.unsealed")
    assert entry.data == {"subject": "report:19", "fields": ["name", "phone"], "purpose": "回电核实"}
    assert (entry.person, entry.role) == (1, role)


def test_the_unsealing_is_never_public(report):
    test_clerk_and_convener_of_the_room_may_call_the_reporter_back(report, "clerk")
    assert read.latest() == []


def test_a_clerk_of_another_room_may_not(report):
    with pytest.raises(law.No, match="不在您的范围"):
        unsealed_by("clerk", report, room=factories.room())


@pytest.mark.parametrize("role", sorted(set(ROLES) - {"clerk", "convener", "grid_worker", "system"}))
def test_nobody_else_may_ever_unseal(report, role):
    """Above all not the unit complained of, nor supervisor, auditor and administrator."""
    where = {"unit": factories.unit()} if role == "unit_officer" else {"place": "3208"}
    with pytest.raises(law.No) as no:
        unsealed_by(role, report, **where)
    assert no.value.reason and not Entry.objects.filter(verb="people.unsealed").exists()


def test_a_grid_worker_sees_whom_they_filed_for_and_no_other():
    vault.seal("report:19", phone=PHONE)
    by = factories.actor("grid_worker", place=factories.VILLAGE)
    theirs = a_report(filed_by_id=by.post_id)
    assert vault.unseal("report:19", "phone", purpose="送回执", by=by, thing=theirs) == {"phone": PHONE}
    for other in (a_report(), a_report(filed_by_id=by.post_id + 1)):
        with pytest.raises(law.No):
            vault.unseal("report:19", "phone", purpose="送回执", by=by, thing=other)


def test_reaching_one_report_does_not_open_another(report):
    room = factories.room()
    by = factories.actor("clerk", room=room)
    mine = a_report(room)
    vault.seal("report:20", phone=PHONE)
    with pytest.raises(law.No, match="不属于这件事"):
        vault.unseal("report:20", "phone", purpose="回电", by=by, thing=mine)
    with pytest.raises(law.No):
        vault.unseal("report:20", "phone", purpose="回电", by=by, thing=room)
    with pytest.raises(law.No):
        vault.unseal("report:20", "phone", purpose="回电", by=by)


def test_a_thing_with_the_rooms_number_is_not_the_room():
    """A report whose own number happens to be the room's opens nothing."""
    room = factories.room()
    by = factories.actor("clerk", room=room)
    stranger = SimpleNamespace(pk=room.pk, subject=f"report:{room.pk}", place="320830")
    with pytest.raises(law.No):
        vault.unseal(stranger.subject, "phone", purpose="回电", by=by, thing=stranger)


@pytest.mark.parametrize("purpose", ["", "   ", "长" * 201])
def test_a_purpose_is_needed_and_short(report, purpose):
    with pytest.raises(ValidationError, match="用途"):
        vault.unseal("report:19", "phone", purpose=purpose, by=SYSTEM, thing=report)


@pytest.mark.parametrize("purpose", [f"打给{NAME}", f"拨打 {PHONE}", "拨打 138 1234 1207", "拨打 １３８１２３４１２０７"])
def test_the_purpose_carries_no_identity_into_the_journal(report, purpose):
    with pytest.raises(ValidationError, match="不要写姓名和电话"):
        vault.unseal("report:19", "phone", "name", purpose=purpose, by=SYSTEM, thing=report)
    assert not Entry.objects.exists()


def test_no_facts_without_their_journal_entry(report, monkeypatch):
    def full(*args, **kwargs):
        raise OSError("disk full")

    monkeypatch.setattr(vault, "record", full)
    with pytest.raises(OSError, match="full"):
        vault.unseal("report:19", "phone", purpose="回电", by=SYSTEM, thing=report)


# --- erased ------------------------------------------------------------------------------------


def test_erasing_leaves_the_journal_whole_and_no_identity():
    person = Person.objects.create(kind="resident")
    vault.seal(f"person:{person.pk}", phone=PHONE, name=NAME)
    actions.erase_account(person, by=resident(person))
    person.refresh_from_db()
    assert not person.is_active and not Identity.objects.exists()
    assert read.faults() == [] and vault.subjects_with("phone", PHONE) == []
    words = " ".join(f"{entry.data} {entry.organ}" for entry in Entry.objects.all())
    assert PHONE[3:] not in words and NAME not in words


def test_erasing_takes_what_was_left_with_reports_and_nothing_of_another_account():
    person, colleague = Person.objects.create(kind="resident"), Person.objects.create(kind="staff", username="c")
    for subject in (f"person:{person.pk}", "report:7", f"person:{colleague.pk}"):
        vault.seal(subject, phone=PHONE, name=NAME)
    vault.seal("report:8", phone="+8613900000000")
    actions.erase_account(person, by=resident(person))
    assert set(Identity.objects.values_list("subject", flat=True)) == {f"person:{colleague.pk}", "report:8"}


def test_nobody_erases_another_person():
    person, other = Person.objects.create(kind="resident"), Person.objects.create(kind="resident")
    with pytest.raises(law.No):
        actions.erase_account(person, by=resident(other))


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("138 1234 5678", PHONE),
        ("+86-138-1234-5678", PHONE),
        ("１３８１２３４５６７８", PHONE),
        ("0517-83605000", "+8651783605000"),
    ],
)
def test_numbers_are_understood_as_typed(typed, number):
    assert vault.phone_number(typed) == number


@pytest.mark.parametrize("typed", ["", "12", "1381234567", "138123456789", "abc"])
def test_a_number_that_cannot_ring_is_refused_with_the_remedy(typed):
    with pytest.raises(ValueError, match="检查"):
        vault.phone_number(typed)
