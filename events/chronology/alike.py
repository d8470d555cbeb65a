"""Standings of very many places at one instant: most of them stand alike, so each likeness is worked out once.

The rules are those of `standing_at`, which is asked once for each likeness.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from .standing import Standing, standing_at
from .tree import Part

# The phase of a span at the instant: in force; in force and perhaps over already; not begun, but perhaps.
IN_FORCE, LEAVING, COMING = 0, 1, 2
# (role, phase, actor, since, key): one span that matters at the instant. `since`: any form that sorts by time.
Row = tuple[str, int, Any, Any, int]
# The same after the key of its place.
PlaceRow = tuple[Any, str, int, Any, Any, int]
# Likenesses are the same at every instant; one is as good as another to ask for them.
SOME, TICK = datetime(2000, 1, 1, tzinfo=UTC), timedelta(microseconds=1)
MOST = 50_000


@dataclass(frozen=True, slots=True)
class _Span:
    actor: Any
    role: str
    valid_from: datetime
    valid_to: datetime | None
    doubt_from: datetime | None
    closing_doubt_from: datetime | None
    key: int


class Alike:
    """Parts of places, at whichever instants: what was worked out for one serves the next, in any thread.

    `time_of` turns a row's `since` into an instant, and `slugs` its actor into a slug: both are seldom needed.
    """

    def __init__(self, time_of: Callable[[Any], datetime], slugs: Mapping[Any, Any]) -> None:
        self.time_of, self.slugs = time_of, slugs
        # likeness -> the standing, and the numbers of the rows of which the last begun decides its since and key
        self.known: dict[Any, tuple[Standing, tuple[int, ...]]] = {}
        self.shared: dict[tuple[Any, ...], Standing] = {}

    def parts(self, instant: datetime, rows: Iterable[PlaceRow]) -> dict[Any, Part]:
        """The part of each place, by its key. Rows may come in any order; most places have one."""
        if len(self.known) > MOST:
            self.known, self.shared = {}, {}
        rows = list(rows)
        # most places have one row; those that have several are few enough to be gone through
        last = {row[0]: row for row in rows}
        several: dict[Any, list[Row]] = {}
        for row in [row for row in rows if last.get(row[0]) is not row]:
            place = row[0]
            if place not in several:
                several[place] = [last.pop(place)[1:]]
            several[place].append(row[1:])
        # by likeness: the standing, and whether it has a since and a key
        alone: dict[Any, tuple[Standing, bool]] = {}
        found: dict[Any, Part] = {}
        for place, row in last.items():
            likeness = row[1:4]
            shared = alone.get(likeness)
            if shared is None:
                part = found[place] = self.part(instant, [row[1:]])
                alone[likeness] = part[0], part[2] is not None
            elif shared[1]:
                found[place] = shared[0], row[4], row[5]
            else:
                found[place] = shared[0], None, None
        for place, more in several.items():
            found[place] = self.part(instant, more)
        return found

    def part(self, instant: datetime, rows: list[Row]) -> Part:
        """The standing of one place by its rows, without its `since` and `key`, which stand beside it.

        Places that stand alike get the same object.
        """
        if len(rows) > 1:
            rows.sort(key=_likeness)
        likeness = tuple([row[:3] for row in rows])
        found = self.known.get(likeness)
        if found is None:
            if not _plain(rows):
                return self._of_its_own(instant, rows)
            found = self.known[likeness] = self._likeness(rows)
        standing, decide = found
        if not decide:
            return standing, None, None
        since, key = rows[decide[0]][3:]
        for at in decide[1:]:
            since, key = max((since, key), rows[at][3:])
        return standing, since, key

    def _likeness(self, rows: list[Row]) -> tuple[Standing, tuple[int, ...]]:
        spans = [
            self._span(SOME, row, SOME + (TICK if row[1] == COMING else -TICK), number)
            for number, row in enumerate(rows)
        ]
        standing = standing_at(spans, SOME)
        if standing.key is None:
            return self._share(standing), ()
        role = rows[standing.key][0]
        decide = [at for at, row in enumerate(rows) if row[0] == role and row[1] != COMING]
        return self._share(standing), tuple(decide)

    def _of_its_own(self, instant: datetime, rows: list[Row]) -> Part:
        """Where several spans are to come, it matters which begins first."""
        times = {row[3]: self.time_of(row[3]) for row in rows}
        standing = standing_at([self._span(instant, r, times[r[3]], r[4]) for r in rows], instant)
        since = next((text for text, time in times.items() if time == standing.since), None)
        return self._share(standing), since, standing.key

    def _span(self, instant: datetime, row: Row, since: datetime, key: int) -> _Span:
        role, phase, actor, _since, _key = row
        before = instant - TICK
        return _Span(
            self.slugs[actor], role, since, None, before, before if phase == LEAVING else None, key
        )

    def _share(self, standing: Standing) -> Standing:
        return self.shared.setdefault(standing.shown, replace(standing, since=None, key=None))


def _likeness(row: Row) -> tuple[str, int, str]:
    return row[0], row[1], str(row[2])


def _plain(rows: Iterable[Row]) -> bool:
    """Whether the order in which its spans begin does not alter the standing."""
    return sum(row[1] == COMING for row in rows) < 2
