"""What is costly to make and alike for all tests: made once for each state of the checkout, by who needs it first.

A state is the text of every file that goes into it. What is kept lies in the data directory, beside the services.
"""

import fcntl
import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

ROOT = Path(__file__).resolve().parents[1]
# The product without its pages, and what its packages bring along.
PRODUCT = ("events", "conflict_map", "requirements.txt")


def state(*names: str) -> str:
    """Of these files and folders of the checkout: the same until one of them is altered, added or taken away."""
    found = hashlib.sha256()
    for path in sorted(file for name in names for file in _files(ROOT / name)):
        found.update(f"{path.relative_to(ROOT)} {path.stat().st_size}\n".encode())
        found.update(path.read_bytes())
    return found.hexdigest()[:12]


def _files(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    return [one for one in path.rglob("*") if one.is_file() and "__pycache__" not in one.parts]


@contextmanager
def alone(name: str) -> Iterator[Path]:
    """One process at a time, of all that test this checkout; yields the folder of what is kept."""
    kept = settings.DATA_DIR / "made-once"
    kept.mkdir(parents=True, exist_ok=True)
    lock = os.open(kept / f"{name}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield kept
    finally:
        os.close(lock)


def folder(name: str, of: str, make: Callable[[Path], None]) -> Path:
    """The folder by this name that `make` fills, for the state `of`. It is read, never written to.

    What was made for another state goes, unless a process that tests that one still runs.
    """
    with alone(name) as kept:
        place = kept / f"{name}-{of}"
        if not place.exists():
            for old in kept.glob(f"{name}-*"):
                if not _is_held(old):
                    shutil.rmtree(old)
            making = kept / f"{name}.making"
            shutil.rmtree(making, ignore_errors=True)
            making.mkdir()
            make(making)
            making.rename(place)
        # until this process ends
        fcntl.flock(os.open(place, os.O_RDONLY | os.O_CLOEXEC), fcntl.LOCK_SH)
        return place


def _is_held(place: Path) -> bool:
    directory = os.open(place, os.O_RDONLY | os.O_CLOEXEC)
    try:
        fcntl.flock(directory, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(directory)
    return False
