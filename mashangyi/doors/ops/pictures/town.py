"""A told town of its own in a temporary folder, served on a free port for as long as pictures are taken."""

import os
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from urllib.error import URLError
from urllib.request import urlopen

from mashangyi.doors.ops.command import Trouble

PATIENCE = 60  # seconds
# What is printed on a door plate; no machine of ours.
ADDRESS = "https://mashangyi.example"
SET_THE_SCENE = """
import django; django.setup()
from mashangyi.doors.ops.pictures.scene import bring_figures_up_to_date, open_a_meeting
open_a_meeting()
bring_figures_up_to_date()
"""


@contextmanager
def told_town():
    """The address of a running town with a meeting in it, and its figures counted."""
    with tempfile.TemporaryDirectory(prefix="mashangyi-pictures-") as folder:
        port = _free_port()
        address = f"http://127.0.0.1:{port}"
        settings = {
            "MASHANGYI_DATA": folder,
            "DATABASE_URL": "",
            "MASHANGYI_LOG": "ERROR",
            "MASHANGYI_ADDRESS": ADDRESS,
        }
        environment = {**os.environ, **settings, "DJANGO_SETTINGS_MODULE": "mashangyi.config.settings"}
        _finish(["-m", "mashangyi.doors.ops", "prepare", "--demo"], environment)
        _finish(["-c", SET_THE_SCENE], environment)
        with _served(port, environment):
            _wait(f"{address}/health")
            yield address


def _finish(words: list[str], environment: dict) -> None:
    done = subprocess.run([sys.executable, *words], env=environment, capture_output=True, text=True)  # noqa: S603
    if done.returncode:
        raise Trouble(f"the town could not be told:\n{done.stderr}")


@contextmanager
def _served(port: int, environment: dict):
    line = [sys.executable, "-m", "mashangyi.doors.ops", "web", "--host", "127.0.0.1", "--port", str(port)]
    process = subprocess.Popen(line, env=environment)  # noqa: S603
    try:
        yield
    finally:
        process.terminate()
        process.wait(PATIENCE)


def _wait(address: str) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            with urlopen(address):  # noqa: S310 — our own address
                return
        except URLError:
            time.sleep(0.1)
    raise Trouble(f"no answer at {address}")


def _free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return trial.getsockname()[1]
