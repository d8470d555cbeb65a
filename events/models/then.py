"""The gazetteer and the sources as they were at a known instant, from the rows that pghistory keeps of each change.

What the record said at K is told in the words of K: a place that was added, renamed or moved later does not show in
answers with `known_at=K`, nor does a source that is graded otherwise (docs/decisions/0014-words-of-then.md).
"""

from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import QuerySet

from .conflict import Conflict
from .place import Place

FIRST = "SELECT min(recorded_at) FROM events_change WHERE conflict_id = %s"
LATER = (
    "SELECT EXISTS (SELECT FROM events_placeevent WHERE conflict_id = %s AND pgh_created_at > %s)"
)
# The last row of each by K, but for what was taken back or hidden. And what the record spoke of by K though it was
# made later, as it was made: an operator's record that was published elsewhere before.
ROWS = """
    WITH last AS (
        SELECT DISTINCT ON (row.pgh_obj_id) row.pgh_id, row.pgh_obj_id, row.pgh_label, row.hidden
        FROM events_placeevent AS row
        WHERE row.conflict_id = %(conflict)s AND row.pgh_created_at <= %(known)s
        ORDER BY row.pgh_obj_id, row.pgh_id DESC
    ), spoken AS (
        SELECT DISTINCT above.id
        FROM events_place AS place
        JOIN events_place AS above
          ON above.conflict_id = place.conflict_id AND place.path LIKE above.path || '%%'
        WHERE place.conflict_id = %(conflict)s
          AND NOT EXISTS (SELECT FROM last WHERE last.pgh_obj_id = place.id)
          AND EXISTS (SELECT FROM events_span AS span
                      WHERE span.place_id = place.id AND lower(span.known) <= %(known)s)
    ), first AS (
        SELECT DISTINCT ON (row.pgh_obj_id) row.pgh_id
        FROM spoken JOIN events_placeevent AS row ON row.pgh_obj_id = spoken.id
        WHERE NOT row.hidden AND NOT EXISTS (SELECT FROM last WHERE last.pgh_obj_id = spoken.id)
        ORDER BY row.pgh_obj_id, row.pgh_id
    )
    SELECT pgh_id FROM last WHERE pgh_label <> 'delete' AND NOT hidden
    UNION ALL SELECT pgh_id FROM first
"""
NAMES_NOW = (
    "SELECT name, language, kind FROM events_placename WHERE place_id = %(place)s ORDER BY id"
)
NAMES = """
    SELECT name, language, kind FROM (
        SELECT DISTINCT ON (pgh_obj_id) * FROM events_placenameevent
        WHERE place_id = %(place)s AND pgh_created_at <= %(known)s
        ORDER BY pgh_obj_id, pgh_id DESC
    ) AS last WHERE pgh_label <> 'delete' ORDER BY id
"""
NAME = ("name", "language", "kind")
# Of a report or a source: its last row by K; where it was made later, as it was made.
OF_THEN = """
    JOIN LATERAL (
        SELECT * FROM {table} AS row WHERE row.pgh_obj_id = {key}
        ORDER BY row.pgh_created_at > %(known)s,
                 CASE WHEN row.pgh_created_at > %(known)s THEN row.pgh_id ELSE -row.pgh_id END
        LIMIT 1
    ) AS {name} ON true
"""


def not_before_the_record(conflict_id: int, known_at: datetime) -> datetime:
    """Before the first publication nothing was told of any place: then the gazetteer is that of the first one."""
    with connection.cursor() as cursor:
        cursor.execute(FIRST, [conflict_id])
        first: datetime | None = cursor.fetchone()[0]
    return known_at if first is None else max(known_at, first)


def altered_since(conflict: Conflict, known_at: datetime) -> bool:
    """Whether any place was made, altered or taken back after K: seldom, and told by index."""
    since = not_before_the_record(conflict.pk, known_at)
    with connection.cursor() as cursor:
        cursor.execute(LATER, [conflict.pk, since])
        found: bool = cursor.fetchone()[0]
    return found


def rows_then(conflict: Conflict, known_at: datetime | None) -> list[int] | None:
    """Keys of the audit rows that say what the places were at K; None where they are what they are now."""
    if known_at is None or not altered_since(conflict, known_at):
        return None
    since = not_before_the_record(conflict.pk, known_at)
    with connection.cursor() as cursor:
        cursor.execute(ROWS, {"conflict": conflict.pk, "known": since})
        return [key for (key,) in cursor.fetchall()]


def places_then(conflict: Conflict, known_at: datetime | None) -> QuerySet[Any]:
    """The public places as known at K (None: now): rows of Place, or of its audit. Their key is `id`, never `pk`;
    `places_of` makes them Places.
    """
    keys = rows_then(conflict, known_at)
    if keys is None:
        return Place.objects.filter(conflict=conflict)
    rows: QuerySet[Any] = apps.get_model("events", "PlaceEvent")._default_manager.filter(
        pgh_id__in=keys
    )
    return rows


def places_of(rows: QuerySet[Any]) -> list[Place]:
    """Places without their areas, not to be saved; what `rows` was annotated with stays with each."""
    if rows.model is Place:
        return list(rows.defer("area", "territory"))
    names = [field.attname for field in Place._meta.concrete_fields]
    left_out = {"area", "territory", "made_by_id", "made_at"}
    found = []
    for row in rows.defer("area"):
        have = {name: getattr(row, name) for name in names if name not in left_out}
        place = Place(**have)
        for annotation in rows.query.annotations:
            setattr(place, annotation, getattr(row, annotation))
        found.append(place)
    return found


def names_then(place: Place, known_at: datetime | None) -> list[dict[str, str]]:
    """The names of a public place as known at K, in the order in which they were given."""
    since = known_at and not_before_the_record(place.conflict_id, known_at)
    with connection.cursor() as cursor:
        cursor.execute(NAMES if since else NAMES_NOW, {"place": place.pk, "known": since})
        return [dict(zip(NAME, row, strict=True)) for row in cursor.fetchall()]
