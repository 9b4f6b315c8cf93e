"""Fixtures for every test."""

import os

import pytest
from hypothesis import settings

# A slow machine is no fault of a rule.
settings.register_profile("calm", deadline=None)
settings.load_profile("calm")

# A test that says one of these when it is skipped misses something that continuous integration must have.
MUST_BE_THERE = ("NO BROWSER", "NO POSTGRES")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Under CI=true nothing is skipped for want of a browser or a database."""
    report = yield
    if report.skipped and os.environ.get("CI") == "true":
        reason = str(report.longrepr)
        if any(word in reason for word in MUST_BE_THERE):
            report.outcome, report.longrepr = "failed", reason
    return report


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    """SQLite as in service: a file in WAL mode, so that tests with threads see what threads see."""
    from django.conf import settings

    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        database.setdefault("TEST", {})["NAME"] = str(settings.DATA / "tests.sqlite3")


@pytest.fixture(autouse=True)
def nothing_kept():
    """What a process remembers of one test's database is not true of the next one's."""
    from mashangyi.ground.people import limits, twice
    from mashangyi.topic import panels

    panels.forget()
    limits.forget()
    twice.forget()


@pytest.fixture
def site(tmp_path):
    """A real, empty, migrated server (tests/server.py): `site.url`, `site.run(…)`, `site.kill()`."""
    from tests.server import running_server

    with running_server(tmp_path / "data") as running:
        yield running


@pytest.fixture(scope="session")
def demo_site(tmp_path_factory):
    """One real server with the demo town, for all tests that only look or add."""
    from tests.server import running_server

    with running_server(tmp_path_factory.mktemp("demo"), demo=True) as running:
        yield running
