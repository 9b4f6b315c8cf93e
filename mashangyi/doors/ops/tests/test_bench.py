"""`mashangyi bench`: what it measures is really done, and never to the town's own data."""

import json
import os
import subprocess
import sys

import pytest

pytestmark = pytest.mark.slow
QUICK = ("--topics", "60", "--small", "60", "--seconds", "0.1", "--json")


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    """The figures of a very small bench, and the data folder that the town would have had."""
    town = tmp_path_factory.mktemp("town")
    environment = {**os.environ, "MASHANGYI_DATA": str(town), "DATABASE_URL": f"sqlite:///{town}/town.sqlite3"}
    line = [sys.executable, "-m", "mashangyi.doors.ops", "bench", *QUICK]
    done = subprocess.run(line, env=environment, capture_output=True, text=True, check=True)
    return json.loads(done.stdout), town


def test_every_page_is_answered_and_every_report_kept(found):
    rows = found[0]["rows"]
    assert {"scan page", "city page", "clerk's inbox", "report submitted, 16 clients"} <= {row["page"] for row in rows}
    assert all(row["wrong"] == 0 and row["per_second"] > 0 for row in rows)


def test_no_page_asks_more_than_twelve_questions_and_a_report_is_really_written(found):
    queries = {row["page"]: row["queries"] for row in found[0]["rows"]}
    assert max(queries.values()) <= 12
    assert queries["report submitted, 16 clients"] >= 5


def test_the_memory_of_the_web_process_is_told(found):
    assert 50 < found[0]["facts"]["web process, MB"] < 1000


def test_the_towns_own_data_is_left_alone(found):
    assert list(found[1].iterdir()) == []
