"""Draws from static/icon.svg what browsers ask a site for by themselves: root/favicon.ico, and a home screen's icon.

Run it after an edit of the drawing: .venv/bin/python script/lib/icons.py
"""

import struct
from pathlib import Path

from resvg_py import svg_to_bytes

ROOT = Path(__file__).resolve().parents[2]
SIZES = (16, 32, 48)
HOME_SCREEN = 180


def png(size: int, *, rounded: bool = True) -> bytes:
    """`rounded`: as it is drawn; a home screen cuts the corners off by itself."""
    drawing = (ROOT / "static" / "icon.svg").read_text(encoding="utf-8")
    if not rounded:
        drawing = drawing.replace(' clip-path="url(#c)"', "")
    return bytes(svg_to_bytes(svg_string=drawing, width=size, height=size))


def ico() -> bytes:
    """A directory of PNGs, as every browser reads it: 6 bytes, then 16 for each, then the pictures."""
    pictures = [png(size) for size in SIZES]
    found = struct.pack("<HHH", 0, 1, len(pictures))
    at = len(found) + 16 * len(pictures)
    for size, picture in zip(SIZES, pictures, strict=True):
        found += struct.pack("<BBBBHHII", size, size, 0, 0, 1, 32, len(picture), at)
        at += len(picture)
    return found + b"".join(pictures)


def drawn() -> dict[str, bytes]:
    return {"favicon.ico": ico(), "apple-touch-icon.png": png(HOME_SCREEN, rounded=False)}


if __name__ == "__main__":
    for name, data in drawn().items():
        (ROOT / "root" / name).write_bytes(data)
