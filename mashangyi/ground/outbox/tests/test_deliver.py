"""From notices to the outside: sent once, tried again in growing steps, given up honestly."""

import logging
from datetime import timedelta

import pytest

from mashangyi.ground.calendar.clock import at, local
from mashangyi.ground.outbox import queries, rules, worker
from mashangyi.ground.outbox.carriers import Console, Refused, masked
from mashangyi.ground.outbox.models import Delivery, Notice, Wish
from mashangyi.ground.people import vault
from mashangyi.ground.people.models import Person

from .factories import happens, somebody

pytestmark = pytest.mark.django_db


def by_phone(**fields) -> Delivery:
    return Delivery.objects.get(carrier="console", **fields)


def told(**data) -> str:
    """Somebody with a phone who has just been written a notice."""
    name = somebody()
    happens(name, **data)
    worker.project()
    return name


def test_what_is_due_is_sent_and_marked(phone, noon):
    name = told()
    assert worker.deliver_due() == 1
    assert phone.sent == [(name, "第 1 条进展")]
    assert (by_phone().state, by_phone().attempts, by_phone().sent_at) == ("sent", 1, noon)


def test_what_was_sent_is_not_sent_again(phone):
    told()
    assert [worker.deliver_due(), worker.deliver_due()] == [1, 0]
    assert len(phone.sent) == 1


def test_of_two_workers_that_want_the_same_delivery_one_gets_it():
    told()
    first, second = worker._claim(), worker._claim()
    assert first and second is None


def test_a_delivery_that_another_worker_took_meanwhile_is_left_to_it(monkeypatch, phone):
    told()
    taken = []

    class Hasty(type(phone)):
        def send(self, notice, key):
            taken.append(worker._claim())  # the other worker looks while this one is sending
            super().send(notice, key)

    hasty = Hasty()
    monkeypatch.setitem(worker.CARRIERS, "console", hasty)
    worker.deliver_due()
    assert taken == [None] and len(hasty.sent) == 1


def test_a_failure_is_tried_again_in_growing_steps_and_then_given_up(phone, noon):
    phone.failures = 99
    told()
    moment, steps = noon, []
    for _n in range(6):
        with at(moment):
            assert worker.deliver_due() == 1
            assert worker.deliver_due() == 0
        row = by_phone()
        steps.append(row.next_at - moment)
        moment = row.next_at
    assert steps[:4] == list(rules.BACK_OFF[:4])
    assert row.state == "dead" and row.attempts == 6
    assert row.error == "ConnectionError: the other side does not answer"
    with at(moment + timedelta(days=30)):
        assert worker.deliver_due() == 0


def test_a_try_that_succeeds_at_last_is_sent_once(phone, noon):
    phone.failures = 2
    told()
    for minutes in (0, 1, 6):
        with at(noon + timedelta(minutes=minutes)):
            worker.deliver_due()
    assert len(phone.sent) == 1 and by_phone().state == "sent" and by_phone().error == ""


def test_each_try_has_the_same_key_and_each_delivery_its_own(phone, noon):
    phone.failures = 1
    told()
    told()
    worker.deliver_due()
    with at(noon + timedelta(minutes=1)):
        worker.deliver_due()
    first, second, again = phone.keys
    assert first == again != second


def test_a_refusal_for_good_is_given_up_at_once(phone):
    phone.failures, phone.answer = 1, Refused
    told()
    worker.deliver_due()
    assert (by_phone().state, by_phone().attempts) == ("dead", 1)


def test_one_that_fails_holds_up_no_other(phone):
    phone.failures = 1
    told()
    other = told()
    assert worker.deliver_due() == 2
    assert [name for name, _words in phone.sent] == [other]


def test_what_a_dead_worker_held_is_taken_up_after_the_lease(phone, noon):
    told()
    assert worker._claim()  # and then the machine is switched off
    with at(noon + rules.LEASE - timedelta(seconds=1)):
        assert worker.deliver_due() == 0
    with at(noon + rules.LEASE):
        assert worker.deliver_due() == 1
    assert len(phone.sent) == 1 and by_phone().attempts == 2


def test_a_slow_worker_does_not_overwrite_what_another_one_has_done(phone, noon):
    told()
    slow = worker._claim()
    with at(noon + rules.LEASE):
        worker.deliver_due()
        worker._note(slow, state="dead", error="late")
    assert by_phone().state == "sent"


def test_a_delivery_that_ends_its_worker_each_time_is_given_up(noon):
    told()
    moment = noon
    for _n in range(6):
        with at(moment):
            assert worker._claim()
        moment += rules.LEASE
    with at(moment):
        assert worker._claim() is None
    assert by_phone().state == "dead"


def given_up(phone) -> Delivery:
    """One that nobody will try again by itself."""
    phone.failures, phone.answer = 1, Refused
    told()
    worker.deliver_due()
    return by_phone()


def test_a_dead_delivery_can_be_sent_again_by_hand(phone):
    assert worker.send_again([given_up(phone).pk]) == 1
    worker.deliver_due()
    assert by_phone().state == "sent" and len(phone.sent) == 1
    assert worker.send_again() == 0


def test_by_hand_only_those_that_were_named_are_sent_again(phone):
    assert worker.send_again([given_up(phone).pk + 1]) == 0
    assert by_phone().state == "dead"


def test_what_was_given_up_more_than_a_week_ago_is_not_sent_again(phone, noon):
    given_up(phone)
    with at(noon + rules.STALE + timedelta(minutes=1)):
        assert worker.send_again() == 0


def test_what_somebody_has_looked_at_is_struck_off_and_stays_on_the_page(phone):
    given_up(phone)
    assert queries.stuck() == (1, 0)
    assert worker.forget() == 1 and queries.stuck() == (0, 0)
    assert worker.send_again() == 0 and Notice.objects.count() == 1


def test_the_operator_sees_why_and_neither_whom_nor_what(phone):
    given_up(phone)
    (row,) = queries.given_up(10)
    assert row["error"] == "the other side does not answer" and row["notice__kind"] == "test_happened"
    assert not {"recipient", "words", "title"} & {name.rpartition("__")[2] for name in row}


def test_a_carrier_that_no_longer_exists_is_given_up(phone):
    told()
    Delivery.objects.filter(carrier="console").update(carrier="pigeon")
    worker.deliver_due()
    assert Delivery.objects.get(carrier="pigeon").state == "dead"


@pytest.mark.parametrize(("hour", "sent"), [(7, 0), (8, 1), (12, 1), (20, 1), (21, 0), (23, 0), (2, 0)])
def test_nobody_is_rung_at_night(phone, hour, sent):
    with at(local(2026, 5, 18, hour)):
        told()
        worker.deliver_due()
    assert len(phone.sent) == sent


def test_what_came_at_night_is_sent_in_the_morning(phone):
    with at(local(2026, 5, 18, 23)):
        told()
        worker.deliver_due()
    assert by_phone().next_at == local(2026, 5, 19, 8)
    with at(local(2026, 5, 19, 8)):
        worker.deliver_due()
    assert len(phone.sent) == 1


def test_what_was_due_by_day_and_found_at_night_waits_for_the_morning(phone):
    told()
    with at(local(2026, 5, 18, 22)):
        assert worker.deliver_due() == 0
    assert by_phone().next_at == local(2026, 5, 19, 8)


def test_a_try_again_that_would_fall_into_the_night_waits_for_the_morning(phone):
    phone.failures = 1
    with at(local(2026, 5, 18, 20, 59)):
        told()
        worker.deliver_due()
    assert by_phone().next_at == local(2026, 5, 19, 8)


def test_what_is_urgent_rings_at_night_too(phone):
    with at(local(2026, 5, 18, 2)):
        told(urgent=True)
        worker.deliver_due()
    assert len(phone.sent) == 1


def wants_a_digest(name: str) -> str:
    Wish.objects.create(recipient=name, digest=True)
    return name


def test_a_day_becomes_one_letter(phone, noon):
    name = wants_a_digest(somebody())
    for _n in range(3):
        happens(name)
    worker.project()
    assert worker.deliver_due() == 0
    with at(local(2026, 5, 19, 8)):
        assert worker.deliver_due() == 1
        assert worker.deliver_due() == 0
    assert phone.sent == [(name, "有 3 件新进展：\n1. 第 1 条进展\n2. 第 2 条进展\n3. 第 3 条进展")]
    assert sorted(Delivery.objects.filter(carrier="console").values_list("state", flat=True)) == [
        "bundled", "bundled", "bundled", "sent",
    ]  # fmt: skip


def test_each_recipient_has_a_letter_of_their_own(phone):
    one, other = wants_a_digest(somebody()), wants_a_digest(somebody())
    happens(one, other)
    worker.project()
    with at(local(2026, 5, 19, 8)):
        worker.deliver_due()
    assert sorted(name for name, _words in phone.sent) == sorted([one, other])


def test_what_is_urgent_does_not_wait_for_the_letter(phone):
    name = wants_a_digest(somebody())
    happens(name, urgent=True)
    worker.project()
    worker.deliver_due()
    assert len(phone.sent) == 1


def test_the_letter_is_not_on_the_page_a_second_time(phone):
    from mashangyi.ground.outbox.queries import newest

    name = wants_a_digest(somebody())
    happens(name)
    worker.project()
    with at(local(2026, 5, 19, 8)):
        worker.deliver_due()
    assert len(newest(name)) == 1 and Notice.objects.count() == 2


def test_the_console_masks_the_number(caplog):
    name = told()
    with caplog.at_level(logging.INFO, "mashangyi.outbox"):
        Console().send(Notice.objects.get(recipient=name), "key")
    assert "+86138****1207" in caplog.text and "第 1 条进展" in caplog.text
    assert "12341207" not in caplog.text


def test_the_console_shows_the_number_of_a_demo_account(caplog):
    name = told()
    Person.objects.update(is_demo=True)
    with caplog.at_level(logging.INFO, "mashangyi.outbox"):
        Console().send(Notice.objects.get(recipient=name), "key")
    assert "+8613812341207" in caplog.text


def test_somebody_whose_number_was_erased_meanwhile_is_not_tried_again():
    name = told()
    vault.erase(name)
    worker.deliver_due()
    assert by_phone().state == "dead"


@pytest.mark.parametrize(("phone", "shown"), [("+8613812341207", "+86138****1207"), ("12345", "****")])
def test_a_masked_number_cannot_be_called(phone, shown):
    assert masked(phone) == shown


def test_the_database_is_let_go_of_while_a_carrier_works(monkeypatch, phone, transactional_db):
    from django.db import connection

    seen = []
    monkeypatch.setattr(phone, "send", lambda notice, key: seen.append(connection.in_atomic_block))
    told()
    worker.deliver_due()
    assert seen == [False]
