"""Standings of very many places at one instant: most of them stand alike, so each likeness is worked out once.

The rules are those of `standing_at`, which is asked once for each likeness.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from .standing import Standing, standing_at
from .tree import Part
from .verbs import CONTESTS, HOLDS

# The phase of a span at the instant: in force; in force and perhaps over already; not begun, but perhaps.
IN_FORCE, LEAVING, COMING = 0, 1, 2
# (role, phase, actor, since, key): one span that matters at the instant. `since`: any form that sorts by time.
Row = tuple[str, int, Any, Any, int]
# The same after the key of its place.
PlaceRow = tuple[Any, str, int, Any, Any, int]
TICK = timedelta(microseconds=1)


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
    """Parts of places at `instant`. `time_of` turns a row's `since` into an instant, and `slugs` its actor into a
    slug: both are seldom needed.
    """

    def __init__(
        self, instant: datetime, time_of: Callable[[Any], datetime], slugs: Mapping[Any, Any]
    ) -> None:
        self.instant, self.time_of, self.slugs = instant, time_of, slugs
        # likeness -> the standing, and the number of the row whose since and key are the standing's
        self.known: dict[Any, tuple[Standing, int | None]] = {}
        self.shared: dict[tuple[Any, ...], Standing] = {}

    def parts(self, rows: Iterable[PlaceRow]) -> dict[Any, Part]:
        """The part of each place, by its key. Rows may come in any order; most places have one."""
        known, single = self.known, {}
        # the likenesses of places with a single row
        alone: dict[Any, tuple[Standing, int | None]] = {}
        several: dict[Any, list[Row]] = {}
        for row in rows:
            place = row[0]
            if place in several:
                several[place].append(row[1:])
            elif place in single:
                several[place] = [single.pop(place)[1:], row[1:]]
            else:
                single[place] = row
        found: dict[Any, Part] = {}
        for place, row in single.items():
            likeness = row[1:4]
            shared = alone.get(likeness)
            if shared is None:
                found[place] = self.part([row[1:]])
                alone[likeness] = known[(likeness,)]
            else:
                standing, decides = shared
                found[place] = (
                    (standing, None, None) if decides is None else (standing, row[4], row[5])
                )
        for place, more in several.items():
            found[place] = self.part(more)
        return found

    def part(self, rows: list[Row]) -> Part:
        """The standing of one place by its rows, without its `since` and `key`, which stand beside it.

        Places that stand alike get the same object.
        """
        if len(rows) > 1:
            rows.sort(key=_likeness)
        likeness = tuple([row[:3] for row in rows])
        found = self.known.get(likeness)
        if found is None:
            if not _plain(rows):
                return self._of_its_own(rows)
            found = self.known[likeness] = self._likeness(rows)
        standing, decides = found
        if decides is None:
            return standing, None, None
        return standing, rows[decides][3], rows[decides][4]

    def _likeness(self, rows: list[Row]) -> tuple[Standing, int | None]:
        spans = [
            self._span(row, self.instant + (TICK if row[1] == COMING else -TICK), number)
            for number, row in enumerate(rows)
        ]
        standing = standing_at(spans, self.instant)
        return self._share(standing), standing.key

    def _of_its_own(self, rows: list[Row]) -> Part:
        """Where several spans of a role meet, it matters which began first."""
        times = {row[3]: self.time_of(row[3]) for row in rows}
        standing = standing_at([self._span(r, times[r[3]], r[4]) for r in rows], self.instant)
        since = next((text for text, time in times.items() if time == standing.since), None)
        return self._share(standing), since, standing.key

    def _span(self, row: Row, since: datetime, key: int) -> _Span:
        role, phase, actor, _since, _key = row
        before = self.instant - TICK
        return _Span(
            self.slugs[actor], role, since, None, before, before if phase == LEAVING else None, key
        )

    def _share(self, standing: Standing) -> Standing:
        return self.shared.setdefault(standing.shown, replace(standing, since=None, key=None))


def _likeness(row: Row) -> tuple[str, int, str]:
    return row[0], row[1], str(row[2])


def _plain(rows: Iterable[Row]) -> bool:
    """Whether no two spans are rivals for what decides the standing."""
    coming = [row for row in rows if row[1] == COMING]
    deciding = [row[0] for row in rows if row[1] != COMING and row[0] in (HOLDS, CONTESTS)]
    return len(coming) < 2 and len(set(deciding)) == len(deciding)
