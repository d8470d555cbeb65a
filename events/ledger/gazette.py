"""The places of a conflict as every answer about all of them needs them, kept by the process until one changes."""

from dataclasses import dataclass

from django.db import connection

from events.models import Conflict, Place

KEPT = 4
# A row's xmin is the transaction that wrote it: no place is written, made or removed without altering these.
VERSION = (
    "SELECT count(*), COALESCE(sum(xmin::text::bigint), 0) FROM events_place WHERE conflict_id = %s"
)


@dataclass(frozen=True, eq=False)
class Gazette:
    """`rows`: (pk, slug, kind, name), parents before children; `tree`: (pk, kind, parent's pk), in the same order;
    `parents`: pk -> parent's pk.

    Compared by identity: a new one is made whenever a place has changed.
    """

    rows: list[tuple[int, str, str, str]]
    tree: list[tuple[int, str, int | None]]
    parents: dict[int, int | None]


_kept: dict[int, tuple[tuple[int, int], Gazette]] = {}


def gazette(conflict: Conflict) -> Gazette:
    """The conflict's places as of the present transaction's snapshot."""
    with connection.cursor() as cursor:
        cursor.execute(VERSION, [conflict.pk])
        version = cursor.fetchone()
    kept = _kept.get(conflict.pk)
    if kept is not None and kept[0] == version:
        return kept[1]
    found = list(
        Place.objects.filter(conflict=conflict)
        .order_by("depth", "path")
        .values_list("pk", "slug", "kind", "name", "parent_id")
    )
    made = Gazette(
        rows=[row[:4] for row in found],
        tree=[(pk, kind, parent) for pk, _, kind, _, parent in found],
        parents={pk: parent for pk, _, _, _, parent in found},
    )
    while len(_kept) >= KEPT:
        _kept.pop(next(iter(_kept)), None)
    _kept[conflict.pk] = (version, made)
    return made
