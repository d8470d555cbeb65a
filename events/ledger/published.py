"""The published Changes as readers see them: what is in the record now, or was at a known instant."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from events.chronology.verbs import VERBS
from events.models import Change, ChangePlace, Conflict, Place

from .new import Refused
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


@dataclass(frozen=True, slots=True)
class Page:
    """`next`: the cursor of the page after, None on the last."""

    changes: list[Change]
    next: str | None


def newest_first(changes: QuerySet[Change], cursor: str | None, size: int) -> Page:
    """One page of `changes`. Raises Refused where the cursor is not one that a page gave."""
    ordered = changes.order_by("-latest", "-day_order", "-pk")
    if cursor:
        latest, day_order, pk = _read(cursor)
        ordered = ordered.filter(
            Q(latest__lt=latest)
            | Q(latest=latest, day_order__lt=day_order)
            | Q(latest=latest, day_order=day_order, pk__lt=pk)
        )
    found = list(ordered[: size + 1])
    page = found[:size]
    return Page(page, _write(page[-1]) if len(found) > size else None)


def _write(last: Change) -> str:
    place = [last.latest.isoformat(), last.day_order, last.pk]
    return urlsafe_b64encode(json.dumps(place).encode()).decode().rstrip("=")


def _read(cursor: str) -> tuple[datetime, int, int]:
    try:
        text = urlsafe_b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4))
        latest, day_order, pk = json.loads(text)
        at = datetime.fromisoformat(latest)
        if at.tzinfo is None or type(day_order) is not int or type(pk) is not int:
            raise ValueError(cursor)
        if abs(day_order) >= 1 << 15 or abs(pk) >= 1 << 62:
            raise ValueError(cursor)
    except (ValueError, TypeError, RecursionError) as error:
        why = _("“%(cursor)s” is not a cursor that a page gave.") % {"cursor": cursor[:80]}
        raise Refused({"cursor": [why]}) from error
    return at, day_order, pk
