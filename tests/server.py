"""A real server for tests: Granian on a free port, with a data folder of its own.

    with running_server(tmp_path) as site:          # migrated, empty; the web server alone
        httpx.get(site.url + "/")
    with running_server(tmp_path, worker=True) as site: ...
    site.kill()      kill -9, as a power cut does     site.start()   and there it is again

`site.run("…")` runs Python with Django set up on the server's data folder, for what only the inside can do.
"""

import atexit
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

import psycopg

ROOT = Path(__file__).resolve().parent.parent
SERVER = "MASHANGYI_TESTS_POSTGRES"  # as in tests/environment.py, which must not be imported outside pytest
PATIENCE = 60
_prepared: dict[tuple, Path] = {}


class Site:
    """A server's address, its data folder and its processes."""

    def __init__(self, data: Path, *, worker: bool = False, **settings: str):
        self.data, self.worker = Path(data), worker
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        ours = {"MASHANGYI_DATA": str(self.data), "MASHANGYI_LOG": "WARNING"}
        ours["DATABASE_URL"] = database_of_its_own(f"site_{self.port}")
        self.environment = {**os.environ, **ours, **settings}
        self.processes: list[subprocess.Popen] = []

    def command(self, *words: str, **options) -> subprocess.CompletedProcess:
        """`mashangyi …` on this site's data folder, to its end."""
        line = [sys.executable, "-m", "mashangyi.doors.ops", *words]
        return subprocess.run(line, cwd=ROOT, env=self.environment, text=True, capture_output=True, **options)

    def run(self, program: str) -> str:
        """Run a piece of Python with Django set up on this site's data; what it prints."""
        whole = "import django; django.setup()\n" + program
        done = subprocess.run(
            [sys.executable, "-c", whole], cwd=ROOT, text=True, capture_output=True,
            env={**self.environment, "DJANGO_SETTINGS_MODULE": "mashangyi.config.settings"},
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    def prepare(self, *words: str) -> None:
        """`mashangyi prepare`; the second time in a test run, a copy of what came out the first time."""
        if words in _prepared and not self.environment["DATABASE_URL"]:
            shutil.copytree(_prepared[words], self.data, dirs_exist_ok=True)
            return
        done = self.command("prepare", *words)
        assert done.returncode == 0, done.stderr
        if not self.environment["DATABASE_URL"]:
            _prepared[words] = Path(tempfile.mkdtemp(prefix="mashangyi-prepared-"))
            atexit.register(shutil.rmtree, _prepared[words], ignore_errors=True)
            shutil.copytree(self.data, _prepared[words], dirs_exist_ok=True)

    def start(self) -> None:
        self._begin("web", "--host", "127.0.0.1", "--port", str(self.port))
        if self.worker:
            self._begin("worker", "--every", "0.2")
        self._wait()

    def _begin(self, *words: str) -> None:
        self.processes.append(subprocess.Popen(
            [sys.executable, "-m", "mashangyi.doors.ops", *words], cwd=ROOT, env=self.environment,
            start_new_session=True,
        ))  # fmt: skip

    def _wait(self) -> None:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            assert self.processes[0].poll() is None, "the web server ended at once"
            try:
                with socket.create_connection(("127.0.0.1", self.port), timeout=5) as line:
                    line.sendall(b"GET /health HTTP/1.0\r\nHost: localhost\r\n\r\n")
                    if b" 200 " in line.recv(100):
                        return
            except OSError:
                pass
            time.sleep(0.05)
        raise TimeoutError(f"no answer at {self.url}")

    def stop(self) -> None:
        """Stop in order, as SIGTERM does."""
        for process in self.processes:
            process.terminate()
        for process in self.processes:
            process.wait(15)
        self.processes.clear()

    def kill(self) -> None:
        """kill -9 of every process of the site, all at once."""
        for process in self.processes:
            os.killpg(process.pid, signal.SIGKILL)
        for process in self.processes:
            process.wait(15)
        self.processes.clear()


def database_of_its_own(name: str) -> str:
    """Address of a new database on the PostgreSQL that the tests run on; empty with SQLite."""
    server = os.environ.get(SERVER)
    if not server:
        return ""
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return server.replace("/postgres?", f"/{name}?")


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return trial.getsockname()[1]


@contextmanager
def running_server(data: Path, *, worker: bool = False, demo: bool = False, **settings: str):
    """A migrated site that answers; `demo` tells the demo town; `settings` are environment variables."""
    site = Site(data, worker=worker, **settings)
    site.prepare(*(["--demo"] if demo else []))
    site.start()
    try:
        yield site
    finally:
        site.stop()
