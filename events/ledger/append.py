"""The rows of Changes, their places and citations, as they are stored."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import connection

from events.models import Change, ChangePlace, Citation, Conflict

from .copying import Send, copy_columns, copy_in, now
from .new import NewChange, bounds
from .supersede import entry_of

NUMBERS = (
    "SELECT nextval(pg_get_serial_sequence('events_change', 'id')) FROM generate_series(1, %s)"
)
NAMED = ("change_id", "place_id", "ordinal")
CITED = ("change_id", "report_id", "stance", "note")
# Name -> a value for each Change.
Columns = dict[str, Sequence[Any]]


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
) -> Columns:
    """Write Change, ChangePlace and Citation rows of what was validated; no Spans yet. `send` as of `copy_in`.
    `keys`: as many at least, where they were taken already.

    Returns the Changes as they are stored. Raises Refused where a date cannot be at the instant `at`.
    """
    if keys is None or len(keys) < len(news):
        with connection.cursor() as cursor:
            keys = take_keys(len(news), cursor)
    numbers = keys[: len(news)]
    columns = _columns(numbers, news, by, at)
    copy_columns(Change, columns, send)
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
    return columns


def _columns(keys: Sequence[int], news: Sequence[NewChange], by: Any, at: datetime) -> Columns:
    dates = [bounds(new, at) for new in news]
    many = len(news)
    return {
        "id": keys,
        "public_id": _ids(keys, news),
        "conflict_id": [new.conflict.id for new in news],
        "kind": [new.kind for new in news],
        "actor_id": [new.actor and new.actor.id for new in news],
        "verb": [new.verb for new in news],
        "other_actor_id": [new.other_actor and new.other_actor.id for new in news],
        "place_count": [new.place_count for new in news],
        "date": [date.text for date, _earliest, _latest in dates],
        "earliest": [earliest for _date, earliest, _latest in dates],
        "latest": [latest for _date, _earliest, latest in dates],
        "day_order": [new.day_order for new in news],
        "headline": [new.headline for new in news],
        "note": [new.note for new in news],
        "ruling": [new.ruling for new in news],
        "ruling_reason": [new.ruling_reason for new in news],
        "supersedes_id": [new.supersedes and new.supersedes.pk for new in news],
        "reason": [new.reason.strip() for new in news],
        "entry": [entry_of(new.supersedes) if new.supersedes else None for new in news],
        "overrides": [new.overrides for new in news],
        "recorded_at": [at] * many,
        "published_by_id": [by and by.pk] * many,
        "idempotency_key": [new.idempotency_key for new in news],
    }


def _ids(keys: Sequence[int], news: Sequence[NewChange]) -> list[str]:
    """What each is called in public: the id it brings, or its key; with a number after it where a file brought in
    just that as another's id, from a record whose keys were no further than ours are now.
    """
    own = {str(key): new for key, new in zip(keys, news, strict=True) if not new.public_id}
    taken: set[str] = set()
    if own:
        taken = {new.public_id for new in news if new.public_id} | _stored(news[0].conflict, own)
    found = []
    for key, new in zip(keys, news, strict=True):
        name, number = new.public_id or str(key), 1
        while not new.public_id and name in taken:
            number += 1
            name = f"{key}-{number}"
            taken |= _stored(new.conflict, [name])
        found.append(name)
    return found


def _stored(conflict: Conflict, names: Iterable[str]) -> set[str]:
    rows = Change.objects.filter(conflict=conflict, public_id__in=list(names))
    return set(rows.values_list("public_id", flat=True))
