"""Says in plain words when this Python is too old. Runs on any Python 3."""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 — that is the question
    found = ".".join(map(str, sys.version_info[:2]))
    sys.exit("Mashangyi needs Python 3.11 or newer, this is " + found + ": make run PYTHON=python3.12")
