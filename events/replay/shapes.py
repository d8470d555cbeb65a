"""What is drawn, read from the record: outlines, territories and the base map, in whole steps of a degree."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from struct import unpack_from
from typing import Any

from django.contrib.gis.db.models import BinaryField, Func

from events.models import Conflict, Orientation, Place

from .places import SCALE, Known
from .topology import Point, Ring, clean

# What a shape is for; one may be both an outline and a territory.
AREA, TOWN, NEIGHBOURHOOD, LAND, WATER = 1, 2, 4, 8, 16
TERRITORY: dict[str, int] = {Place.Kind.TOWN: TOWN, Place.Kind.NEIGHBOURHOOD: NEIGHBOURHOOD}

# (which feature, its corners).
Line = tuple[int, Ring]


@dataclass(frozen=True, slots=True)
class Shape:
    """`of`: position of the place, or of the feature in the list of the base map."""

    role: int
    of: int
    rings: list[Ring]


class AsBinary(Func):
    function = "ST_AsBinary"
    output_field = BinaryField()


def shapes_of(conflict: Conflict, places: Sequence[Known]) -> list[Shape]:
    """Outlines and territories, in the order of the places."""
    index = {place.pk: at for at, place in enumerate(places)}
    rows = Place.objects.filter(conflict=conflict).annotate(
        outline=AsBinary("area"), cell=AsBinary("territory")
    )
    shapes = []
    for pk, kind, outline, cell in rows.values_list("pk", "kind", "outline", "cell").iterator():
        territory = TERRITORY.get(kind, 0)
        if outline is not None:
            shapes.append(Shape(AREA | territory, index[pk], rings(outline)))
        elif cell is not None and territory:
            shapes.append(Shape(territory, index[pk], rings(cell)))
    shapes.sort(key=lambda shape: shape.of)
    return shapes


def base_of(conflict: Conflict) -> tuple[list[Shape], list[dict[str, Any]], list[Line]]:
    """Land, water and rivers: what is not land is sea. Shapes, what they are, and lines as (which, points)."""
    shapes, features, lines = [], [], []
    rows = Orientation.objects.filter(conflict=conflict).annotate(wkb=AsBinary("shape"))
    for feature in rows.order_by("pk").defer("shape"):
        at = len(features)
        features.append(
            {
                "kind": feature.kind,
                "name": feature.name,
                "names": feature.names,
                "own": feature.own,
                "schematic": feature.schematic,
            }
        )
        if feature.kind == Orientation.Kind.RIVER:
            lines += [(at, part) for part in _lines(feature.wkb)]
        else:
            role = LAND if feature.kind == Orientation.Kind.LAND else WATER
            shapes.append(Shape(role, at, rings(feature.wkb)))
    return shapes, features, lines


def rings(wkb: bytes) -> list[Ring]:
    """Every ring of a (multi)polygon, even-odd, closed implicitly; rings that vanish are dropped."""
    return [ring for points in parts(bytes(wkb)) for ring in clean(points[:-1])]


def _lines(wkb: bytes) -> Iterator[Ring]:
    for points in parts(bytes(wkb)):
        kept = [p for at, p in enumerate(points) if at == 0 or p != points[at - 1]]
        if len(kept) > 1:
            yield kept


def parts(wkb: bytes) -> list[list[Point]]:
    """The rings or lines of little-endian WKB, as PostGIS writes it on every machine we run on."""
    found: list[list[Point]] = []
    _read(wkb, 0, found)
    return found


def _read(wkb: bytes, at: int, found: list[list[Point]]) -> int:
    order = "<" if wkb[at] else ">"
    (kind,) = unpack_from(f"{order}I", wkb, at + 1)
    (count,) = unpack_from(f"{order}I", wkb, at + 5)
    at += 9
    if kind in (4, 5, 6, 7):
        for _ in range(count):
            at = _read(wkb, at, found)
        return at
    if kind not in (2, 3):
        raise ValueError(f"a shape of WKB type {kind}")
    lengths = 1 if kind == 2 else count
    for _ in range(lengths):
        if kind == 3:
            (count,) = unpack_from(f"{order}I", wkb, at)
            at += 4
        flat = unpack_from(f"{order}{count * 2}d", wkb, at)
        at += count * 16
        steps = [round(value * SCALE) for value in flat]
        found.append(list(zip(steps[::2], steps[1::2], strict=True)))
    return at
