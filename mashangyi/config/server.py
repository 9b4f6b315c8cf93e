"""The web server's application: Django behind WSGI."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mashangyi.config.settings")
pages = get_wsgi_application()
