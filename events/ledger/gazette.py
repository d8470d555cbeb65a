"""The places of a conflict as every answer about all of them needs them, kept by the process until one changes."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from events.models import Conflict, Place
from events.models.then import altered_since, places_then

KEPT = 8
# A row's xmin is the transaction that wrote it: no place is written, made or removed without altering these.
VERSION = (
    "SELECT count(*), COALESCE(sum(xmin::text::bigint), 0) FROM events_place WHERE conflict_id = %s"
)
LAST = "SELECT max(recorded_at) FROM events_change WHERE conflict_id = %s"


@dataclass(frozen=True, eq=False)
class Gazette:
    """`rows`: (pk, slug, kind, name), parents before children; `tree`: (pk, kind, parent's pk), in the same order;
    `parents`: pk -> parent's pk.

    Compared by identity: a new one is made whenever a place has changed.
    """

    rows: list[tuple[int, str, str, str]]
    tree: list[tuple[int, str, int | None]]
    parents: dict[int, int | None]


_kept: dict[tuple[int, datetime | None], tuple[tuple[Any, ...], Gazette]] = {}


def gazette(conflict: Conflict, known_at: datetime | None = None) -> Gazette:
    """The conflict's places as of the present transaction's snapshot; or as they were known at an instant."""
    if known_at is not None and not altered_since(conflict, known_at):
        known_at = None
    with connection.cursor() as cursor:
        cursor.execute(VERSION, [conflict.pk])
        version = cursor.fetchone()
        if known_at is not None:
            # An operator's record of before may speak of places as of then.
            cursor.execute(LAST, [conflict.pk])
            version += cursor.fetchone()
    kept = _kept.get((conflict.pk, known_at))
    if kept is not None and kept[0] == version:
        return kept[1]
    rows = (
        Place.objects.filter(conflict=conflict)
        if known_at is None
        else places_then(conflict, known_at)
    )
    made = _made(
        list(rows.order_by("depth", "path").values_list("id", "slug", "kind", "name", "parent_id"))
    )
    while len(_kept) >= KEPT:
        _kept.pop(next(iter(_kept)), None)
    _kept[conflict.pk, known_at] = (version, made)
    return made


def _made(found: list[Any]) -> Gazette:
    return Gazette(
        rows=[row[:4] for row in found],
        tree=[(pk, kind, parent) for pk, _, kind, _, parent in found],
        parents={pk: parent for pk, _, _, _, parent in found},
    )
