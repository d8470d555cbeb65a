"""Who stands where, in all places at once: one statement that goes by index, and one look at each likeness."""

from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache

from django.db import connection

from events.chronology.alike import Alike
from events.chronology.standing import Standing
from events.chronology.tree import Part, compose_parts
from events.models import Actor, Conflict

from .gazette import Gazette, gazette

# Of the Spans that matter at an instant (docs/decisions/0011-whole-war.md); with several conflicts, of this one's.
ROWS = """
    SELECT place_id, role,
           CASE WHEN lower(valid) > %(at)s THEN 2 WHEN closing_doubt_from < %(at)s THEN 1 ELSE 0 END,
           actor_id, date_part('epoch', lower(valid)), change_id
    FROM events_span
    WHERE tstzrange(doubt_from, upper(valid)) @> %(at)s AND {known} {only}
      AND (lower(valid) <= %(at)s OR (role IN ('holds', 'unclear')
                                      AND (doubt_from < %(at)s OR doubt_from IS NULL)))
"""
NOW = "upper(known) IS NULL"
# What is said still and what is said no longer have an index each, and each is asked.
THEN = (f"{NOW} AND lower(known) <= %(known)s", "upper(known) IS NOT NULL AND known @> %(known)s")
ONLY = "AND place_id IN (SELECT id FROM events_place WHERE conflict_id = %(conflict)s)"


def rows_sql(*, then: bool, only: str = "") -> str:
    """Values: `at`; with `then` also `known`; what `only` names."""
    return " UNION ALL ".join(ROWS.format(known=k, only=only) for k in (THEN if then else [NOW]))


@lru_cache(maxsize=8)
def alike_among(slugs: tuple[tuple[int, str], ...]) -> Alike:
    """The likenesses among these actors, (key, slug), kept by the process."""
    return Alike(time_of, {None: None, **dict(slugs)})


def own_parts(
    conflict: Conflict, instant: datetime, *, known_at: datetime | None = None
) -> dict[int, Part]:
    """Each place's own standing at `instant`, by the place's key, actors as slugs; places of which nothing is
    said are left out. `since` is in seconds since 1970, which `time_of` makes an instant: cheaper than a timestamp.
    """
    slugs = Actor.objects.filter(conflict=conflict).order_by("pk").values_list("pk", "slug")
    alike = alike_among(tuple(slugs))
    only = ONLY if Conflict.objects.exclude(pk=conflict.pk).exists() else ""
    sql = rows_sql(then=known_at is not None, only=only)
    with connection.cursor() as cursor:
        cursor.execute(sql, {"at": instant, "known": known_at, "conflict": conflict.pk})
        return alike.parts(instant, cursor.fetchall())


def shown_parts(
    conflict: Conflict, instant: datetime, *, known_at: datetime | None = None
) -> tuple[Gazette, dict[int, Part]]:
    """The same as the map shows it: composed where there are tracked places inside."""
    places = gazette(conflict, known_at)
    return places, compose_parts(places.tree, own_parts(conflict, instant, known_at=known_at))


def time_of(since: float) -> datetime:
    return datetime.fromtimestamp(since, UTC)


def standing_of(part: Part) -> Standing:
    """With its `since`, an instant, and its `key`."""
    standing, since, key = part
    when = None if since is None else time_of(since)
    return replace(standing, since=when, key=key)
