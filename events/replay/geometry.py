"""The files of shapes: outlines, territories and the base map, quantised, shared borders stored once."""

from collections.abc import Sequence
from typing import Any

from events.models import Conflict

from .coarse import coarse_line, coarsened, scale_for
from .columns import pack
from .days import deltas
from .places import SCALE, Known
from .shapes import Line, Shape, base_of, shapes_of
from .topology import Coder

# A file that is no larger is what a first map takes, too.
SMALL = 60_000


def geometry_files(conflict: Conflict, places: Sequence[Known]) -> tuple[bytes, bytes]:
    """All shapes, and those of a first map: coarser, where all are more than a first map should take."""
    base, features, lines = base_of(conflict)
    shapes = shapes_of(conflict, places)
    whole = _file(conflict, base + shapes, features, lines, SCALE)
    scale = scale_for(shapes)
    if len(whole) <= SMALL or scale == SCALE:
        return whole, whole
    coarse = [(of, coarse_line(points, scale)) for of, points in lines]
    return whole, _file(conflict, coarsened(base + shapes, scale), features, coarse, scale)


def _file(
    conflict: Conflict,
    shapes: Sequence[Shape],
    features: list[dict[str, Any]],
    lines: list[Line],
    scale: int,
) -> bytes:
    coder = Coder([ring for shape in shapes for ring in shape.rings])
    for shape in shapes:
        for ring in shape.rings:
            coder.ring(ring)
    columns: list[tuple[str, str, Sequence[Any]]] = [
        ("role", "b", [shape.role for shape in shapes]),
        ("of", "z", deltas(shape.of for shape in shapes)),
        ("rings", "u", [len(shape.rings) for shape in shapes]),
    ]
    coded = coder.columns
    columns += [(name, "u", coded[name]) for name in ("start", "forward", "step", "points")]
    columns += [(name, "z", coded[name]) for name in ("sx", "sy", "dx", "dy")]
    columns += _line_columns(lines)
    head = {
        "kind": "geometry",
        "scale": scale,
        "evidence_radius": {
            "town": conflict.evidence_radius_town,
            "neighbourhood": conflict.evidence_radius_neighbourhood,
        },
        "features": features,
        "attribution": conflict.attribution,
    }
    return pack(head, columns)


def _line_columns(lines: list[Line]) -> list[tuple[str, str, Sequence[Any]]]:
    """Each line from the end of the one before it, step by step."""
    dx, dy, last = [], [], (0, 0)
    for _, points in lines:
        for x, y in points:
            dx.append(x - last[0])
            dy.append(y - last[1])
            last = (x, y)
    return [
        ("line_of", "u", [of for of, _ in lines]),
        ("line_points", "u", [len(points) for _, points in lines]),
        ("line_dx", "z", dx),
        ("line_dy", "z", dy),
    ]
