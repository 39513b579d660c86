"""Django's pages, for the thread pool of `asgi.py` or any WSGI server."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "amends.config.settings")
application = get_wsgi_application()
