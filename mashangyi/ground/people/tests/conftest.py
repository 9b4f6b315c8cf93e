import pytest
from django.core.cache import cache
from hypothesis import settings

from mashangyi.ground.people import limits

# The first example of a run reads the catalogues; a slow machine is no fault of the rule.
settings.register_profile("calm", deadline=None)
settings.load_profile("calm")


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
