"""The Celery application. Tasks live in `events.tasks`; each is a thin shell round one call."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "conflict_map.settings.development")

app = Celery("conflict_map")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
