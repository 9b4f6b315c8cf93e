import pytest
from django.core.cache import cache

from .factories import staff


@pytest.fixture(autouse=True)
def counting_anew():
    """No test is refused for what another one tried."""
    cache.clear()


@pytest.fixture(scope="session")
def browser():
    from mashangyi.doors.web.tests.browsing import chromium

    with chromium() as browser:
        yield browser


@pytest.fixture
def admin():
    return staff("city_admin")
