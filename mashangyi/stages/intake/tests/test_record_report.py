"""The rules of the one door, one row each."""

from threading import Barrier, Thread

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from mashangyi.ground.journal.models import Entry
from mashangyi.ground.journal.read import faults
from mashangyi.ground.people import law, vault
from mashangyi.ground.people.actor import ANYONE, resident
from mashangyi.ground.people.models import Identity, Person
from mashangyi.stages.intake import actions, queries, rules
from mashangyi.stages.intake.actions import Source, record_report
from mashangyi.stages.intake.models import Report
from mashangyi.topic.models import Topic
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def room():
    return factories.room()


def test_a_report_gets_a_number_a_topic_and_one_journal_entry(room):
    receipt = record_report(room, "路灯不亮", by=ANYONE)
    topic = receipt.report.topic
    assert (topic.state, topic.reports_count, topic.holder) == ("received", 1, room.name)
    assert Entry.objects.filter(topic=topic.pk).values_list("verb", flat=True).get() == "intake.reported"
    assert faults() == []


def test_the_number_leads_back_to_the_report_however_it_is_typed(room):
    report = record_report(room, "路灯不亮", by=ANYONE).report
    wide = "".join(chr(ord(c) + 0xFEE0) for c in report.number)
    for typed in (report.number, report.number.lower(), report.number.replace("-", " "), wide, f"{wide}。"):
        assert queries.report_by_number(typed) == report


def test_the_receipt_opens_with_its_secret_and_with_no_other(room):
    receipt, other = record_report(room, "路灯不亮", by=ANYONE), record_report(room, "井盖松了", by=ANYONE)
    assert queries.report_of_receipt(receipt.report.number, receipt.secret) == receipt.report
    assert not rules.opens(other.secret, receipt.report.pk)
    assert not rules.opens("", receipt.report.pk)


def test_the_secret_of_a_receipt_is_nowhere_in_the_database(room):
    secret = record_report(room, "路灯不亮", by=ANYONE, phone="13800138000").secret
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM intake_report")
        assert secret not in str(cursor.fetchall())


def test_a_form_sent_twice_is_one_report(room):
    first = record_report(room, "路灯不亮", by=ANYONE, once="word-of-this-form")
    again = record_report(room, "路灯不亮", by=ANYONE, once="word-of-this-form")
    assert again.report == first.report and first.is_new and not again.is_new
    assert Report.objects.count() == Topic.objects.count() == 1


def test_the_same_ticket_twice_is_one_report(room):
    clerk = factories.actor("clerk", room=room)
    ticket = Source("12345", "SZ2309-816", {})
    first = record_report(room, "工地夜里打桩", "hotline", by=clerk, source=ticket)
    assert record_report(room, "工地夜里打桩", "hotline", by=clerk, source=ticket).report == first.report


def test_who_said_it_stands_in_the_vault_alone(room):
    report = record_report(room, "路灯不亮", by=ANYONE, phone="138 0013 8000", name="王秀英").report
    assert vault.knows(report.subject, "phone") and vault.knows(report.subject, "name")
    assert b"138001" not in bytes(Identity.objects.get(subject=report.subject, field="phone").sealed)
    assert "王秀英" not in str(list(Entry.objects.values()))


@pytest.mark.parametrize(
    ("words", "field", "fields"),
    [
        ("  ", "words", {}),
        ("字" * 2001, "words", {}),
        ("路灯不亮", "phone", {"phone": "12345"}),
    ],
)
def test_bad_input_names_its_field_and_keeps_nothing(room, words, field, fields):
    with pytest.raises(ValidationError) as problem:
        record_report(room, words, by=ANYONE, **fields)
    assert list(problem.value.message_dict) == [field]
    assert not Topic.objects.exists() and not Entry.objects.exists()


def test_filing_for_someone_needs_their_consent(room):
    worker = factories.actor("grid_worker", place=room.place)
    with pytest.raises(ValidationError) as problem:
        record_report(room, "走累了没地方坐", "proxy", by=worker)
    assert "consent" in problem.value.message_dict
    report = record_report(room, "走累了没地方坐", "proxy", by=worker, consent="本人当面口头同意").report
    assert report.filed_by_id == worker.post_id and report.person_id is None


@pytest.mark.parametrize("channel", ["proxy", "grid", "hotline", "member", "committee"])
def test_a_resident_uses_the_residents_channel_alone(room, channel):
    with pytest.raises(law.No):
        record_report(room, "路灯不亮", channel, by=ANYONE, consent="同意")


def test_a_clerk_imports_for_their_own_room_alone(room):
    stranger = factories.actor("clerk", room=factories.room())
    with pytest.raises(law.No):
        record_report(room, "路灯不亮", "hotline", by=stranger, source=Source("12345", "1", {}))


def test_a_closed_room_takes_nothing_and_says_so(room):
    room.closed_on = "2026-01-01"
    with pytest.raises(ValidationError, match="停用"):
        record_report(room, "路灯不亮", by=ANYONE)


def test_me_too_joins_the_topic_once_a_person(room):
    topic = record_report(room, "路灯不亮", by=ANYONE).report.topic
    neighbour = resident(Person.objects.create(kind="resident"))
    first = actions.support(topic, by=neighbour)
    again = actions.support(topic, by=neighbour)
    topic.refresh_from_db()
    assert first.report == again.report and (topic.reports_count, topic.support_count) == (2, 1)


def test_who_took_it_back_may_say_me_too_again(room):
    topic = record_report(room, "路灯不亮", by=ANYONE).report.topic
    neighbour = resident(Person.objects.create(kind="resident"))
    first = actions.support(topic, by=neighbour).report
    actions.withdraw(first, by=neighbour, own=True)
    again = actions.support(topic, by=neighbour)
    assert again.is_new and again.report != first and again.report.withdrawn_at is None


def test_me_too_on_an_ended_topic_is_refused_with_a_way_on(room):
    report = record_report(room, "路灯不亮", by=ANYONE).report
    actions.withdraw(report, by=ANYONE, own=True)
    with pytest.raises(ValidationError, match="重新反映"):
        actions.support(report.topic, by=ANYONE)


def test_the_only_report_withdrawn_ends_the_topic(room):
    report = record_report(room, "路灯不亮", by=ANYONE).report
    actions.withdraw(report, by=ANYONE, own=True)
    assert Topic.objects.get().state == "withdrawn"
    assert faults() == []


def test_one_of_two_reports_withdrawn_leaves_the_topic(room):
    report = record_report(room, "路灯不亮", by=ANYONE).report
    actions.support(report.topic, by=ANYONE)
    actions.withdraw(report, by=ANYONE, own=True)
    topic = Topic.objects.get()
    assert (topic.state, topic.reports_count) == ("received", 1)


def test_nobody_withdraws_what_is_not_theirs(room):
    report = record_report(room, "路灯不亮", by=ANYONE).report
    with pytest.raises(law.No):
        actions.withdraw(report, by=factories.actor("clerk", room=room), own=False)


def test_a_report_takes_a_fixed_number_of_queries(room, django_assert_max_num_queries):
    record_report(room, "第一件", by=ANYONE)
    with django_assert_max_num_queries(11):
        record_report(room, "路灯不亮", by=ANYONE, phone="13800138000", once="abc")


def test_whoever_signs_in_finds_what_they_reported_with_their_number_before(room):
    mine = record_report(room, "路灯不亮", phone="138 1234 5678", by=ANYONE).report
    record_report(room, "别人的事", phone="13912345678", by=ANYONE)
    person = Person.objects.create(kind="resident")
    assert queries.reports_of_person(person.pk) == []
    vault.seal(f"person:{person.pk}", phone="+8613812345678")
    assert queries.reports_of_person(person.pk) == [mine]


@pytest.mark.django_db(transaction=True)
def test_a_form_sent_twice_at_the_same_moment_is_one_report(room):
    """A double click: both are under way before either has written anything."""
    together, receipts = Barrier(2), []

    def send():
        together.wait(10)
        try:
            receipts.append(record_report(room, "路灯不亮", by=ANYONE, once="word-of-this-form").report.pk)
        finally:
            connection.close()

    clicks = [Thread(target=send) for _n in range(2)]
    for click in clicks:
        click.start()
    for click in clicks:
        click.join(20)
    assert len(receipts) == 2 and len(set(receipts)) == 1
    assert Report.objects.count() == Topic.objects.count() == 1
