"""The tests: real PostgreSQL, Redis and Chromium, migrations on; only passwords are made cheap."""

import os
import tempfile
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from conflict_map.redis_databases import next_database

from .development import *  # noqa: F403
from .development import CACHES, REDIS_URL, STORAGES

DEBUG = False
# Each process of the tests has a folder and four Redis databases of its own, so that none clears another's: broker and
# cache for itself, and for the site that its browser visits (tests/browser/site.py).
WORKER = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
TEST_RUN_DIR = Path(tempfile.gettempdir()) / f"tracker-test-{os.getuid()}-{os.getpid()}"
REDIS_DATABASES = range(1 + 4 * WORKER, 5 + 4 * WORKER)
REDIS_URL = urlunsplit(urlsplit(REDIS_URL)._replace(path=f"/{REDIS_DATABASES[0]}"))
CELERY_BROKER_URL = REDIS_URL
CACHE_URL = next_database(REDIS_URL)
CACHES = {"default": {**CACHES["default"], "LOCATION": CACHE_URL}}
# a folder that is there, and empty: of one that is not, each process is warned
STATIC_ROOT = TEST_RUN_DIR / "static"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CELERY_TASK_ALWAYS_EAGER = False
STORAGES = {
    **STORAGES,
    "replay": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(TEST_RUN_DIR / "replay"), "base_url": "/replay/"},
    },
}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# What is looked for is there or not within this process: no look at the disk for each request.
WHITENOISE_AUTOREFRESH = False
