"""Each place's own standing day by day, as now said and as once said, from its Spans.

Days and places are numbers, as in the files; instants are microseconds.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from events.chronology.standing import standing_at
from events.models import Conflict, Span

from .days import Bound, Days, Micros

# (state, holds, to, contests, besieges, present, disputed), actors as their positions, sorted
Key = tuple[Any, ...]
NOTHING: Key = ("no_data", (), (), (), (), (), False)
ALWAYS = -(10**18)
ROLES = ("holds", "to", "contests", "besieges", "present")
Steps = list[tuple[int, Key]]


@dataclass(slots=True)
class History:
    """`now`: (day, standing, said since); `past`: (day, standing, said from, until), no longer said."""

    now: list[tuple[int, Key, int]] = field(default_factory=list)
    past: list[tuple[int, Key, int, int]] = field(default_factory=list)


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
    known_from: int = ALWAYS
    known_to: int | None = None

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
    "known_from",
    "known_to",
)


def spans_by_place(
    conflict: Conflict, slugs: dict[int, str], places: Iterable[int] | None = None
) -> Iterator[tuple[int, list[DaySpan]]]:
    """(place's key, all that is or was said of it), place by place; of `places` alone where given."""
    spans = Span.objects.filter(place__conflict=conflict)
    if places is not None:
        spans = spans.filter(place__in=list(places))
    rows = spans.annotate(
        valid_from=Bound("valid", function="lower"),
        valid_to=Bound("valid", function="upper"),
        doubt=Micros("doubt_from"),
        closing=Micros("closing_doubt_from"),
        known_from=Bound("known", function="lower"),
        known_to=Bound("known", function="upper"),
    ).order_by("place_id")
    listed = rows.values_list(*FIELDS).iterator(20_000)
    for place, group in groupby(listed, key=lambda row: row[0]):
        yield place, [span_of(row[1:], slugs) for row in group]


def span_of(row: Sequence[Any], slugs: dict[int, str]) -> DaySpan:
    """`row`: FIELDS after the first."""
    actor, role, valid_from, *rest = row
    who = None if actor is None else slugs[actor]
    return DaySpan(who, role, ALWAYS if valid_from is None else valid_from, *rest)


def history_of(spans: list[DaySpan], days: Days, number: dict[str, int]) -> History:
    """What is said of a place, and what was said of it before each publication that altered that."""
    by_instant: dict[int, list[DaySpan]] = {}
    for span in spans:
        by_instant.setdefault(span.known_from, []).append(span)
        if span.known_to is not None:
            by_instant.setdefault(span.known_to, []).append(span)
    found = History()
    said: list[tuple[int, Key, int]] = []
    current: list[DaySpan] = []
    for instant in sorted(by_instant):
        altered = by_instant[instant]
        current = [span for span in current if span.known_to != instant]
        current += [span for span in altered if span.known_from == instant]
        # days before the first that this publication touches are as they were
        first = min(_first_day(span, days) for span in altered)
        kept = [row for row in said if row[0] < first]
        before = kept[-1][1] if kept else NOTHING
        since = {(day, key): at for day, key, at in said[len(kept) :]}
        fresh = [
            (day, key, since.pop((day, key), instant))
            for day, key in steps_of(current, days, number, first, before)
        ]
        found.past += [(day, key, at, instant) for (day, key), at in since.items()]
        said = kept + fresh
    found.now = said
    found.past.sort(key=lambda row: (row[0], row[2]))
    return found


def _first_day(span: DaySpan, days: Days) -> int:
    """The first day on whose map the span may show."""
    if span.opens == ALWAYS:
        return 0
    return min(days.on_map(span.valid_from), days.after(span.opens))


def steps_of(
    spans: list[DaySpan],
    days: Days,
    number: dict[str, int],
    first: int = 0,
    before: Key = NOTHING,
) -> Steps:
    """[(day, standing)] from the day `first` on where it differs from the day before's, at first `before`.

    What `chronology.standing.steps` says, held to the days there are. `number`: actor's slug -> position.
    """
    candidates = {first}
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
    last = before
    for day in sorted(candidates):
        if day < first:
            continue
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
        leaving = span.closing_doubt_from is not None and span.closing_doubt_from < close
        if span.role == "holds" and span.valid_from <= close and not leaving:
            return ("held", (number[span.actor or ""],), (), (), (), (), False)
    s = standing_at(spans, close)  # type: ignore[arg-type]
    roles = (s.holds, s.to, s.contests, s.besieges, s.present)
    return (s.state, *(tuple(sorted(number[a] for a in who)) for who in roles), s.disputed)


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
