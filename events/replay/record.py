"""The files of standings: now, the timeline, and what was known of it; after a publication, those it touches."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from events.models import Actor, Change, Conflict

from . import files
from .days import Days, micros
from .known import Past, Published, known_file, published, read_period
from .places import Known
from .standings import History, Key, history_of, spans_by_place
from .timeline import Row, cut, now_file, read_now, timeline_file

# Name of the period, its first day, the day after its last, and the file.
Entry = list[Any]


@dataclass
class Made:
    """`now`: a file; `timeline`, `known`: entries; `weights`: by day, what the cut into periods went by;
    `changes`: by day, how many."""

    now: str
    timeline: list[Entry]
    known: list[Entry]
    weights: list[int]
    changes: list[int]


@dataclass
class Window:
    """What lies in some days: rows, rows no longer said, and changes that ever stood."""

    rows: dict[int, list[Row]] = field(default_factory=lambda: defaultdict(list))
    past: dict[int, list[Past]] = field(default_factory=lambda: defaultdict(list))
    ever: dict[int, list[Published]] = field(default_factory=lambda: defaultdict(list))

    def weight(self, day: int) -> int:
        also = day in self.past or day in self.ever
        return len(self.rows.get(day, ())) + int(also)

    def changes(self, day: int) -> int:
        return sum(one.until is None for one in self.ever.get(day, ()))


class Record:
    """Makes the files of one conflict's standings."""

    def __init__(
        self, conflict: Conflict, days: Days, places: Sequence[Known], actors: Sequence[Actor]
    ) -> None:
        self.conflict, self.days, self.places = conflict, days, places
        self.slug = conflict.slug
        self.index = {place.pk: at for at, place in enumerate(places)}
        self.actors = actors
        self.actor_number = {actor.pk: at for at, actor in enumerate(actors)}

    def afresh(self) -> Made:
        histories = self._histories(None)
        found = Window()
        self._add(found, histories, 0, self.days.count)
        for one in published(self.conflict, self.days, self.actor_number):
            found.ever[one.day].append(one)
        every = range(self.days.count)
        weights = [found.weight(day) for day in every]
        last = [h.now[-1][1] if (h := histories.get(at)) and h.now else None for at in self._all]
        entries = [
            self._write(name, first, end, found)
            for name, first, end in cut(weights, self.days.start)
        ]
        return Made(
            files.put(self.slug, "now", now_file(last)),
            [timeline for timeline, _ in entries],
            [known for _, known in entries],
            weights,
            [found.changes(day) for day in every],
        )

    def after(
        self, last: Made, fresh: Sequence[int], since: datetime | None, touched: Sequence[int]
    ) -> Made:
        """What was published at `since` or later alters. `fresh`: keys of those Changes, and of those that they
        supersede; `touched`: of all places they may reach.

        Raises FileNotFoundError where a file of the last build has gone.
        """
        histories = self._histories(touched)
        days = self._touched_days(histories, since) | self._days_of(fresh)
        grown = _Grown(self, last, histories)
        old = [entry for entry in last.timeline if any(entry[1] <= d < entry[2] for d in days)]
        ranges = [(first, end) for _, first, end, _ in old]
        ranges += [(d, d + 1) for d in days if not any(a <= d < b for a, b in ranges)]
        weights, changes = _longer(last.weights, self.days), _longer(last.changes, self.days)
        for first, end in ranges:
            found = grown.load(first, end)
            for day in range(first, min(end, self.days.count)):
                weights[day], changes[day] = found.weight(day), found.changes(day)
        kept = {(t[0], t[1]): (t, k) for t, k in zip(last.timeline, last.known, strict=True)}
        timeline, known = [], []
        for name, first, end in cut(weights, self.days.start):
            if (name, first) in kept and not any(first <= day < end for day in days):
                told, once = kept[name, first]
                told, once = [name, first, end, told[3]], [name, first, end, once[3]]
            else:
                told, once = self._write(name, first, end, grown.load(first, end))
            timeline.append(told)
            known.append(once)
        standings: list[Key | None] = list(read_now(files.get(last.now)))
        for at, history in histories.items():
            standings[at] = history.now[-1][1] if history.now else None
        now = files.put(self.slug, "now", now_file(standings))
        return Made(now, timeline, known, weights, changes)

    @property
    def _all(self) -> range:
        return range(len(self.places))

    def _histories(self, places: Sequence[int] | None) -> dict[int, History]:
        """By position, of the places with these keys; None: of all."""
        number = {actor.slug: at for at, actor in enumerate(self.actors)}
        slugs = {actor.pk: actor.slug for actor in self.actors}
        found = {} if places is None else {self.index[place]: History() for place in places}
        for place, spans in spans_by_place(self.conflict, slugs, places):
            found[self.index[place]] = history_of(spans, self.days, number)
        return found

    def _touched_days(self, histories: dict[int, History], since: datetime | None) -> set[int]:
        if since is None:
            return set()
        first = micros(since)
        days = set()
        for history in histories.values():
            days |= {day for day, _, said in history.now if said >= first}
            days |= {day for day, _, _, until in history.past if until >= first}
        return days

    def _days_of(self, changes: Sequence[int]) -> set[int]:
        latest = Change.objects.filter(pk__in=changes).values_list("latest", flat=True)
        days = {self.days.on_map(micros(instant)) for instant in latest}
        return {day for day in days if day < self.days.count}

    def _add(self, to: Window, histories: dict[int, History], first: int, end: int) -> None:
        """Rows of these places, in the days [first, end)."""
        for at in sorted(histories):
            for day, key, since in histories[at].now:
                if first <= day < end:
                    to.rows[day].append((day, at, key, since))
            for day, key, since, until in histories[at].past:
                if first <= day < end:
                    to.past[day].append((day, at, key, since, until))

    def _write(self, name: str, first: int, end: int, found: Window) -> tuple[Entry, Entry]:
        days = range(first, end)
        rows = {day: sorted(found.rows[day], key=_place) for day in days if day in found.rows}
        past = [row for day in days if day in found.past for row in sorted(found.past[day])]
        ever = [one for day in days if day in found.ever for one in found.ever[day]]
        changes = Counter((one.day, one.actor) for one in ever if one.until is None)
        told = timeline_file(first, end, rows, changes)
        once = known_file(first, [row for day in rows for row in rows[day]], past, ever)
        return (
            [name, first, end, files.put(self.slug, f"timeline-{name}", told)],
            [name, first, end, files.put(self.slug, f"known-{name}", once)],
        )


class _Grown:
    """The days of the last build with what is new in them, read as they are asked for."""

    def __init__(self, record: Record, last: Made, histories: dict[int, History]) -> None:
        self.record, self.last, self.histories = record, last, histories
        self.found: dict[tuple[int, int], Window] = {}

    def load(self, first: int, end: int) -> Window:
        if (first, end) in self.found:
            return self.found[first, end]
        found = Window()
        pairs = zip(self.last.timeline, self.last.known, strict=True)
        for (_, begin, stop, told), (*_, once) in pairs:
            if begin >= end or stop <= first:
                continue
            rows, past = read_period(files.get(told), files.get(once))
            for row in rows:
                if row[1] not in self.histories and first <= row[0] < end:
                    found.rows[row[0]].append(row)
            for gone in past:
                if gone[1] not in self.histories and first <= gone[0] < end:
                    found.past[gone[0]].append(gone)
        record = self.record
        record._add(found, self.histories, first, end)
        for one in published(record.conflict, record.days, record.actor_number, (first, end)):
            found.ever[one.day].append(one)
        self.found[first, end] = found
        return found


def _place(row: Row) -> int:
    return row[1]


def _longer(counts: list[int], days: Days) -> list[int]:
    return (counts + [0] * days.count)[: days.count]
