"""The files of standings: each place's own standing day by day, in columns, period by period; and the last."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from .columns import pack, unpack
from .periods import periods
from .standings import Key, Steps, Table

# Rows to a file: a publication codes and compresses one such file anew, in some tenths of a second.
LIMIT = 20_000
NOBODY = -1

Row = tuple[int, int, Key]
Counts = Counter[tuple[int, int]]


def rows_of(standings: dict[int, Steps]) -> list[Row]:
    """(day, place, standing) sorted by day, then place."""
    rows = [(day, at, key) for at, steps in standings.items() for day, key in steps]
    rows.sort(key=lambda row: row[:2])
    return rows


def now_file(standings: dict[int, Steps], places: int) -> bytes:
    """Every place's own standing on the last day: enough for the first map."""
    table = Table()
    last = [table.of(standings[at][-1][1]) if standings.get(at) else 0 for at in range(places)]
    return pack({"kind": "now", "standings": table.rows()}, [("standing", _coding(table), last)])


def timeline_files(
    rows: list[Row], changes: Counts, start: date, days: int
) -> Iterator[tuple[str, int, int, bytes]]:
    """(name of the period, first day, day after its last, file), in the order of time.

    `changes`: how many (day, position of the actor who gained, or NOBODY). Most are told by the rows; what
    is not is stored as the difference, so that the histogram is exact and costs next to nothing.
    """
    counts = [0] * days
    for day, _, _ in rows:
        counts[day] += 1
    for day, _ in changes:
        counts[day] = max(counts[day], 1)
    by_day: dict[int, list[Row]] = {}
    for row in rows:
        by_day.setdefault(row[0], []).append(row)
    changed: dict[int, list[tuple[int, int]]] = {}
    for (day, actor), times in sorted(changes.items()):
        changed.setdefault(day, []).append((actor, times))
    for first, end, name in periods(counts, start, LIMIT):
        yield name, first, end, _period_file(first, end, by_day, changed)


def _period_file(
    first: int,
    end: int,
    by_day: dict[int, list[Row]],
    changed: dict[int, list[tuple[int, int]]],
) -> bytes:
    table = Table()
    gaps, lengths, places, standings = [], [], [], []
    rest_gaps, rest_actors, rest_times = [], [], []
    last = rest_last = first
    for day in range(first, end):
        rows = by_day.get(day, [])
        if rows:
            gaps.append(day - last)
            lengths.append(len(rows) - 1)
            last, before = day, -1
            for _, place, key in rows:
                places.append(place - before - 1)
                standings.append(table.of(key))
                before = place
        told = Counter(actor for _, _, key in rows if (actor := gaining(key)) is not None)
        wanted = dict(changed.get(day, []))
        for actor in sorted(told.keys() | wanted.keys()):
            times = wanted.get(actor, 0) - told[actor]
            if times:
                rest_gaps.append(day - rest_last)
                rest_actors.append(actor + 1)
                rest_times.append(times)
                rest_last = day
    head = {"kind": "timeline", "from": first, "standings": table.rows()}
    columns = [
        ("gap", "u", gaps),
        ("more", "u", lengths),
        ("place", "u", places),
        ("standing", _coding(table), standings),
        ("rest_gap", "u", rest_gaps),
        ("rest_actor", "u", rest_actors),
        ("rest_times", "z", rest_times),
    ]
    return pack(head, columns)


def gaining(key: Key) -> int | None:
    """Who, by a new standing, is likely to have gained: the reader's code guesses alike."""
    return key[1][0] if key[0] == "held" else None


def read_rows(files: Iterable[bytes]) -> dict[int, Steps]:
    """The standings of timeline files, by place: what the next build need not compute anew."""
    found: dict[int, Steps] = {}
    for data in files:
        head, columns = unpack(data)
        keys = Table.keys(head["standings"])
        places, standings = iter(columns["place"]), iter(columns["standing"])
        day = head["from"]
        for gap, more in zip(columns["gap"], columns["more"], strict=True):
            day += gap
            at = -1
            for _ in range(more + 1):
                at += next(places) + 1
                found.setdefault(at, []).append((day, keys[next(standings)]))
    return found


def _coding(table: Table) -> str:
    return "b" if len(table.index) < 256 else "u"
