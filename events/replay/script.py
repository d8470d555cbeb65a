"""The script of <control-map>, styles and all, as a release has put it together: with it a map of another page begins.

It is pushed beside the record, under its own name: pages of other sites have it in a tag.
"""

from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings

NAME = "control-map.js"


def content() -> bytes | None:
    """None where scripts are apart, as they are while we work: a module alone would be none to anybody."""
    return released(f"js/pages/{NAME}")


def released(name: str) -> bytes | None:
    """A static file as a release has it, whole; None where there is none such."""
    path = Path(settings.STATIC_ROOT) / name
    if not settings.STATIC_BUNDLES or not path.is_file():
        return None
    return _read(path, path.stat().st_mtime_ns)


@lru_cache(8)
def _read(path: Path, _changed: int) -> bytes:
    return path.read_bytes()


def digest() -> str:
    """Another one with each release that changes it; empty where there is none."""
    data = content()
    return sha256(data).hexdigest()[:20] if data else ""
