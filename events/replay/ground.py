"""The ground of the server's own picture: every shape that no date changes, ready to be written into an SVG.

Made once for a gazetteer, as one of a build's files. Paths are SVG path data in the units of `frame`, borders of
two cells simplified once, so that neighbours still meet.
"""

import json
from collections.abc import Iterable, Sequence
from contextlib import suppress
from functools import lru_cache
from itertools import pairwise
from typing import Any

from django.contrib.gis.geos import (
    GEOSGeometry,
    LineString,
    MultiLineString,
    MultiPolygon,
    Point,
    Polygon,
)

from events.models import Conflict, Orientation, Place, ReplayBuild

from . import files
from .evidence import Reach, evidence, near
from .frame import HEIGHT, WIDTH, Frame, frame_of
from .inference import settlements_of
from .places import SCALE, Known, Names, place_names, places_of
from .shapes import AREA, TOWN, Shape, shapes_of
from .svg_path import Line, closed, line_path, open_line
from .topology import Arc, arcs_of, junctions_of

FORMAT = 2
# How far a line may be off, and how near two dots may be, in pixels.
OFF, APART, MOST_DOTS = 0.35, 5, 600
AREAS = (Place.Kind.PROVINCE, Place.Kind.DISTRICT, Place.Kind.SUBDISTRICT)
Ground = dict[str, Any]


def ground_name(conflict: Conflict) -> str:
    """The file of the last build's ground; empty where there is none."""
    kept = ReplayBuild.objects.filter(conflict=conflict).values_list("parts__ground", flat=True)
    return kept.first() or ""


def ground_of(conflict: Conflict, name: str) -> Ground:
    """As that file has it; made at once where there is none, where it has gone, or is of an older release."""
    with suppress(FileNotFoundError):
        if name and (found := _read(name))["format"] == FORMAT:
            return found
    return make(conflict, places_of(conflict), place_names(conflict))


@lru_cache(4)
def _read(name: str) -> Ground:
    found: Ground = json.loads(files.get(name))
    return found


def make(conflict: Conflict, places: Sequence[Known], names: Names) -> Ground:
    """Cells and dots are named by the place's key. See `_cells` and `_base` for the rest; `settlements` are those
    of inference.py.
    """
    frame = frame_of(conflict, places)
    shapes = shapes_of(conflict, places)
    outlines = [s for s in shapes if s.role & AREA]

    def of_kind(*kinds: str) -> list[Shape]:
        return [s for s in outlines if places[s.of].kind in kinds]

    return {
        "format": FORMAT,
        "zoom": round(frame.zoom, 3),
        **_base(conflict, frame),
        "provinces": [_area(s, frame) for s in of_kind(Place.Kind.PROVINCE)],
        "countries": [_area(s, frame) for s in of_kind(Place.Kind.COUNTRY)],
        "areas": [[places[s.of].pk, _area(s, frame)] for s in of_kind(*AREAS)],
        **_cells(conflict, frame, places, [s for s in shapes if s.role & TOWN]),
        "dots": _dots(frame, places, names),
        "settlements": settlements_of(places),
    }


def _dots(frame: Frame, places: Sequence[Known], names: Names) -> list[list[Any]]:
    """[key, slug, x, y, people, name, names] of towns in the picture, the largest first; none on another."""
    found: list[list[Any]] = []
    taken = set()
    order = sorted(enumerate(places), key=lambda one: (-(one[1].population or 0), _spread(one[0])))
    for _at, place in order:
        if place.kind != Place.Kind.TOWN or place.x is None or place.y is None:
            continue
        x, y = frame.at(place.x / SCALE, place.y / SCALE)
        spot = (round(x / APART), round(y / APART))
        if spot in taken or not (0 <= x <= WIDTH and 0 <= y <= HEIGHT):
            continue
        taken.add(spot)
        row = [place.pk, place.slug, round(x, 1), round(y, 1), place.population or 0, place.name]
        found.append([*row, names.get(place.pk, {})])
        if len(found) == MOST_DOTS:
            break
    return found


def _spread(at: int) -> int:
    """Among equals, an order that takes some from all over the list (static/js/map/dots.js)."""
    return (at + 1) * 0x9E3779B1 & 0xFFFFFFFF


def _area(shape: Shape, frame: Frame) -> str:
    return "".join(closed(_simple(frame, (*ring, ring[0]))) for ring in shape.rings)


def _simple(frame: Frame, steps: Arc) -> Line:
    """The line in the picture, simplified, to a tenth of a pixel."""
    line = [frame.at(x / SCALE, y / SCALE) for x, y in steps]
    if len(line) > 2:
        simple: Any = LineString(line).simplify(OFF, preserve_topology=line[0] == line[-1])
        line = list(simple.coords) if len(simple.coords) > 1 else line
    return [(round(x, 1), round(y, 1)) for x, y in line]


def _cells(
    conflict: Conflict, frame: Frame, places: Sequence[Known], shapes: Sequence[Shape]
) -> dict[str, Any]:
    """`cells`: [key, path, evidence], evidence 1 where all of the cell is near its place, 0 where nothing is, or
    a path. `fronts`: [cell, cell, 1 between two pieces of evidence, path] of each border, cells by position.
    """
    where = junctions_of([ring for shape in shapes for ring in shape.rings])
    lines: dict[Arc, Line] = {}
    beside: dict[Arc, list[int]] = {}
    cells, reaches = [], []
    for at, shape in enumerate(shapes):
        rings = []
        for ring in shape.rings:
            line: Line = []
            for arc in arcs_of(ring, where):
                key = min(arc, arc[::-1])
                if key not in lines:
                    lines[key] = _simple(frame, key)
                if at not in beside.setdefault(key, []):
                    beside[key].append(at)
                line += lines[key][:-1] if arc == key else lines[key][:0:-1]
            rings.append(line)
        place = places[shape.of]
        reach = _reach(frame, place, conflict.evidence_radius_town)
        reaches.append(reach)
        cells.append([place.pk, "".join(map(closed, rings)), evidence(rings, reach)])
    fronts = []
    for key, owners in beside.items():
        if len(owners) == 2:
            sides = (reaches[owners[0]], reaches[owners[1]])
            fronts += [[*owners, hard, path] for hard, path in _runs(lines[key], sides)]
    return {"cells": cells, "fronts": fronts}


def _reach(frame: Frame, place: Known, metres: int) -> Reach:
    """x, y and how far from there the fill is evidence; none for a place without a point."""
    if place.x is None or place.y is None:
        return 0.0, 0.0, -1.0
    x, y = frame.at(place.x / SCALE, place.y / SCALE)
    return x, y, frame.length(metres, y)


def _runs(line: Line, sides: tuple[Reach, Reach]) -> Iterable[tuple[int, str]]:
    """The line in runs: those with evidence at both sides, and the others."""
    run: Line = [line[0]]
    last = None
    for (x0, y0), (x1, y1) in pairwise(line):
        middle = (x0 + x1) / 2, (y0 + y1) / 2
        hard = int(all(near(side, *middle) for side in sides))
        if last is not None and hard != last:
            yield last, open_line(run)
            run = [(x0, y0)]
        run.append((x1, y1))
        last = hard
    if last is not None:
        yield last, open_line(run)


def _base(conflict: Conflict, frame: Frame) -> dict[str, Any]:
    """`land`: [own, path, name, names, spot], `water`: [path, name, names, spot], `rivers`: [schematic, path].

    A spot is x, y, and how much room there is round it.
    """
    window = Polygon.from_bbox(frame.box)
    land, water, rivers = [], [], []
    for feature in Orientation.objects.filter(conflict=conflict).order_by("pk"):
        shape = _valid(feature.shape.clone()).intersection(window)
        if shape.empty:
            continue
        shape = _valid(_projected(frame, shape))
        if feature.kind == Orientation.Kind.RIVER:
            rivers.append([int(feature.schematic), _linework(shape)])
            continue
        path = _polygons(shape)
        if not path:
            continue
        called = [feature.name, feature.names, _spot(shape)]
        if feature.kind == Orientation.Kind.LAND:
            land.append([int(feature.own), path, *called])
        else:
            water.append([path, *called])
    return {"land": land, "water": water, "rivers": rivers}


def _valid(shape: Any) -> Any:
    return shape if shape.valid else shape.make_valid()


def _projected(frame: Frame, shape: GEOSGeometry) -> GEOSGeometry:
    """In pixels, simplified. Parts of other dimensions, as a cut may leave, are dropped."""
    parts: list[GEOSGeometry] = []
    for part in _parts(shape):
        if isinstance(part, Polygon):
            parts.append(Polygon(*([frame.at(*p[:2]) for p in ring.coords] for ring in part)))
        elif isinstance(part, LineString):
            parts.append(LineString([frame.at(*p[:2]) for p in part.coords]))
    areas = [part for part in parts if isinstance(part, Polygon)]
    whole = MultiPolygon(areas) if areas else MultiLineString(parts)
    return whole.simplify(OFF, preserve_topology=True)


def _parts(shape: Any) -> list[Any]:
    if shape.geom_typeid < 4:
        return [shape]
    return [one for part in shape for one in _parts(part)]


def _polygons(shape: GEOSGeometry) -> str:
    rings = [ring for p in _parts(shape) if isinstance(p, Polygon) for ring in p]
    return "".join(closed(line_path(ring.coords[:-1])) for ring in rings if len(ring.coords) > 3)


def _linework(shape: GEOSGeometry) -> str:
    lines = [part for part in _parts(shape) if isinstance(part, LineString)]
    return "".join(open_line(line_path(line.coords)) for line in lines)


def _spot(shape: GEOSGeometry) -> list[float] | None:
    """Where there is most room for a name, on a coarse grid; None where there is hardly any."""
    step, best = 20, None
    border = shape.boundary
    inside = shape.prepared
    for x in range(step, WIDTH, step):
        for y in range(step, HEIGHT, step):
            point = Point(x, y)
            if inside.contains(point):
                room = min(border.distance(point), x, y, WIDTH - x, HEIGHT - y)
                if best is None or room > best[2]:
                    best = [x, y, round(room, 1)]
    return best
