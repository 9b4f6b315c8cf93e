"""Many who write at once make one chain, without a gap and without an error."""

import os
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections
from django.db.models import F

from mashangyi.ground.journal.deeds import deed
from mashangyi.ground.journal.models import Cursor
from mashangyi.ground.journal.read import faults, head
from mashangyi.ground.journal.record import record
from mashangyi.ground.people.actor import SYSTEM

from . import crowd

CHECK = "import django; django.setup(); from mashangyi.ground.journal.read import faults; print(faults())"


def program(folder, *arguments) -> subprocess.Popen:
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment |= {"MASHANGYI_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "mashangyi.config.settings"}
    return subprocess.Popen([sys.executable, *arguments], env=environment, stdout=subprocess.PIPE, text=True)


def finished(process: subprocess.Popen) -> str:
    out, _nothing = process.communicate(timeout=120)
    assert process.returncode == 0
    return out.strip()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="about SQLite's file")
def test_eight_threads_of_two_processes_write_one_chain_into_a_sqlite_file(tmp_path):
    finished(program(tmp_path, "-m", crowd.__name__, "tables"))
    both = [program(tmp_path, "-m", crowd.__name__, "8", "40") for _ in range(2)]
    numbers = [int(seq) for process in both for seq in finished(process).split()]
    assert sorted(numbers) == list(range(1, 641))
    assert finished(program(tmp_path, "-c", CHECK)) == "[]"


@pytest.mark.skipif(connection.vendor != "postgresql", reason="needs --database=postgres")
@pytest.mark.django_db(transaction=True)
def test_eight_threads_write_one_chain_into_postgresql():
    numbers = crowd.speak_all_at_once(8, 40)
    assert sorted(numbers) == list(range(1, 321))
    assert head() == 320 and faults() == []


@pytest.mark.skipif(connection.vendor != "postgresql", reason="needs --database=postgres")
@pytest.mark.django_db(transaction=True)
def test_of_two_deeds_that_wait_for_each_other_one_is_done_once_more():
    Cursor.objects.create(reader="test", seq=0)
    both_hold_something = threading.Barrier(2)
    tries = []

    def wait_for_the_other():
        if len(tries) <= 2:
            both_hold_something.wait(timeout=20)

    @deed
    def record_first(*, by):
        tries.append("record first")
        record("test.spoken", by=by)
        wait_for_the_other()
        Cursor.objects.filter(pk="test").update(seq=F("seq") + 1)

    @deed
    def record_last(*, by):
        tries.append("record last")
        Cursor.objects.filter(pk="test").update(seq=F("seq") + 1)
        wait_for_the_other()
        record("test.spoken", by=by)

    def alone(action):
        try:
            action(by=SYSTEM)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(alone, [record_first, record_last]))
    assert len(tries) == 3, tries
    assert Cursor.objects.get(pk="test").seq == head() == 2
