"""One town for all journeys, a browser for each, and as many people in it as a story needs."""

import pytest

from mashangyi.doors.web.tests.browsing import chromium
from tests.server import running_server

from .cast import Cast
from .town import build


@pytest.fixture
def browser():
    """One for each journey."""
    with chromium(own=True) as browser:
        yield browser


@pytest.fixture(scope="session")
def town(tmp_path_factory):
    """A real server with its worker. Everyone comes from one address here, so the rates are high."""
    rates = {"MASHANGYI_RATE_REPORTS": "9999/hour", "MASHANGYI_RATE_TRIES": "9999/hour"}
    with running_server(tmp_path_factory.mktemp("town") / "data", worker=True, **rates) as site:
        yield build(site)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """A journey that fails leaves a picture of what each person saw last."""
    report = yield
    if report.failed and call.when == "call" and "cast" in getattr(item, "funcargs", {}):
        item.funcargs["cast"].leaves_pictures(item.funcargs["tmp_path"])
        report.sections.append(("what each person saw last", str(item.funcargs["tmp_path"])))
    return report


@pytest.fixture
def cast(town, browser, tmp_path):
    """People with a browser each; in the end no page may have failed behind their backs."""
    cast = Cast(town, browser)
    yield cast
    assert cast.troubles == []
