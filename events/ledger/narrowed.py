"""Fewer of the published Changes: those of some days, of a place, of somebody, of a kind, according to somebody."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from events.models import Actor, Change, ChangePlace, Citation, Place, Source
from events.models.then import places_then


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is None, or empty, narrows nothing. Done after `after` and by `until`; at `place`, or at one inside it;
    `actor` as the one who acts or the other one; `source` said so itself, or is whom a report relays.
    """

    after: datetime | None = None
    until: datetime | None = None
    place: Place | None = None
    actor: Actor | None = None
    verbs: Collection[str] = ()
    source: Source | None = None


def narrowed(
    rows: QuerySet[Change], wanted: Wanted, known_at: datetime | None = None
) -> QuerySet[Change]:
    """`known_at`: places lie where they lay then."""
    if wanted.after:
        rows = rows.filter(latest__gt=wanted.after)
    if wanted.until:
        rows = rows.filter(latest__lte=wanted.until)
    if wanted.place:
        inside = places_then(wanted.place.conflict, known_at).filter(
            path__startswith=wanted.place.path
        )
        named = ChangePlace.objects.filter(place__in=inside.values("id"))
        rows = rows.filter(pk__in=named.values("change"))
    if wanted.actor:
        rows = rows.filter(Q(actor=wanted.actor) | Q(other_actor=wanted.actor))
    if wanted.verbs:
        rows = rows.filter(verb__in=wanted.verbs)
    if wanted.source:
        said = Q(report__source=wanted.source) | Q(report__relays__source=wanted.source)
        rows = rows.filter(pk__in=Citation.objects.filter(said).values("change"))
    return rows
