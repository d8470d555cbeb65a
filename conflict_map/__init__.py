"""The Django project: settings, URLs, WSGI/ASGI, Celery. The app is `events`."""

from .celery import app as celery_app

__all__ = ["celery_app"]
