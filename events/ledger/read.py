"""Who stood where, at any instant, as known at any instant."""

from datetime import datetime
from typing import Any

from django.db import connection

from events.chronology.standing import NOTHING, Standing
from events.models import Conflict, Place, Span
from events.models.spanset import SpanSet

from .everywhere import own_parts, shown_parts, standing_of
from .gazette import gazette

SPAN_ROWS = """
    SELECT actor.slug, span.role, lower(span.valid), upper(span.valid), span.doubt_from, span.closing_doubt_from,
           opened.public_id, closed.public_id
    FROM events_span AS span JOIN events_change AS opened ON opened.id = span.change_id
    LEFT JOIN events_change AS closed ON closed.id = span.closed_by_id
    LEFT JOIN events_actor AS actor ON actor.id = span.actor_id
    WHERE span.place_id = %(place)s AND {known}
    ORDER BY span.valid, span.role, span.actor_id
"""


def spans_of(place: Place, known_at: datetime | None = None) -> SpanSet:
    """The Spans of one place, oldest first, with actor and change at hand."""
    rows = Span.objects.filter(place=place).known(known_at)
    return rows.select_related("actor", "change", "closed_by").order_by("valid", "role", "actor_id")


def span_rows(place: Place, known_at: datetime | None = None) -> list[tuple[Any, ...]]:
    """The same as plain rows: (actor's slug, role, from, to, doubt from, closing doubt from, public id of the Change,
    that of the one that ended it).
    """
    known = "upper(span.known) IS NULL" if known_at is None else "span.known @> %(known)s"
    with connection.cursor() as cursor:
        cursor.execute(SPAN_ROWS.format(known=known), {"place": place.pk, "known": known_at})
        return list(cursor.fetchall())


def own_standings(
    conflict: Conflict, instant: datetime, *, known_at: datetime | None = None
) -> dict[str, Standing]:
    """Each place's own standing, before composition; places without data are left out."""
    slugs = {pk: slug for pk, slug, _, _ in gazette(conflict, known_at).rows}
    parts = own_parts(conflict, instant, known_at=known_at)
    return {slugs[place]: standing_of(part) for place, part in parts.items()}


def standings(
    conflict: Conflict, instant: datetime, *, known_at: datetime | None = None
) -> dict[str, Standing]:
    """Every place's standing as the map shows it, by slug: composed where it has tracked places inside.

    `Standing.key` is the id of the Change that made it, actors are slugs.
    """
    places, parts = shown_parts(conflict, instant, known_at=known_at)
    return {
        slug: standing_of(parts[pk]) if pk in parts else NOTHING for pk, slug, _, _ in places.rows
    }
