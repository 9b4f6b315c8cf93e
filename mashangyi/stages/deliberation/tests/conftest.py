import pytest

from mashangyi.ground.calendar.clock import at

from .factories import FRIDAY, opened


@pytest.fixture
def friday_evening():
    """It is the evening of the meeting."""
    with at(FRIDAY):
        yield


@pytest.fixture
def meeting():
    return opened()
