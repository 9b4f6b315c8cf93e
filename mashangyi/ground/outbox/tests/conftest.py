import pytest

from mashangyi.ground.calendar.clock import at, local
from mashangyi.ground.outbox import carriers

from . import factories

NOON = local(2026, 5, 18, 12)


@pytest.fixture(autouse=True)
def only_the_kinds_of_these_tests():
    with factories.kinds(factories.Happened(), factories.Duty()):
        yield


@pytest.fixture(autouse=True)
def noon():
    with at(NOON):
        yield NOON


@pytest.fixture
def phone(monkeypatch):
    """The carrier that stands for the phone, watched."""
    watched = factories.Watched()
    monkeypatch.setitem(carriers.CARRIERS, "console", watched)
    return watched
