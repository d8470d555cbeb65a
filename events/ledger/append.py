"""The rows of Changes, their places and citations, as they are stored."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import connection

from events.models import Change, ChangePlace, Citation

from .copying import Send, copy_in, now
from .new import NewChange, bounds
from .supersede import entry_of

NUMBERS = (
    "SELECT nextval(pg_get_serial_sequence('events_change', 'id')) FROM generate_series(1, %s)"
)
NAMED = ("change_id", "place_id", "ordinal")
CITED = ("change_id", "report_id", "stance", "note")


def take_keys(number: int, cursor: Any) -> list[int]:
    """Keys of Changes to be, in order. `cursor` is the driver's or Django's."""
    cursor.execute(NUMBERS, [number])
    return sorted(row[0] for row in cursor.fetchall())


def append(
    news: Sequence[NewChange],
    *,
    by: Any,
    at: datetime,
    send: Send = now,
    keys: Sequence[int] | None = None,
) -> list[dict[str, Any]]:
    """Write Change, ChangePlace and Citation rows of what was validated; no Spans yet. `send` as of `copy_in`.
    `keys`: as many at least, where they were taken already.

    Returns the columns of each Change. Raises Refused where a date cannot be at the instant `at`.
    """
    if keys is None or len(keys) < len(news):
        with connection.cursor() as cursor:
            keys = take_keys(len(news), cursor)
    numbers = keys[: len(news)]
    rows = [_columns(pk, new, by, at) for pk, new in zip(numbers, news, strict=True)]
    if rows:
        copy_in(Change, list(rows[0]), (row.values() for row in rows), send)
    copy_in(
        ChangePlace,
        NAMED,
        (
            (pk, place, ordinal)
            for pk, new in zip(numbers, news, strict=True)
            for ordinal, place in enumerate(dict.fromkeys([place.id for place in new.places]))
        ),
        send,
    )
    copy_in(
        Citation,
        CITED,
        (
            (pk, cited.report.id, cited.stance, cited.note)
            for pk, new in zip(numbers, news, strict=True)
            for cited in new.citations
        ),
        send,
    )
    return rows


def _columns(pk: int, new: NewChange, by: Any, at: datetime) -> dict[str, Any]:
    date, earliest, latest = bounds(new, at)
    return {
        "id": pk,
        "public_id": new.public_id or str(pk),
        "conflict_id": new.conflict.id,
        "kind": new.kind,
        "actor_id": new.actor and new.actor.id,
        "verb": new.verb,
        "other_actor_id": new.other_actor and new.other_actor.id,
        "place_count": new.place_count,
        "date": date.text,
        "earliest": earliest,
        "latest": latest,
        "day_order": new.day_order,
        "headline": new.headline,
        "note": new.note,
        "ruling": new.ruling,
        "ruling_reason": new.ruling_reason,
        "supersedes_id": new.supersedes and new.supersedes.pk,
        "reason": new.reason.strip(),
        "entry": entry_of(new.supersedes) if new.supersedes else None,
        "overrides": new.overrides,
        "recorded_at": at,
        "published_by_id": by and by.pk,
        "idempotency_key": new.idempotency_key,
    }
