"""Several workers at once make every notice once and send every letter once."""

import os
import subprocess
import sys

import pytest
from django.db import connection

from mashangyi.ground.outbox import carriers
from mashangyi.ground.outbox.models import Delivery, Notice

from . import crowd


def program(folder, *arguments) -> subprocess.Popen:
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment |= {"MASHANGYI_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "mashangyi.config.settings"}
    command = [sys.executable, "-m", crowd.__name__, *arguments]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)


def finished(process: subprocess.Popen) -> list[str]:
    out, _nothing = process.communicate(timeout=180)
    assert process.returncode == 0
    return out.strip().splitlines()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="about SQLite's file")
def test_two_processes_of_two_workers_send_everything_once_from_a_sqlite_file(tmp_path):
    finished(program(tmp_path, "happen"))
    both = [program(tmp_path, "2") for _ in range(2)]
    sent = [line for process in both for line in finished(process)]
    assert len(sent) == len(set(sent)) == 2 * crowd.MANY


@pytest.mark.skipif(connection.vendor != "postgresql", reason="needs --database=postgres")
@pytest.mark.django_db(transaction=True)
def test_four_workers_send_everything_once_from_postgresql(monkeypatch):
    monkeypatch.setitem(carriers.CARRIERS, "console", carriers.CARRIERS["console"])  # put back afterwards
    crowd.happen()
    sent = crowd.work(4)
    assert len(sent) == len(set(sent)) == 2 * crowd.MANY
    assert (
        Notice.objects.count()
        == Delivery.objects.filter(carrier="console", state="sent").count()
        == len(sent)
    )
