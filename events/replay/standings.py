"""Each place's own standing day by day, from its Spans. Days and places are numbers, as in the files."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from events.chronology.standing import standing_at
from events.models import Actor, Conflict, Span

from .days import Bound, Days, Micros

# (state, holds, to, contests, besieges, present, disputed), actors as their positions, sorted
Key = tuple[Any, ...]
NOTHING: Key = ("no_data", (), (), (), (), (), False)
ALWAYS = -(10**18)
ROLES = ("holds", "to", "contests", "besieges", "present")
Steps = list[tuple[int, Key]]


@dataclass(frozen=True, slots=True)
class DaySpan:
    """A Span whose instants are microseconds: what `standing_at` takes, cheaper than datetimes."""

    actor: str | None
    role: str
    valid_from: int
    valid_to: int | None
    doubt_from: int | None
    closing_doubt_from: int | None
    key: int

    @property
    def opens(self) -> int:
        """From when it may matter: a standing that is coming is seen before it is there."""
        if self.role not in ("holds", "unclear"):
            return self.valid_from
        return ALWAYS if self.doubt_from is None else min(self.valid_from, self.doubt_from)


FIELDS = (
    "place_id",
    "actor_id",
    "role",
    "valid_from",
    "valid_to",
    "doubt",
    "closing",
    "change_id",
)


def spans_by_place(
    conflict: Conflict, slugs: dict[int, str], places: Iterable[int] | None = None
) -> Iterator[tuple[int, list[DaySpan]]]:
    """(place's key, what is now said of it), place by place; of `places` alone where they are given."""
    spans = Span.objects.known().filter(place__conflict=conflict)
    if places is not None:
        spans = spans.filter(place__in=list(places))
    rows = spans.annotate(
        valid_from=Bound("valid", function="lower"),
        valid_to=Bound("valid", function="upper"),
        doubt=Micros("doubt_from"),
        closing=Micros("closing_doubt_from"),
    ).order_by("place_id")
    listed = rows.values_list(*FIELDS).iterator(20_000)
    for place, group in groupby(listed, key=lambda row: row[0]):
        yield place, [span_of(row[1:], slugs) for row in group]


def span_of(row: Sequence[Any], slugs: dict[int, str]) -> DaySpan:
    """`row`: FIELDS after the first."""
    actor, role, valid_from, *rest = row
    who = None if actor is None else slugs[actor]
    return DaySpan(who, role, ALWAYS if valid_from is None else valid_from, *rest)


def steps_of(spans: list[DaySpan], days: Days, number: dict[str, int]) -> Steps:
    """[(day, standing)] where it differs from the day before's; before the first day it is NOTHING.

    What `chronology.standing.steps` says, held to the days there are. `number`: actor's slug -> position.
    """
    candidates = {0}
    for span in spans:
        candidates.add(days.on_map(span.valid_from))
        if span.valid_to is not None:
            candidates.add(days.on_map(span.valid_to))
        for doubt in (span.doubt_from, span.closing_doubt_from):
            if doubt is not None:
                candidates.add(days.after(doubt))
    waiting = sorted(spans, key=lambda span: span.opens, reverse=True)
    active: list[DaySpan] = []
    found: Steps = []
    last = NOTHING
    for day in sorted(candidates):
        if day >= days.count:
            break
        close = days.closes[day]
        while waiting and waiting[-1].opens <= close:
            active.append(waiting.pop())
        active = [span for span in active if span.valid_to is None or span.valid_to > close]
        key = key_of(active, close, number)
        if key != last:
            found.append((day, key))
            last = key
    return found


def key_of(spans: list[DaySpan], close: int, number: dict[str, int]) -> Key:
    if len(spans) == 1:
        span = spans[0]
        # by far the most: one holder, and no doubt about it
        if span.role == "holds" and span.valid_from <= close and span.closing_doubt_from is None:
            return ("held", (number[span.actor or ""],), (), (), (), (), False)
    s = standing_at(spans, close)  # type: ignore[arg-type]
    roles = (s.holds, s.to, s.contests, s.besieges, s.present)
    return (s.state, *(tuple(sorted(number[a] for a in who)) for who in roles), s.disputed)


def slugs_of(actors: Iterable[Actor]) -> dict[int, str]:
    return {actor.pk: actor.slug for actor in actors}


class Table:
    """Distinct standings, numbered as they come; entry 0 is "no data"."""

    def __init__(self) -> None:
        self.index: dict[Key, int] = {NOTHING: 0}

    def of(self, key: Key) -> int:
        return self.index.setdefault(key, len(self.index))

    def rows(self) -> list[list[Any]]:
        """As files have it: [state, holds, to, contests, besieges, present, 0 or 1]."""
        return [[*map(_plain, key[:-1]), int(key[-1])] for key in self.index]

    @staticmethod
    def keys(rows: Iterable[list[Any]]) -> list[Key]:
        """`rows` back again."""
        return [(row[0], *map(tuple, row[1:6]), bool(row[6])) for row in rows]


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value
