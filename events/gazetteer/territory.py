"""Thiessen cells: the territory of settlements that have no area of their own.

A town gets its cell among the towns of its province, clipped to the province; a neighbourhood its cell among
those of its town, clipped to the town's area or, without one, to the built-up outline that the points suggest.
The diagram is drawn in Web Mercator, which keeps angles, so that cells are right at any latitude.
"""

from typing import Any

from django.db import connection, transaction

from events.models import Conflict, Place

# Round the points of a group that has no outline of its own, in metres on the ground.
TOWN_REACH, QUARTER_REACH = 20_000, 600

OUTLINE = """
    SELECT ST_Multi(ST_CollectionExtract(ST_MakeValid(ST_Union(area)), 3))
    FROM events_place WHERE id = %(inside)s AND area IS NOT NULL
"""
# a hull of the points with a margin; metres become Mercator units by the latitude
HULL = """
    SELECT ST_Transform(ST_Buffer(ST_ConvexHull(ST_Collect(ST_Transform(point, 3857))),
        %(reach)s / cos(radians(ST_Y(ST_Centroid(ST_Collect(point)))))), 4326)
    FROM events_place WHERE id = ANY(%(members)s)
"""
CELLS = """
WITH clip AS (
    SELECT ST_Transform(COALESCE(({outline}), ({hull})), 3857) AS shape
), seeds AS (
    SELECT id, ST_Transform(point, 3857) AS seed FROM events_place WHERE id = ANY(%(members)s)
), cells AS (
    SELECT (ST_Dump(ST_VoronoiPolygons(ST_Collect(seed), 0, ST_Expand((SELECT shape FROM clip), 1000)))).geom
    AS cell FROM seeds
    UNION ALL
    -- one seed alone has no diagram: all of the outline is its cell
    SELECT ST_Expand(shape, 1000) FROM clip WHERE (SELECT count(DISTINCT seed) FROM seeds) = 1
), owned AS (
    SELECT DISTINCT ON (cell) id, cell FROM cells JOIN seeds ON ST_Intersects(cell, seed) ORDER BY cell, id
)
UPDATE events_place SET territory = clipped.shape FROM (
    SELECT id, ST_Multi(ST_CollectionExtract(
        ST_Transform(ST_Intersection(cell, (SELECT shape FROM clip)), 4326), 3)) AS shape FROM owned
) AS clipped
WHERE events_place.id = clipped.id AND NOT ST_IsEmpty(clipped.shape)
"""


Group = tuple[int, int | None]


def compute(conflict: Conflict) -> int:
    """Compute every territory of the conflict anew. Returns how many places have one."""
    groups = _groups(conflict)
    with transaction.atomic():
        Place.objects.filter(conflict=conflict, territory__isnull=False).update(territory=None)
        for group, members in groups.items():
            _draw(group, members)
    return Place.objects.filter(conflict=conflict, territory__isnull=False).count()


def complete(conflict: Conflict) -> int:
    """Compute the cells round each place that was made at the desk, is public, and has none yet. Returns how many
    groups of neighbours that were: one query where there is nothing to do.
    """
    made = Place.objects.filter(
        conflict=conflict, made_at__isnull=False, territory=None, area=None, point__isnull=False
    )
    lacking = set(
        made.filter(kind__in=(Place.Kind.TOWN, Place.Kind.NEIGHBOURHOOD)).values_list(
            "pk", flat=True
        )
    )
    if not lacking:
        return 0
    wanted = {g: m for g, m in _groups(conflict).items() if not lacking.isdisjoint(m)}
    for group, members in wanted.items():
        with transaction.atomic():
            # In the order in which the ledger locks them.
            rows = Place.objects.filter(pk__in=members).order_by("pk")
            list(rows.select_for_update(no_key=True).values_list("pk"))
            Place.objects.filter(pk__in=members, territory__isnull=False).update(territory=None)
            _draw(group, members)
    return len(wanted)


def _draw(group: Group, members: list[int]) -> None:
    reach, around = group
    values: dict[str, Any] = {"reach": reach, "inside": around, "members": members}
    with connection.cursor() as cursor:
        cursor.execute(CELLS.format(outline=OUTLINE, hull=HULL), values)


def _groups(conflict: Conflict) -> dict[Group, list[int]]:
    """(reach of the outline that is made up, key of the place that gives one) -> the places that share it out."""
    rows = list(
        Place.objects.filter(conflict=conflict)
        .order_by("depth", "path")
        .values_list("pk", "kind", "parent_id", "point", "area")
    )
    kinds = {pk: kind for pk, kind, *_ in rows}
    parents = {pk: parent for pk, _, parent, *_ in rows}
    groups: dict[Group, list[int]] = {}
    for pk, kind, _, point, area in rows:
        if point is None or area is not None:
            continue
        if kind == Place.Kind.TOWN:
            around = _above(pk, kinds, parents, Place.Kind.PROVINCE)
            groups.setdefault((TOWN_REACH, around), []).append(pk)
        elif kind == Place.Kind.NEIGHBOURHOOD:
            around = _above(pk, kinds, parents, Place.Kind.TOWN)
            groups.setdefault((QUARTER_REACH, around), []).append(pk)
    return groups


def _above(pk: int, kinds: dict[int, str], parents: dict[int, int | None], kind: str) -> int | None:
    at = parents[pk]
    while at is not None and kinds[at] != kind:
        at = parents[at]
    return at
