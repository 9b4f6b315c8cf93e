"""A told town of its own in a temporary folder, served on a free port for as long as pictures are taken."""

import os
import subprocess
import sys
import tempfile
from contextlib import contextmanager

from mashangyi.doors.ops.command import Trouble
from mashangyi.doors.ops.serving import ours, served

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
        settings = {
            "MASHANGYI_DATA": folder,
            "DATABASE_URL": "",
            "MASHANGYI_LOG": "ERROR",
            "MASHANGYI_ADDRESS": ADDRESS,
        }
        environment = {**os.environ, **settings, "DJANGO_SETTINGS_MODULE": "mashangyi.config.settings"}
        _finish(ours("prepare", "--demo"), environment)
        _finish([sys.executable, "-c", SET_THE_SCENE], environment)
        with served(environment) as (port, _process):
            yield f"http://127.0.0.1:{port}"


def _finish(line: list[str], environment: dict) -> None:
    done = subprocess.run(line, env=environment, capture_output=True, text=True)  # noqa: S603
    if done.returncode:
        raise Trouble(f"the town could not be told:\n{done.stderr}")
