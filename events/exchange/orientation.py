"""orientation.geojson: the base map's land, water and rivers."""

import json
from pathlib import Path
from typing import Any

from django.contrib.gis.gdal import GDALException
from django.contrib.gis.geos import GEOSException, GEOSGeometry
from django.utils.translation import gettext as _

from events.models import Conflict, Orientation

from .problems import Outcome

SHAPES = {
    Orientation.Kind.LAND: ("Polygon", "MultiPolygon"),
    Orientation.Kind.WATER: ("Polygon", "MultiPolygon"),
    Orientation.Kind.RIVER: ("LineString", "MultiLineString"),
}


def import_orientation(path: Path, outcome: Outcome, conflict: Conflict) -> None:
    """Replace the conflict's base map by the file's features, in their order, where they differ."""
    wanted = [
        feature
        for number, given in enumerate(features_of(path, outcome), 1)
        if (feature := _feature(given, number, conflict, outcome))
    ]
    have = list(Orientation.objects.filter(conflict=conflict))
    if [_key(f) for f in have] == [_key(f) for f in wanted]:
        outcome.unchanged += len(have)
        return
    Orientation.objects.filter(conflict=conflict).delete()
    Orientation.objects.bulk_create(wanted)
    outcome.created += len(wanted)


def features_of(path: Path, outcome: Outcome) -> list[dict[str, Any]]:
    """The features of a GeoJSON FeatureCollection; none, with the reason, where it is not one."""
    try:
        data = json.loads(path.read_bytes())
    except (ValueError, UnicodeDecodeError, RecursionError) as error:
        outcome.bad(1, "", "", _("The file is not JSON (%(error)s).") % {"error": error})
        return []
    features = data.get("features") if isinstance(data, dict) else None
    if not isinstance(features, list) or not all(isinstance(f, dict) for f in features):
        outcome.bad(1, "features", "", _("A GeoJSON FeatureCollection is wanted."))
        return []
    return features


def geometry_of(given: dict[str, Any]) -> GEOSGeometry:
    """The feature's geometry in WGS 84. Raises ValueError with a sentence."""
    try:
        shape = GEOSGeometry(json.dumps(given.get("geometry")), srid=4326)
    except (GEOSException, GDALException, ValueError, TypeError) as error:
        raise ValueError(_("It is not a GeoJSON geometry.")) from error
    return shape


def _feature(
    given: dict[str, Any], number: int, conflict: Conflict, outcome: Outcome
) -> Orientation | None:
    about = given.get("properties") or {}
    kind, name, names = about.get("kind"), str(about.get("name") or ""), about.get("names") or {}
    if kind not in SHAPES:
        outcome.bad(number, "kind", kind, _("It must be one of: land, water, river."))
        return None
    try:
        shape = geometry_of(given)
    except ValueError as error:
        outcome.bad(number, "geometry", name, str(error))
        return None
    if shape.geom_type not in SHAPES[kind] or shape.empty or len(name) > 100:
        outcome.bad(number, "geometry", name, _("A %(kind)s is not drawn so.") % {"kind": kind})
        return None
    return Orientation(
        conflict=conflict,
        kind=kind,
        name=name,
        names=names if isinstance(names, dict) else {},
        own=bool(about.get("own")),
        schematic=bool(about.get("schematic")),
        shape=shape,
    )


def _key(feature: Orientation) -> tuple[Any, ...]:
    return (
        feature.kind,
        feature.name,
        feature.names,
        feature.own,
        feature.schematic,
        feature.shape.wkb,
    )
