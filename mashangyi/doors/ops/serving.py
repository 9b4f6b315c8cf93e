"""A process of our own command, and a web server of it that runs for a while: for `run`, the bench and the pictures."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from .command import Trouble

PATIENCE = 30  # seconds for the web server to answer
GRACE = 20  # and to stop


def ours(*words: str) -> list[str]:
    """A line of the `mashangyi` command, for a process of its own."""
    return [sys.executable, "-m", "mashangyi.doors.ops", *words]


@contextmanager
def served(environment: dict[str, str]) -> Iterator[tuple[int, subprocess.Popen]]:
    """A web server with this environment, on a free port of this machine alone: its port and process, once it answers."""
    port = free_port()
    line = ours("web", "--host", "127.0.0.1", "--port", str(port))
    process = subprocess.Popen(line, env=environment)  # noqa: S603 — our own
    try:
        wait_until_it_answers("127.0.0.1", port)
        yield port, process
    finally:
        process.terminate()
        process.wait(GRACE)


def wait_until_it_answers(host: str, port: int) -> None:
    """Return when the web server at this address answers. Raises Trouble when it does not within PATIENCE."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            with socket.create_connection((host, port), timeout=1) as line:
                line.sendall(b"HEAD /health HTTP/1.0\r\nHost: localhost\r\n\r\n")
                if line.recv(1):
                    return
        except OSError:
            time.sleep(0.1)
    raise Trouble(f"the web server did not answer within {PATIENCE} s")


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return trial.getsockname()[1]
