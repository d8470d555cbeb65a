"""Two moments side by side: who gained, who lost, in ranges; which places stand otherwise; and by which Changes."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from events.chronology.ranges import Tally, tallies
from events.chronology.standing import NOTHING, Standing
from events.models import Change, Conflict, Place, Span, slug_of
from events.models.then import places_of, places_then

from .gazette import gazette
from .published import public_changes
from .read import standings


@dataclass(frozen=True, slots=True)
class Moved:
    """One place whose holders, as the map shows it, are others `now` than `then`."""

    place: Place
    then: Standing
    now: Standing


@dataclass(frozen=True, slots=True)
class Compared:
    """`tallies`: (actor's slug, kind of place) -> Tally; `moved` in the order of the tree."""

    tallies: dict[tuple[Any, str], Tally]
    moved: list[Moved]


def compare(
    conflict: Conflict, then: datetime, now: datetime, *, known_at: datetime | None = None
) -> Compared:
    """What differs between two instants, `then` before `now`. A constant number of queries."""
    matters = Q()
    for instant in (then, now):
        coming = Q(valid__startswith__gt=instant) & (
            Q(doubt_from__lt=instant) | Q(doubt_from__isnull=True)
        )
        matters |= Q(valid__contains=instant) | coming
    spans = Span.objects.filter(matters, place__conflict=conflict).known(known_at)
    by_place = spans.by_place(slug_of(conflict))
    counted = tallies(gazette(conflict, known_at).tree, by_place, then, now)
    before = standings(conflict, then, known_at=known_at)
    after = standings(conflict, now, known_at=known_at)
    differ = [
        slug
        for slug, standing in after.items()
        if _holding(before.get(slug, NOTHING)) != _holding(standing)
    ]
    places = places_then(conflict, known_at).filter(slug__in=differ)
    moved = [
        Moved(place, before.get(place.slug, NOTHING), after[place.slug])
        for place in places_of(places.order_by("path"))
    ]
    return Compared(counted, moved)


def _holding(standing: Standing) -> tuple[Any, ...]:
    return (standing.state in ("unclear", "no_data"), standing.holds, standing.to, standing.counts)


def changes_between(
    conflict: Conflict, then: datetime, now: datetime, known_at: datetime | None = None
) -> QuerySet[Change]:
    """Done after `then` and by `now`, oldest first."""
    rows = public_changes(conflict, known_at).filter(latest__gt=then, latest__lte=now)
    return rows.order_by("latest", "day_order", "pk")
