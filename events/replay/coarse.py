"""Shapes for a first map: as fine as a screen that shows all of them, with borders still shared."""

from collections.abc import Sequence
from dataclasses import replace
from math import hypot

from .places import SCALE
from .shapes import Shape
from .topology import Arc, Point, Ring, arcs_of, clean, junctions_of

# Across the longer side of all that is filled: half a pixel of a wide screen.
STEPS = 4096
# Of those steps: a corner that lies nearer than this to the line without it is left out.
TOLERANCE = 1.0


def scale_for(shapes: Sequence[Shape]) -> int:
    """Steps to a degree, SCALE at most; of shapes whose corners are in steps of 1/SCALE degree."""
    corners = [corner for shape in shapes for ring in shape.rings for corner in ring]
    if not corners:
        return SCALE
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    side = max(max(xs) - min(xs), max(ys) - min(ys), 1)
    return min(SCALE, max(1, STEPS * SCALE // side))


def coarsened(shapes: Sequence[Shape], scale: int) -> list[Shape]:
    """The same shapes in steps of 1/`scale` degree. One that is smaller than that is left without a ring."""
    junctions = junctions_of([ring for shape in shapes for ring in shape.rings])
    done: dict[Arc, Ring] = {}

    def coarse(arc: Arc) -> Ring:
        # either way along it the same corners stay, so that neighbours go on sharing them
        back = arc[::-1]
        if back < arc:
            return coarse(back)[::-1]
        if arc not in done:
            done[arc] = simplified([_scaled(point, scale) for point in arc])
        return done[arc]

    def ring_of(ring: Ring) -> list[Ring]:
        return clean([point for arc in arcs_of(ring, junctions) for point in coarse(arc)[:-1]])

    return [replace(s, rings=[one for ring in s.rings for one in ring_of(ring)]) for s in shapes]


def coarse_line(line: Ring, scale: int) -> Ring:
    return simplified([_scaled(point, scale) for point in line])


def _scaled(point: Point, scale: int) -> Point:
    return round(point[0] * scale / SCALE), round(point[1] * scale / SCALE)


def simplified(line: Ring) -> Ring:
    """Douglas and Peucker: both ends stay, and no corner that is left out is further than TOLERANCE from the line."""
    kept = {0, len(line) - 1}
    ranges = [(0, len(line) - 1)]
    while ranges:
        first, last = ranges.pop()
        (x, y), (to_x, to_y) = line[first], line[last]
        dx, dy = to_x - x, to_y - y
        length = dx * dx + dy * dy
        worst, at = TOLERANCE, 0
        for n in range(first + 1, last):
            px, py = line[n][0] - x, line[n][1] - y
            # of the piece that is drawn, not of the endless line through it: a spike along it would be cut off
            along = max(0.0, min(1.0, (px * dx + py * dy) / length)) if length else 0.0
            off = hypot(px - along * dx, py - along * dy)
            if off > worst:
                worst, at = off, n
        if at:
            kept.add(at)
            ranges += [(first, at), (at, last)]
    return [line[at] for at in sorted(kept)]
