import pytest
from django.core.cache import cache

from mashangyi.ground.people import limits


@pytest.fixture(autouse=True)
def counting_anew():
    """No test is refused for what another one tried."""
    limits.forget()
    cache.clear()


@pytest.fixture(scope="session")
def browser():
    from mashangyi.doors.web.tests.browsing import chromium

    with chromium() as browser:
        yield browser
