"""The file of shapes: outlines, territories and the base map, quantised and delta-coded."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib.gis.geos import GEOSGeometry

from events.models import Conflict, Orientation, Place

FORMAT = 1
# Steps to a degree: 1e-5° is about 1.1 m at the equator, finer than a pixel at zoom 16.
SCALE = 100_000
NEIGHBOURHOOD_TIER, TOWN_TIER = 1, 0


def line(points: Iterable[Sequence[float]]) -> list[int]:
    """[x0, y0, dx, dy, …] in steps; consecutive equal points are dropped."""
    coded: list[int] = []
    last: tuple[int, int] | None = None
    for point in points:
        x, y = round(point[0] * SCALE), round(point[1] * SCALE)
        if last is None:
            coded += [x, y]
        elif (x, y) != last:
            coded += [x - last[0], y - last[1]]
        last = (x, y)
    return coded


def rings(shape: GEOSGeometry) -> list[list[int]]:
    """Every ring of a (multi)polygon, even-odd, closed implicitly; rings that vanish are dropped."""
    polygons = shape if shape.geom_type == "MultiPolygon" else [shape]
    coded = [line(ring.coords[:-1]) for polygon in polygons for ring in polygon]
    return [ring for ring in coded if len(ring) >= 6]


def lines(shape: GEOSGeometry) -> list[list[int]]:
    parts = shape if shape.geom_type == "MultiLineString" else [shape]
    return [line(part.coords) for part in parts]


def geometry_file(conflict: Conflict, places: list[Place]) -> dict[str, Any]:
    index = {place.pk: at for at, place in enumerate(places)}
    kinds = {place.pk: place.kind for place in places}
    areas, territories = [], []
    shapes = Place.objects.filter(conflict=conflict).values_list("pk", "area", "territory")
    for pk, area, territory in shapes.order_by("depth", "path"):
        kind = kinds[pk]
        if area is not None:
            areas.append([index[pk], rings(area)])
        own = area if area is not None else territory
        if own is not None and kind in (Place.Kind.TOWN, Place.Kind.NEIGHBOURHOOD):
            tier = NEIGHBOURHOOD_TIER if kind == Place.Kind.NEIGHBOURHOOD else TOWN_TIER
            territories.append([index[pk], tier, rings(own)])
    return {
        "format": FORMAT,
        "scale": SCALE,
        "areas": areas,
        "territories": territories,
        "evidence_radius": {
            "town": conflict.evidence_radius_town,
            "neighbourhood": conflict.evidence_radius_neighbourhood,
        },
        "base": base(conflict),
        "attribution": conflict.attribution,
    }


def base(conflict: Conflict) -> dict[str, Any]:
    """Land, water and rivers: what is not land is sea."""
    found: dict[str, list[dict[str, Any]]] = {"land": [], "water": [], "rivers": []}
    for feature in Orientation.objects.filter(conflict=conflict):
        common = {"name": feature.name, "names": feature.names}
        if feature.kind == Orientation.Kind.LAND:
            found["land"].append({**common, "own": feature.own, "rings": rings(feature.shape)})
        elif feature.kind == Orientation.Kind.WATER:
            shape = rings(feature.shape)
            found["water"].append({**common, "schematic": feature.schematic, "rings": shape})
        else:
            shape = lines(feature.shape)
            found["rivers"].append({**common, "schematic": feature.schematic, "lines": shape})
    return found
