"""`mashangyi run`: from nothing to a town, and to an end."""

import os
import resource
import signal
import subprocess
import sys
import threading
import time

import httpx
import pytest

from tests.server import ROOT, Site

pytestmark = pytest.mark.slow


class Town:
    """`mashangyi run` as a person starts it."""

    def __init__(self, folder, *words: str, database: str | None = None):
        self.site = Site(folder)
        if database is not None:
            self.site.environment["DATABASE_URL"] = database
        line = [sys.executable, "-m", "mashangyi.doors.ops", "run", "--host", "127.0.0.1"]
        self.process = subprocess.Popen(
            [*line, "--port", str(self.site.port), *words], cwd=ROOT, env=self.site.environment, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        self.told: list[str] = []
        threading.Thread(target=lambda: self.told.extend(self.process.stderr), daemon=True).start()

    def greeting(self) -> str:
        lines = []
        for line in self.process.stdout:
            lines.append(line)
            if self.site.url in line:
                return "".join(lines)
        raise AssertionError("".join(lines) + "".join(self.told))

    def children(self) -> dict[str, int]:
        """Process ids by what they are: web, worker."""
        listed = subprocess.run(["ps", "-o", "pid=,args=", "--ppid", str(self.process.pid)], text=True,
                                capture_output=True).stdout  # fmt: skip
        return {
            line.split("mashangyi.doors.ops ")[1].split()[0]: int(line.split()[0])
            for line in listed.splitlines()
            if "mashangyi.doors.ops " in line
        }

    def end(self, number=signal.SIGINT) -> int:
        self.process.send_signal(number)
        return self.process.wait(20)


@pytest.fixture
def start(tmp_path):
    towns = []

    def begin(*words):
        database = towns[0].site.environment["DATABASE_URL"] if towns else None
        towns.append(Town(tmp_path / "data", *words, database=database))
        return towns[-1]

    yield begin
    for town in towns:
        if town.process.poll() is None:
            town.end(signal.SIGTERM)


def until(question, seconds=20):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if question():
            return True
        time.sleep(0.1)
    return False


def cpu_seconds() -> float:
    """What the processes that have ended so far have worked."""
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def answers(town: Town) -> bool:
    try:
        return httpx.get(f"{town.site.url}/health", timeout=1).status_code == 200
    except httpx.TransportError:
        return False


def test_a_real_town_gets_its_divisions_and_the_link_for_its_first_administrator(start):
    town = start("--empty")
    greeting = town.greeting()
    link = next(line.strip() for line in greeting.splitlines() if "/staff/" in line)
    here = link.replace(link.split("/staff/")[0], town.site.url)
    assert "▄" in greeting and httpx.get(here, follow_redirects=True).status_code == 200
    counted = "from mashangyi.ground.places.models import Division as D; print(D.objects.count())"
    assert int(town.site.run(counted)) > 1000
    sorted_into = "from mashangyi.topic.models import Category as C; print(C.objects.count())"
    assert int(town.site.run(sorted_into)) > 50
    assert town.end() == 0


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_stops_with_all_its_processes(start, number):
    town = start("--empty")
    town.greeting()
    children = town.children()
    assert set(children) == {"web", "worker"} and town.end(number) == 0
    assert all(until(lambda pid=pid: gone(pid), 2) for pid in children.values())


UNIT = "from mashangyi.ground.people.models import Unit; Unit.objects.create(name='城管局', place='3208')"
UNITS = "from mashangyi.ground.people.models import Unit; print(Unit.objects.count())"


@pytest.mark.parametrize("name", ["web", "worker"])
def test_whoever_is_killed_is_started_again_and_nothing_is_lost(start, name):
    town = start("--empty")
    town.greeting()
    town.site.run(UNIT)
    before = town.children()[name]
    os.kill(before, signal.SIGKILL)
    assert until(lambda: town.children().get(name, before) != before)
    assert until(lambda: answers(town))
    assert town.site.run(UNITS).strip() == "1"


def test_it_stops_at_once_although_somebody_watches_a_live_page(start):
    town = start("--empty")
    town.greeting()
    with httpx.stream("GET", f"{town.site.url}/live/city") as watching:
        assert watching.status_code == 200
        begin = time.monotonic()
        assert town.end(signal.SIGTERM) == 0
    assert time.monotonic() - begin < 8


def test_nothing_is_left_when_the_keeper_itself_is_killed(start):
    town = start("--empty")
    town.greeting()
    children = town.children()
    town.process.kill()
    assert all(until(lambda pid=pid: gone(pid)) for pid in children.values())


def test_a_second_run_keeps_the_data_and_is_quick(start):
    """Quick: in seconds of work, because other tests may keep the machine busy meanwhile."""
    first = start("--empty")
    first.greeting()
    first.site.run(UNIT)
    first.end()
    begin = cpu_seconds()
    second = start()
    second.greeting()
    assert second.site.run(UNITS).strip() == "1"
    second.end()
    assert cpu_seconds() - begin < 10
