"""The tests: real PostgreSQL, Redis and Chromium, migrations on; only passwords are made cheap."""

import os
import tempfile
from pathlib import Path

from .development import *  # noqa: F403

DEBUG = False
TEST_RUN_DIR = Path(tempfile.gettempdir()) / f"tracker-test-{os.getuid()}-{os.getpid()}"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CELERY_TASK_ALWAYS_EAGER = False
STORAGES = {
    **STORAGES,  # noqa: F405
    "replay": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(TEST_RUN_DIR / "replay"), "base_url": "/replay/"},
    },
}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
