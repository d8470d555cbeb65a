"""What lies round a point: in which place it is, and which places of such a name are near it already."""

from collections import defaultdict
from dataclasses import dataclass
from difflib import SequenceMatcher
from math import cos, radians

from django.contrib.gis.db.models.functions import Distance
from django.contrib.gis.geos import Point, Polygon
from django.db.models import F, FloatField, Func

from events.models import Conflict, Place, PlaceName

from .names import fold_name, sound_of

Kind = Place.Kind
AREAS = (Kind.COUNTRY, Kind.PROVINCE, Kind.DISTRICT, Kind.SUBDISTRICT)
# What may be made at the desk -> what it may lie in.
INSIDE: dict[str, tuple[str, ...]] = {
    Kind.TOWN: AREAS,
    Kind.NEIGHBOURHOOD: (Kind.TOWN,),
    Kind.SITE: (*AREAS, Kind.TOWN, Kind.NEIGHBOURHOOD),
}
# Beyond, the nearest district or town says nothing of where a point lies.
NEAREST_METRES = 100_000
QUARTER_METRES = 15_000
# Within, a name that sounds alike is more likely the same place than another.
SAME_METRES = 25_000
# Share of letters in common at which two spellings may be one name.
ALIKE = 0.8
MOST = 5


@dataclass(frozen=True, slots=True)
class Around:
    """`surely`: an outline holds the point, and no part of it without an outline is nearer to say more."""

    place: Place
    surely: bool


@dataclass(frozen=True, slots=True)
class Near:
    place: Place
    metres: float


def outline_round(place: Place) -> tuple[float, float, float, float] | None:
    """(west, south, east, north) of the smallest area that is this place or holds it; None where only the country
    has one. One query.
    """
    slugs = place.path.rstrip("/").split("/")
    rows = Place.objects.filter(conflict=place.conflict_id, slug__in=slugs, area__isnull=False)
    areas = dict(rows.exclude(kind=Kind.COUNTRY).values_list("slug", "area"))
    found = next((areas[slug] for slug in reversed(slugs) if slug in areas), None)
    return found.extent if found else None


def parents_at(conflict: Conflict, point: Point, kind: str) -> list[Around]:
    """Where a place of this kind may lie, likeliest first.

    The smallest outline that holds the point. Where that is an area whose parts have no outline, only a point, the
    nearest of these before it; where no outline holds it, the nearest district, else province; of a quarter the
    nearest town.
    """
    rows = Place.objects.filter(conflict=conflict, kind__in=INSIDE[kind])
    size = Func(F("area"), function="ST_Area", output_field=FloatField())
    holding = list(_bare(rows.filter(area__contains=point).annotate(size=size).order_by("size")))
    if kind == Kind.NEIGHBOURHOOD:
        towns = _nearest(rows.filter(area=None), point, QUARTER_METRES)
        return [Around(place, True) for place in holding] + [Around(p, False) for p in towns]
    parts = rows.filter(area=None, kind__in=(Kind.DISTRICT, Kind.SUBDISTRICT))
    whole = bool(holding) and holding[0].kind not in AREAS
    if holding:
        parts = parts.filter(path__startswith=holding[0].path)
    near = [] if whole else _nearest(parts, point, NEAREST_METRES)
    if not (near or holding):
        near = _nearest(rows.filter(kind=Kind.PROVINCE), point, NEAREST_METRES)
    surely = [Around(place, not near) for place in holding]
    return (
        [Around(place, False) for place in near[:1]] + surely + [Around(p, False) for p in near[1:]]
    )


def alike_near(conflict: Conflict, names: list[str], point: Point) -> list[Near]:
    """Places within SAME_METRES, public or not yet, that are called so or sound so, nearest first."""
    folded = [fold_name(name) for name in names if fold_name(name)]
    rows = Place.every.filter(conflict=conflict, kind__in=INSIDE, point__bboverlaps=_box(point))
    near = _bare(_away(rows, point).filter(away__lte=SAME_METRES).order_by("away"))
    spelt: dict[int, list[str]] = defaultdict(list)
    called = PlaceName.every.filter(place__in=[place.pk for place in near])
    for key, name in called.values_list("place_id", "folded"):
        spelt[key].append(name)
    return [
        Near(place, place.away.m)
        for place in near
        if any(_alike(name, other) for name in folded for other in spelt[place.pk])
    ][:MOST]


def _alike(one: str, other: str) -> bool:
    sound = sound_of(one)
    if one == other or (sound and sound == sound_of(other)):
        return True
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= ALIKE


def _box(point: Point) -> Polygon:
    """A little more than SAME_METRES round it: the index finds what the sphere then decides."""
    high = SAME_METRES / 110_000
    wide = high / max(cos(radians(point.y)), 0.01)
    box = Polygon.from_bbox((point.x - wide, point.y - high, point.x + wide, point.y + high))
    box.srid = 4326
    return box


def _nearest(rows, point: Point, metres: int) -> list[Place]:  # type: ignore[no-untyped-def]
    return list(_bare(_away(rows, point).filter(away__lte=metres).order_by("away")[:MOST]))


def _away(rows, point: Point):  # type: ignore[no-untyped-def]
    return rows.filter(point__isnull=False).annotate(away=Distance("point", point))


def _bare(rows):  # type: ignore[no-untyped-def]
    return rows.select_related("parent").defer(
        "area", "territory", "parent__area", "parent__territory"
    )
