"""Who stood where, at any instant, as known at any instant."""

from datetime import datetime

from events.chronology.standing import Standing, standing_at
from events.chronology.tree import compose_tree
from events.models import Conflict, Place, Span, slug_of
from events.models.spanset import SpanSet


def spans_of(place: Place, known_at: datetime | None = None) -> SpanSet:
    """The Spans of one place, oldest first, with actor and change at hand."""
    rows = Span.objects.filter(place=place).known(known_at)
    return rows.select_related("actor", "change", "closed_by").order_by("valid", "role", "actor_id")


def own_standings(
    conflict: Conflict, instant: datetime, *, known_at: datetime | None = None
) -> dict[str, Standing]:
    """Each place's own standing, before composition; places without data are left out."""
    slugs = dict(Place.objects.filter(conflict=conflict).values_list("pk", "slug"))
    rows = Span.objects.filter(place__conflict=conflict).known(known_at).mattering_at(instant)
    found = rows.by_place(slug_of(conflict))
    return {slugs[place]: standing_at(spans, instant) for place, spans in found.items()}


def standings(
    conflict: Conflict, instant: datetime, *, known_at: datetime | None = None
) -> dict[str, Standing]:
    """Every place's standing as the map shows it, by slug: composed where it has tracked places inside.

    `Standing.key` is the id of the Change that made it, actors are slugs.
    """
    places = (
        Place.objects.filter(conflict=conflict)
        .order_by("depth", "path")
        .values_list("slug", "kind", "parent__slug")
    )
    return compose_tree(list(places), own_standings(conflict, instant, known_at=known_at))
