"""Fixtures for every test."""

import pytest


@pytest.fixture
def site(tmp_path):
    """A real, empty, migrated server (tests/server.py): `site.url`, `site.run(…)`, `site.kill()`."""
    from tests.server import running_server

    with running_server(tmp_path / "data") as running:
        yield running
