"""Who stood where, at any instant, as known at any instant."""

from datetime import datetime

from events.chronology.standing import NOTHING, Standing
from events.models import Conflict, Place, Span
from events.models.spanset import SpanSet

from .everywhere import own_parts, shown_parts, standing_of
from .gazette import gazette


def spans_of(place: Place, known_at: datetime | None = None) -> SpanSet:
    """The Spans of one place, oldest first, with actor and change at hand."""
    rows = Span.objects.filter(place=place).known(known_at)
    return rows.select_related("actor", "change", "closed_by").order_by("valid", "role", "actor_id")


def own_standings(
    conflict: Conflict, instant: datetime, *, known_at: datetime | None = None
) -> dict[str, Standing]:
    """Each place's own standing, before composition; places without data are left out."""
    slugs = {pk: slug for pk, slug, _, _ in gazette(conflict).rows}
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
