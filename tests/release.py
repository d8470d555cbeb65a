"""The static files of a release, as an operator collects them: once for all tests that serve or read them."""

import os
import subprocess
import sys
from pathlib import Path

from tests.once import PRODUCT, ROOT, folder, state

# What a release is made of: our own files, those of the packages, and the program that puts them together.
MADE_OF = (*PRODUCT, "static", "package-lock.json")
PUBLIC = {
    "DJANGO_SETTINGS_MODULE": "conflict_map.settings.production",
    "SECRET_KEY": "only for a test, on this machine alone, and for as long as it runs",
    "ALLOWED_HOSTS": "127.0.0.1",
    "TLS": "0",
}


def collect(static: Path) -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"],
        cwd=ROOT,
        env={**os.environ, **PUBLIC, "STATIC_ROOT": str(static)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def released() -> Path:
    return folder("release", state(*MADE_OF), collect)
