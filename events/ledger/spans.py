"""Stored Spans against folded ones: close what is no longer said, open what is said now."""

from collections.abc import Iterable
from datetime import datetime

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import F, Func, Value
from django.db.models.fields import DateTimeField

from events.chronology.fold import FoldSpan
from events.models import Span

Key = tuple[object, ...]
BATCH = 2_000


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


def key_of_row(span: Span) -> Key:
    return (
        span.actor_id,
        span.role,
        span.valid.lower,
        span.valid.upper,
        span.doubt_from,
        span.closing_doubt_from,
        span.change_id,
        span.closed_by_id,
    )


def current(places: Iterable[int]) -> dict[int, dict[Key, Span]]:
    """What is said now: place -> key -> Span."""
    found: dict[int, dict[Key, Span]] = {}
    for span in Span.objects.filter(place__in=list(places), known__endswith__isnull=True):
        found.setdefault(span.place_id, {})[key_of_row(span)] = span
    return found


def new_span(place: int, span: FoldSpan, at: datetime) -> Span:
    return Span(
        place_id=place,
        actor_id=span.actor,
        role=span.role,
        valid=DateTimeTZRange(span.valid_from, span.valid_to, "[)"),
        known=DateTimeTZRange(at, None, "[)"),
        doubt_from=span.doubt_from,
        closing_doubt_from=span.closing_doubt_from,
        change_id=span.key,
        closed_by_id=span.closed_by,
    )


def replace(folded: dict[int, list[FoldSpan]], at: datetime) -> tuple[int, int]:
    """Bring the Spans of these places to what was folded, from the known instant `at` on.

    Returns how many were closed and opened. Must run inside the transaction that holds the places' locks,
    with `at` after the lower bound of every current known range of theirs.
    """
    stored = current(folded)
    gone: list[int] = []
    fresh: list[Span] = []
    for place, spans in folded.items():
        wanted = {key_of_fold(span): span for span in spans}
        have = stored.get(place, {})
        gone += [row.pk for key, row in have.items() if key not in wanted]
        fresh += [new_span(place, span, at) for key, span in wanted.items() if key not in have]
    if gone:
        closed = Func(
            Func(F("known"), function="lower", output_field=DateTimeField()),
            Value(at, output_field=DateTimeField()),
            function="tstzrange",
        )
        Span.objects.filter(pk__in=gone).update(known=closed)
    Span.objects.bulk_create(fresh, batch_size=BATCH)
    return len(gone), len(fresh)
