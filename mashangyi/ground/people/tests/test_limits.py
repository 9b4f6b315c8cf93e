"""How often an address may try; and that nobody can be found out from what is counted."""

import pytest
from django.test import RequestFactory

from mashangyi.ground.calendar import clock
from mashangyi.ground.people import limits
from mashangyi.ground.people.actor import ANYONE, resident
from mashangyi.ground.people.law import No
from mashangyi.ground.people.models import Person


@pytest.fixture(autouse=True)
def anew():
    limits.forget()
    yield
    limits.forget()


def test_up_to_the_rate_is_allowed_and_no_more():
    assert [limits.hit("try", "1.2.3.4", "3/minute") for _ in range(5)] == [True, True, True, False, False]


def test_addresses_and_names_are_counted_apart():
    assert limits.hit("try", "1.2.3.4", "1/minute")
    assert limits.hit("try", "1.2.3.5", "1/minute")
    assert limits.hit("other", "1.2.3.4", "1/minute")
    assert not limits.hit("try", "1.2.3.4", "1/minute")


def test_looking_counts_nothing():
    assert not any(limits.spent("try", "1.2.3.4", "1/minute") for _ in range(5))
    limits.hit("try", "1.2.3.4", "1/minute")
    assert limits.spent("try", "1.2.3.4", "1/minute")


def test_a_request_that_is_too_often_is_refused_with_words_and_429(monkeypatch):
    monkeypatch.setenv("MASHANGYI_RATE_TRIES", "2/5minute")
    request = RequestFactory().get("/", REMOTE_ADDR="9.9.9.9")
    limits.allow(request, "code", "MASHANGYI_RATE_TRIES")
    limits.allow(request, "code", "MASHANGYI_RATE_TRIES")
    with pytest.raises(limits.TooMany) as refused:
        limits.allow(request, "code", "MASHANGYI_RATE_TRIES", count=False)
    assert "5" in refused.value.reason
    assert isinstance(refused.value, No)
    assert refused.value.status == 429


def test_an_office_behind_one_address_is_counted_person_by_person(monkeypatch):
    monkeypatch.setenv("MASHANGYI_RATE_REPORTS", "2/hour")
    for pk in (4, 5):
        for _time in range(2):
            limits.allow(by(pk), "report", "MASHANGYI_RATE_REPORTS")
    limits.allow(by(None), "report", "MASHANGYI_RATE_REPORTS")


def test_one_person_is_limited_from_wherever_they_come(monkeypatch):
    monkeypatch.setenv("MASHANGYI_RATE_REPORTS", "2/hour")
    for address in ("9.9.9.1", "9.9.9.2"):
        limits.allow(by(4, address), "report", "MASHANGYI_RATE_REPORTS")
    with pytest.raises(limits.TooMany):
        limits.allow(by(4, "9.9.9.3"), "report", "MASHANGYI_RATE_REPORTS")


def by(person: int | None, address: str = "9.9.9.9"):
    request = RequestFactory().get("/", REMOTE_ADDR=address)
    request.actor = resident(Person(pk=person)) if person else ANYONE
    return request


def test_the_address_itself_is_nowhere_in_what_is_counted():
    limits.hit("try", "203.0.113.77", "3/minute")
    assert "203.0.113.77" not in repr(vars(limits._limiter.storage))


def test_the_salt_is_another_one_each_day_and_the_old_one_is_gone():
    with clock.at(clock.local(2026, 5, 3)):
        first = limits.hashed("1.2.3.4")
        assert limits.hashed("1.2.3.4") == first
    with clock.at(clock.local(2026, 5, 4)):
        assert limits.hashed("1.2.3.4") != first
        assert len(limits._salts) == 1


def test_a_header_that_anyone_can_write_is_not_believed_here():
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR="8.8.8.8")
    assert limits.address_of(request) == "10.0.0.1"


@pytest.mark.parametrize(("one", "other", "same"), [
    ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
    ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
    ("::ffff:203.0.113.9", "203.0.113.9", True),
    ("::ffff:203.0.113.9", "::ffff:203.0.113.8", False),
    ("fe80::1%eth0", "fe80::2", True),
    ("not an address", "not an address", True),
])  # fmt: skip
def test_who_holds_a_network_of_ipv6_addresses_is_counted_as_one(one, other, same):
    first, second = (limits.address_of(RequestFactory().get("/", REMOTE_ADDR=each)) for each in (one, other))
    assert (first == second) is same
