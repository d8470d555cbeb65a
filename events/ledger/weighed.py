""" "7 of 9 neighbourhoods IS, 2 SDF; 81 % of the population": what is held of one place, weighed."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, FloatField, Func

from events.chronology.standing import NO_DATA, standing_at
from events.chronology.tree import SETTLEMENTS, compose_tree
from events.chronology.weights import Share, shares, voices
from events.models import Place, Span, slug_of
from events.models.then import places_then


@dataclass(frozen=True, slots=True)
class Weighed:
    """`by`: "population" or "area" (km²); `shares` most first."""

    by: str
    shares: list[Share]


def weighed(place: Place, at: datetime, *, known_at: datetime | None = None) -> Weighed | None:
    """None where nothing inside is tracked, or a part has neither. Four queries.

    The rest of a town, for which its own statement speaks where no quarter is held so, has what its quarters
    leave of its inhabitants; of its area nothing is known apart.
    """
    known = places_then(place.conflict, known_at)
    inside = known.filter(path__startswith=place.path)
    rows = list(
        inside.order_by("depth", "path").values_list(
            "id", "slug", "kind", "parent__slug", "population"
        )
    )
    if all(slug != place.slug for _pk, slug, *_ in rows):
        # readers did not know of it yet
        return None
    keys = [pk for pk, *_rest in rows]
    spans = Span.objects.filter(place__in=keys).known(known_at).mattering_at(at)
    by_place = spans.by_place(slug_of(place.conflict))
    own = {slug: standing_at(by_place[pk], at) for pk, slug, *_ in rows if pk in by_place}
    tree = [(s, kind, None if s == place.slug else parent) for _pk, s, kind, parent, _p in rows]
    shown = compose_tree(tree, own)
    parts = voices(place.slug, tree, shown)
    if not parts:
        return None
    people = {slug: population for _pk, slug, _k, _p, population in rows}
    held = [(shown[slug].holds, people[slug]) for slug in parts]
    itself = own.get(place.slug)
    speaks = (
        place.kind in SETTLEMENTS
        and itself is not None
        and itself.state != NO_DATA
        and bool(itself.holds or not itself.contests)
    )
    rest_counts = speaks and itself is not None and all(h != itself.holds for h, _w in held)
    if rest_counts and itself is not None:
        rest = (place.population or 0) - sum(number or 0 for _holds, number in held)
        held.append((itself.holds, rest if place.population and rest >= 0 else None))
    by_people = shares(held)
    if by_people:
        return Weighed("population", by_people)
    if rest_counts:
        return None
    square_metres = Func(
        F("area"), template="ST_Area((%(expressions)s)::geography)", output_field=FloatField()
    )
    measured = dict(
        known.filter(slug__in=parts, area__isnull=False)
        .annotate(extent=square_metres)
        .values_list("slug", "extent")
    )
    by_area = shares(
        [(shown[slug].holds, measured[slug] / 1e6 if slug in measured else None) for slug in parts]
    )
    return Weighed("area", by_area) if by_area else None
