"""The picture as PNG, for networks and readers that take no SVG: drawn by resvg, as large as it is (1200 × 630).

Written in FiraGO, from its package, and in nothing that a machine happens to have: it looks the same everywhere.
"""

from functools import lru_cache
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import BoundedSemaphore

from resvg_py import svg_to_bytes

FAMILY = "FiraGO"
FACES = ("Regular", "Bold", "Italic")
# Pictures kept by a process, some hundred kilobytes each.
KEPT = 8
# One at a time, and one that waits, so many seconds: whoever asks for many days leaves the process's other threads to
# those who ask for something else.
PATIENCE = 4
_turn, _queue = BoundedSemaphore(1), BoundedSemaphore(2)


class Busy(Exception):
    """Others are being drawn, and more wait: ask again."""


def png_of(svg: str) -> bytes:
    """Raises Busy."""
    if not _queue.acquire(blocking=False):
        raise Busy
    try:
        if not _turn.acquire(timeout=PATIENCE):
            raise Busy
        try:
            return _drawn(svg)
        finally:
            _turn.release()
    finally:
        _queue.release()


@lru_cache(KEPT)
def _drawn(svg: str) -> bytes:
    return bytes(
        svg_to_bytes(
            svg_string=svg,
            skip_system_fonts=True,
            font_files=list(_fonts()[1]),
            font_family=FAMILY,
            sans_serif_family=FAMILY,
            serif_family=FAMILY,
        )
    )


@lru_cache(1)
def _fonts() -> tuple[TemporaryDirectory[str], tuple[str, ...]]:
    """The faces as files, which is how resvg takes them: in a folder that goes with the process."""
    folder = TemporaryDirectory(prefix="fonts-")
    found = []
    for face in FACES:
        path = Path(folder.name) / f"{FAMILY}-{face}.ttf"
        path.write_bytes(import_module(f"pymupdf_fonts.{FAMILY}_{face}").fontbuffer)
        found.append(str(path))
    return folder, tuple(found)
