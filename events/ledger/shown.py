"""One place's standing as the map shows it, beside what is said of the place itself."""

from datetime import datetime

from events.chronology.standing import NOTHING, Standing, standing_at
from events.chronology.tree import compose_tree
from events.models import Place, Span, slug_of
from events.models.then import places_then


def shown_and_own(
    place: Place, instant: datetime, *, known_at: datetime | None = None
) -> tuple[Standing, Standing]:
    """(composed from the tracked places inside, its own); equal where nothing inside is tracked."""
    inside = list(
        places_then(place.conflict, known_at)
        .filter(path__startswith=place.path)
        .order_by("depth", "path")
        .values_list("id", "slug", "kind", "parent__slug")
    )
    spans = (
        Span.objects.filter(place__in=[pk for pk, *_ in inside])
        .known(known_at)
        .mattering_at(instant)
        .by_place(slug_of(place.conflict))
    )
    own = {slug: standing_at(spans[pk], instant) for pk, slug, *_ in inside if pk in spans}
    tree = [(s, kind, None if s == place.slug else parent) for _, s, kind, parent in inside]
    return compose_tree(tree, own).get(place.slug, NOTHING), own.get(place.slug, NOTHING)
