"""Stored Spans against folded ones: close what is no longer said, open what is said now."""

from collections.abc import Container, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db import connection

from events.chronology.fold import FoldSpan
from events.models import Span

from .copying import Send, copy_in, now

Key = tuple[object, ...]
COLUMNS = (
    *("place_id", "actor_id", "role", "valid", "known", "doubt_from", "closing_doubt_from"),
    *("change_id", "closed_by_id"),
)
# Ranges are read as their bounds: as ranges the driver would parse each one's text.
CURRENT = """
    SELECT place_id, id, actor_id, role, lower(valid), upper(valid), doubt_from, closing_doubt_from,
           change_id, closed_by_id
    FROM events_span WHERE place_id = ANY(%s) AND upper(known) IS NULL
"""
HAVE = "SELECT DISTINCT place_id FROM events_span WHERE place_id = ANY(%s) AND upper(known) IS NULL"
CLOSE = "UPDATE events_span SET known = tstzrange(lower(known), %s) WHERE id = ANY(%s)"


def key_of_fold(span: FoldSpan) -> Key:
    return (
        span.actor,
        span.role,
        span.valid_from,
        span.valid_to,
        span.doubt_from,
        span.closing_doubt_from,
        span.key,
        span.closed_by,
    )


def current(places: Iterable[int]) -> dict[int, dict[Key, int]]:
    """What is said now: place -> key -> the Span's id."""
    found: dict[int, dict[Key, int]] = {}
    with connection.cursor() as cursor:
        cursor.execute(CURRENT, [list(places)])
        for row in cursor.fetchall():
            place = row[0]
            if place in found:
                found[place][row[2:]] = row[1]
            else:
                found[place] = {row[2:]: row[1]}
    return found


def held_by(places: Sequence[int]) -> set[int]:
    """Which of these places have current Spans: asked once before many are folded.

    In a record that is empty yet the planner, batch by batch, would go through all that was just written.
    """
    with connection.cursor() as cursor:
        cursor.execute(HAVE, [list(places)])
        return {place for (place,) in cursor.fetchall()}


def replace(
    folded: dict[int, list[FoldSpan]],
    at: datetime,
    send: Send = now,
    having: Container[int] | None = None,
) -> tuple[int, int]:
    """Bring the Spans of these places to what was folded, from the known instant `at` on.

    Returns how many were closed and opened. Must run inside the transaction that holds the places' locks,
    with `at` after the lower bound of every current known range of theirs. `having`: the places that have Spans
    at all, where that was asked (`held_by`).
    """
    asked = folded if having is None else [place for place in folded if place in having]
    stored = current(asked) if asked else {}
    gone: list[int] = []
    fresh: list[tuple[int, FoldSpan]] = []
    for place, spans in folded.items():
        wanted = {key_of_fold(span): span for span in spans}
        have = stored.get(place, {})
        gone += [pk for key, pk in have.items() if key not in wanted]
        fresh += [(place, span) for key, span in wanted.items() if key not in have]
    if gone:
        with connection.cursor() as cursor:
            cursor.execute(CLOSE, [at, gone])
    copy_in(Span, COLUMNS, _rows(fresh, at), send)
    return len(gone), len(fresh)


def _rows(fresh: Iterable[tuple[int, FoldSpan]], at: datetime) -> Iterator[tuple[Any, ...]]:
    known = f"[{at.isoformat()},)"
    for place, span in fresh:
        upper = span.valid_to.isoformat() if span.valid_to else ""
        yield (
            place,
            span.actor,
            span.role,
            f"[{span.valid_from.isoformat()},{upper})",
            known,
            span.doubt_from,
            span.closing_doubt_from,
            span.key,
            span.closed_by,
        )
