"""Says in plain words when this Python is too old. Runs on any Python 3."""

import sys

if sys.version_info < (3, 11):
    sys.exit(
        "Mashangyi needs Python 3.11 or newer; this is %d.%d. With another one: make run PYTHON=python3.12"
        % sys.version_info[:2]
    )
