"""Fixtures for every test."""

import pytest


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    """SQLite as in service: a file in WAL mode, so that tests with threads see what threads see."""
    from django.conf import settings

    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        database.setdefault("TEST", {})["NAME"] = str(settings.DATA / "tests.sqlite3")


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
