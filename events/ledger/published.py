"""The published Changes as readers see them: what is in the record now, or was at a known instant."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from events.chronology.verbs import VERBS
from events.models import Change, ChangePlace, Conflict, Place

from .statements import prefixes

REACHING = [name for name, verb in VERBS.items() if verb.reaches_inside != "no"]


@contextmanager
def one_look() -> Iterator[None]:
    """All queries inside see the record as of one instant, whoever publishes meanwhile.

    Inside a transaction that has begun already it adds nothing. What was known at an instant is settled
    (`asked_known`) before: in here, a publication that commits meanwhile is not seen.
    """
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield


def last_publication(conflict: Conflict) -> datetime | None:
    return Change.objects.filter(conflict=conflict).aggregate(at=Max("recorded_at"))["at"]


def public_changes(conflict: Conflict, known_at: datetime | None = None) -> QuerySet[Change]:
    """Changes that stood at `known_at` (None: now): published by then, not superseded by then."""
    changes = Change.objects.filter(conflict=conflict).exclude(kind=Change.Kind.RETRACTION)
    # NOT EXISTS: an outer join to what superseded it makes the planner expect hardly anything, and scan for it.
    newer = Change.objects.filter(supersedes=OuterRef("pk"))
    if known_at is None:
        return changes.filter(~Exists(newer))
    return changes.filter(
        ~Exists(newer.filter(recorded_at__lte=known_at)), recorded_at__lte=known_at
    )


def changes_about(place: Place, known_at: datetime | None = None) -> QuerySet[Change]:
    """Changes that name the place, or a place around it where the verb reaches inside."""
    return public_changes(place.conflict, known_at).filter(pk__in=naming(place, VERBS, REACHING))


def naming(place: Place, verbs: Iterable[str], verbs_around: Iterable[str]) -> set[int]:
    """Keys of the Changes that name the place with one of `verbs`, or with one of `verbs_around` a place around it.

    Two statements that go by index: in one, an OR over two joins reads the whole record.
    """
    around = Place.objects.filter(
        conflict=place.conflict_id, path__in=prefixes(place.path)[:-1]
    ).values("pk")
    rows = (
        ChangePlace.objects.filter(place=place, change__verb__in=list(verbs)),
        ChangePlace.objects.filter(
            place__in=around, change__verb__in=list(verbs_around), change__place_count__isnull=True
        ),
    )
    return {key for found in rows for key in found.order_by().values_list("change_id", flat=True)}


def taken_back_about(place: Place, known_at: datetime | None = None) -> QuerySet[Change]:
    """Corrections and retractions that name the place, or take back what named it."""
    rows = taken_back(place.conflict, known_at)
    return rows.filter(Q(places=place) | Q(supersedes__places=place)).distinct()


def taken_back(conflict: Conflict, known_at: datetime | None = None) -> QuerySet[Change]:
    """Corrections and retractions published by `known_at` (None: by now)."""
    rows = Change.objects.filter(conflict=conflict).exclude(kind=Change.Kind.STATEMENT)
    return rows if known_at is None else rows.filter(recorded_at__lte=known_at)
