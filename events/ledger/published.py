"""The published Changes as readers see them: what is in the record now, or was at a known instant."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from events.chronology.verbs import VERBS
from events.models import Change, Conflict, Place

from .new import AREAS
from .statements import prefixes

REACHING = [name for name, verb in VERBS.items() if verb.reaches_inside != "no"]
COUNTED_IN = [str(kind) for kind in AREAS]

LAST = "SELECT max(recorded_at) FROM events_change WHERE conflict_id = %s"
# Two halves that go by index: as an OR over two joins it reads the whole record.
ABOUT = """
    SELECT said.id, said.public_id, said.latest, said.verb, said.actor_id, said.other_actor_id, said.ruling,
           said.place_count, bool_or(named.own)
    FROM (
        SELECT change_id, true AS own FROM events_changeplace WHERE place_id = %(place)s
        UNION ALL
        SELECT around.change_id, false
        FROM events_place AS area JOIN events_changeplace AS around ON around.place_id = area.id
        JOIN events_change AS reaching ON reaching.id = around.change_id
        WHERE area.conflict_id = %(conflict)s AND area.path = ANY(%(around)s)
          AND reaching.verb = ANY(%(reaching)s)
          AND (reaching.place_count IS NULL OR area.kind <> ALL(%(areas)s))
    ) AS named JOIN events_change AS said ON said.id = named.change_id
    WHERE said.kind <> 'retraction' {recorded}
      AND NOT EXISTS (SELECT FROM events_change AS newer WHERE newer.supersedes_id = said.id {superseded})
    GROUP BY said.id ORDER BY said.latest DESC, said.day_order DESC, said.id DESC
"""


class Said(NamedTuple):
    """A Change about a place. `own`: it names that very place, not one around it; actors are keys."""

    key: int
    public_id: str
    latest: datetime
    verb: str
    actor: int | None
    other: int | None
    ruling: str
    place_count: int | None
    own: bool


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
    with connection.cursor() as cursor:
        cursor.execute(LAST, [conflict.pk])
        last: datetime | None = cursor.fetchone()[0]
    return last


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


def said_about(place: Place, known_at: datetime | None = None) -> list[Said]:
    """The Changes that name the place, or a place around it where the verb reaches inside, newest first."""
    sql = ABOUT.format(
        recorded="" if known_at is None else "AND said.recorded_at <= %(known)s",
        superseded="" if known_at is None else "AND newer.recorded_at <= %(known)s",
    )
    asked: dict[str, Any] = {
        "place": place.pk,
        "conflict": place.conflict_id,
        "around": prefixes(place.path)[:-1],
        "reaching": REACHING,
        "areas": COUNTED_IN,
        "known": known_at,
    }
    with connection.cursor() as cursor:
        cursor.execute(sql, asked)
        return [Said(*row) for row in cursor.fetchall()]


def taken_back_about(place: Place, known_at: datetime | None = None) -> QuerySet[Change]:
    """Corrections and retractions that name the place, or take back what named it."""
    rows = taken_back(place.conflict, known_at)
    return rows.filter(Q(places=place) | Q(supersedes__places=place)).distinct()


def taken_back(conflict: Conflict, known_at: datetime | None = None) -> QuerySet[Change]:
    """Corrections and retractions published by `known_at` (None: by now)."""
    rows = Change.objects.filter(conflict=conflict).exclude(kind=Change.Kind.STATEMENT)
    return rows if known_at is None else rows.filter(recorded_at__lte=known_at)
