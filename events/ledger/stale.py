"""What has gone longest unconfirmed, weighted by importance: the fall of a district is reported, its recapture not."""

import math
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from events.chronology.tree import SETTLEMENTS, SITE
from events.models import Conflict, Place
from events.models.then import places_of, places_then, rows_then

from .confirmed import Held, confirmed

NEAR_METRES = 30_000
LATELY = timedelta(days=90)
# A change that tells of no movement is no fighting.
QUIET = ("holds", "shares", "unclear", "present", "absent")
# Metres in a degree of latitude; the box is a little too wide, and the sphere decides.
DEGREE = 110_000
FIGHTING = """
    WITH places AS NOT MATERIALIZED ({places}), fought AS (
        SELECT said.id, place.point
        FROM events_change AS said
        JOIN events_changeplace AS named ON named.change_id = said.id
        JOIN places AS place ON place.id = named.place_id
        WHERE said.conflict_id = %(conflict)s AND said.latest > %(from)s AND said.latest <= %(at)s
          AND said.verb <> ALL(%(quiet)s) AND said.ruling <> 'rejected' AND said.kind <> 'retraction'
          AND place.point IS NOT NULL AND place.kind = ANY(%(kinds)s) {recorded}
          AND NOT EXISTS (SELECT FROM events_change AS newer
                          WHERE newer.supersedes_id = said.id {superseded})
    )
    SELECT near.id, count(DISTINCT fought.id)
    FROM fought
    JOIN places AS near ON near.point && ST_Expand(fought.point,
         %(metres)s / (%(degree)s * GREATEST(cos(radians(ST_Y(fought.point))), 0.01)),
         %(metres)s::float / %(degree)s)
     AND ST_DistanceSphere(near.point, fought.point) <= %(metres)s
    GROUP BY near.id
"""
NOW = "SELECT id, point, kind FROM events_place WHERE conflict_id = %(conflict)s AND NOT hidden"
THEN = "SELECT id, point, kind FROM events_placeevent WHERE pgh_id = ANY(%(rows)s)"


@dataclass(frozen=True, slots=True)
class Unconfirmed:
    """`days`: whole days since `held.confirmed`; `fights`: changes within NEAR_METRES in the LATELY before."""

    place: Place
    held: Held
    days: int
    fights: int
    score: float


def score(days: float, population: int | None, fights: int) -> float:
    """days × log10(10 + inhabitants) × (1 + ln(1 + changes nearby)).

    A village of which nothing else is known weighs 1, a town of 100,000 weighs 5; ten changes within 30 km in
    the last 90 days make it 3.4 times as urgent.
    """
    return days * math.log10(10 + (population or 0)) * (1 + math.log1p(fights))


def stale(
    conflict: Conflict, at: datetime, *, known_at: datetime | None = None, limit: int = 100
) -> list[Unconfirmed]:
    """The most urgent first, then by place. Five queries, however many places there are.

    Settlements and sites; an area only where no settlement inside is tracked, since it is shown by those. Of a
    town, news of a quarter that its holder holds is news of him there, too.
    """
    held = confirmed(conflict, at, known_at=known_at)
    fights = fighting(conflict, at, known_at=known_at)
    there_are = places_then(conflict, known_at)
    rows = there_are.values_list("id", "kind", "parent_id", "population", "path")
    nodes = {pk: (kind, parent, population, path) for pk, kind, parent, population, path in rows}
    lately: dict[tuple[int, int], datetime] = {}
    for pk, there in held.items():
        kind, parent, _population, _path = nodes[pk]
        if kind in SETTLEMENTS and parent is not None and nodes[parent][0] in SETTLEMENTS:
            for who in there.holders:
                known = lately.get((parent, who), there.confirmed)
                lately[parent, who] = max(known, there.confirmed)
    shown_by_others = set()
    for pk in held:
        kind, parent, _population, _path = nodes[pk]
        while kind in SETTLEMENTS and parent is not None:
            shown_by_others.add(parent)
            parent = nodes[parent][1]
    ranked = []
    for pk, there in list(held.items()):
        kind, _parent, population, path = nodes[pk]
        if pk in shown_by_others and kind not in SETTLEMENTS and kind != SITE:
            continue
        news = [lately[pk, who] for who in there.holders if (pk, who) in lately]
        held[pk] = there = replace(there, confirmed=max([there.confirmed, *news]))
        days = (at - there.confirmed) / timedelta(days=1)
        ranked.append((-score(days, population, fights.get(pk, 0)), path, pk, int(days)))
    ranked.sort()
    wanted = there_are.filter(id__in=[row[2] for row in ranked[:limit]])
    chosen = {place.pk: place for place in places_of(wanted)}
    return [
        Unconfirmed(chosen[pk], held[pk], days, fights.get(pk, 0), -urgency)
        for urgency, _path, pk, days in ranked[:limit]
    ]


def fighting(
    conflict: Conflict, at: datetime, *, known_at: datetime | None = None
) -> dict[int, int]:
    """By the place's key: the changes near it lately; places without any are left out."""
    rows = rows_then(conflict, known_at)
    sql = FIGHTING.format(
        places=NOW if rows is None else THEN,
        recorded="" if known_at is None else "AND said.recorded_at <= %(known)s",
        superseded="" if known_at is None else "AND newer.recorded_at <= %(known)s",
    )
    asked: dict[str, Any] = {
        "conflict": conflict.pk,
        "from": at - LATELY,
        "at": at,
        "known": known_at,
        "rows": rows,
        "quiet": list(QUIET),
        # what is said of a whole district says nothing of how near it was
        "kinds": [*sorted(SETTLEMENTS), SITE],
        "metres": NEAR_METRES,
        "degree": DEGREE,
    }
    with connection.cursor() as cursor:
        cursor.execute(sql, asked)
        return dict(cursor.fetchall())
