"""The product's settings, with one bare page more and no limit on how often one address reports."""

import os

os.environ.setdefault("MASHANGYI_RATE_REPORTS", "100000000/hour")
os.environ.setdefault("MASHANGYI_LOG", "ERROR")

from mashangyi.config.settings import *  # noqa: E402, F403

ROOT_URLCONF = "mashangyi.doors.ops.bench.urls"
