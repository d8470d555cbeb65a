"""The files of what was once said: how the timeline of an earlier moment of knowledge differs from today's.

For each period of the timeline one file: since when each of its rows is said, the rows that were said once and
no longer are, and when each change was published and superseded. Loaded when a reader asks for such a moment.
"""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Case, F, Q, When

from events.models import Change, Conflict

from .columns import pack, unpack
from .days import Days, Micros, deltas, instant
from .standings import Key, Table
from .timeline import NOBODY, Row, coding

Past = tuple[int, int, Key, int, int]


@dataclass(frozen=True, slots=True)
class Published:
    """A change: its day, who gained (position or NOBODY), and from when until when it was in the record."""

    day: int
    actor: int
    since: int
    until: int | None


def published(
    conflict: Conflict, days: Days, number: dict[int, int], among: tuple[int, int] | None = None
) -> list[Published]:
    """All changes that ever stood, sorted by day, or those of the days [first, end) `among` them.

    `number`: key of an actor -> position.
    """
    gives = Q(verb__in=("withdrew", "handed_over"), other_actor__isnull=False)
    rows = (
        Change.objects.filter(conflict=conflict)
        .exclude(kind=Change.Kind.RETRACTION)
        .annotate(
            when=Micros("latest"),
            gained=Case(When(gives, then=F("other_actor_id")), default=F("actor_id")),
            since=Micros("recorded_at"),
            until=Micros("superseded_by__recorded_at"),
        )
    )
    if among:
        first, end = among
        rows = rows.filter(latest__lte=instant(days.closes[min(end, days.count) - 1]))
        if first > 0:
            rows = rows.filter(latest__gt=instant(days.closes[first - 1]))
    found = [
        Published(days.on_map(when), number.get(gained, NOBODY), since, until)
        for when, gained, since, until in rows.order_by("latest", "day_order", "pk")
        .values_list("when", "gained", "since", "until")
        .iterator(20_000)
    ]
    return [one for one in found if one.day < days.count]


def known_file(
    first: int, rows: Iterable[Row], past: list[Past], changes: Iterable[Published]
) -> bytes:
    """One period, its rows and changes in the order of the timeline's file."""
    listed, counted = list(rows), list(changes)
    instants = sorted(
        {since for *_, since in listed}
        | {at for *_, since, until in past for at in (since, until)}
        | {at for one in counted for at in (one.since, one.until) if at is not None}
    )
    table = Table()
    keys = [table.of(key) for _, _, key, _, _ in past]

    def at(moment: int) -> int:
        return bisect_left(instants, moment)

    columns = [
        ("instant", "z", deltas(instants)),
        ("row_since", "z", deltas(at(since) for *_, since in listed)),
        ("past_gap", "z", deltas(day - first for day, *_ in past)),
        ("past_place", "u", [place for _, place, *_ in past]),
        ("past_standing", coding(table), keys),
        ("past_since", "u", [at(since) for *_, since, _ in past]),
        ("past_until", "u", [at(until) for *_, until in past]),
        ("change_gap", "u", deltas(one.day - first for one in counted)),
        ("change_actor", "u", [one.actor + 1 for one in counted]),
        ("change_since", "z", deltas(at(one.since) for one in counted)),
        ("change_until", "u", [0 if one.until is None else at(one.until) + 1 for one in counted]),
    ]
    return pack({"kind": "known", "from": first, "standings": table.rows()}, columns)


def read_period(timeline: bytes, known: bytes) -> tuple[list[Row], list[Past]]:
    """The rows of one period, and those no longer said: what the next build need not compute anew."""
    head, columns = unpack(timeline)
    about, more = unpack(known)
    instants = summed(more["instant"])
    since = iter(summed(more["row_since"]))
    keys, past_keys = Table.keys(head["standings"]), Table.keys(about["standings"])
    places, standings = iter(columns["place"]), iter(columns["standing"])
    rows: list[Row] = []
    day = head["from"]
    for gap, length in zip(columns["gap"], columns["more"], strict=True):
        day += gap
        place = -1
        for _ in range(length + 1):
            place += next(places) + 1
            rows.append((day, place, keys[next(standings)], instants[next(since)]))
    listed = zip(
        summed(more["past_gap"]),
        *(more[f"past_{name}"] for name in ("place", "standing", "since", "until")),
        strict=True,
    )
    past = [
        (about["from"] + gap, place, past_keys[standing], instants[start], instants[end])
        for gap, place, standing, start, end in listed
    ]
    return rows, past


def summed(values: Iterable[int]) -> list[int]:
    total, found = 0, []
    for value in values:
        total += value
        found.append(total)
    return found
