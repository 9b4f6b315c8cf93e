import pytest

from mashangyi.doors.web.tests.browsing import chromium


@pytest.fixture(scope="session")
def browser():
    with chromium() as browser:
        yield browser
