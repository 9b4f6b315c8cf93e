"""What the web server runs: Django's pages, and the front that stands before them on the one port."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mashangyi.config.settings")

from django.core.wsgi import get_wsgi_application  # noqa: E402 — after the settings are named

pages = get_wsgi_application()

from .environment import read, switched_on  # noqa: E402
from .front.app import Front  # noqa: E402 — needs Django set up

front = Front(
    pages,
    threads=int(read("MASHANGYI_THREADS")),
    proxies=int(read("MASHANGYI_PROXIES")),
    https=switched_on("MASHANGYI_HTTPS"),
)
