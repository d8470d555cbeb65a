"""Where the fill of a cell is evidence: as far round its place as the conflict says, and no further than the cell."""

from collections.abc import Sequence
from itertools import pairwise
from math import hypot
from struct import pack
from typing import Any

from django.contrib.gis.geos import GEOSGeometry, Point

from .places import SCALE
from .shapes import parts
from .svg_path import Line, circle, closed

# Corners to a quarter of a circle that the cell's border cuts.
CORNERS = 5
# x, y, and how far from there; negative where there is no place to begin from.
Reach = tuple[float, float, float]


def near(reach: Reach, x: float, y: float) -> bool:
    return reach[2] >= 0 and (x - reach[0]) ** 2 + (y - reach[1]) ** 2 <= reach[2] ** 2


def evidence(rings: Sequence[Line], reach: Reach) -> int | str:
    """1 where all of the cell is near its place, 0 where nothing is, else the path of what is."""
    x, y, radius = reach
    rings = [ring for ring in rings if len(ring) > 2]
    if radius < 0 or not rings:
        return 0
    if all(near(reach, *point) for ring in rings for point in ring):
        return 1
    whole = _is_inside(rings, x, y)
    if all(_away(ring, x, y) >= radius for ring in rings):
        return circle(x, y, radius) if whole else 0
    cell: Any = None
    for ring in rings:
        part = _polygon(ring)
        cell = part if cell is None else cell.sym_difference(part)
    return _path(cell.intersection(Point(x, y).buffer(radius, quadsegs=CORNERS))) or 0


def _is_inside(rings: Sequence[Line], x: float, y: float) -> bool:
    """By even-odd."""
    crossed = 0
    for ring in rings:
        for (x0, y0), (x1, y1) in pairwise([*ring, ring[0]]):
            if (y0 > y) != (y1 > y) and x < (x1 - x0) * (y - y0) / (y1 - y0) + x0:
                crossed += 1
    return crossed % 2 == 1


def _away(ring: Line, x: float, y: float) -> float:
    """How far a point is from the nearest of a ring's edges."""
    nearest = float("inf")
    for (x0, y0), (x1, y1) in pairwise([*ring, ring[0]]):
        dx, dy = x1 - x0, y1 - y0
        length = dx * dx + dy * dy
        along = max(0.0, min(1.0, ((x - x0) * dx + (y - y0) * dy) / length)) if length else 0.0
        nearest = min(nearest, hypot(x - x0 - along * dx, y - y0 - along * dy))
    return nearest


def _polygon(ring: Line) -> GEOSGeometry:
    """By its bytes: corner by corner takes ten times as long."""
    flat = [value for point in (*ring, ring[0]) for value in point]
    head = pack("<BIII", 1, 3, 1, len(ring) + 1)
    made: Any = GEOSGeometry(memoryview(head + pack(f"<{len(flat)}d", *flat)))
    return made if made.valid else made.make_valid()


def _path(shape: Any) -> str:
    if shape.geom_typeid == 7:
        return "".join(_path(part) for part in shape)
    if shape.empty or shape.geom_typeid not in (3, 6):
        return ""
    # `parts` reads degrees into steps
    rings = parts(bytes(shape.wkb))
    return "".join(closed([(x / SCALE, y / SCALE) for x, y in ring]) for ring in rings)
