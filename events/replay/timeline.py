"""The files of standings: each place's own standing day by day, in columns, period by period; and the last."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from .columns import pack, unpack
from .periods import periods
from .standings import Key, Table

# Rows to a file: a publication codes and compresses one such file anew, in some tenths of a second.
LIMIT = 20_000
NOBODY = -1

# Day, place, standing, since when it is said.
Row = tuple[int, int, Key, int]
Counts = Counter[tuple[int, int]]


def now_file(standings: Sequence[Key | None]) -> bytes:
    """Every place's own standing on the last day: enough for the first map."""
    table = Table()
    last = [0 if key is None else table.of(key) for key in standings]
    return pack({"kind": "now", "standings": table.rows()}, [("standing", coding(table), last)])


def read_now(data: bytes) -> list[Key]:
    head, columns = unpack(data)
    keys = Table.keys(head["standings"])
    return [keys[number] for number in columns["standing"]]


def cut(weights: list[int], start: date) -> list[tuple[str, int, int]]:
    """The periods of the timeline, by how much there is on each day."""
    return [(name, first, end) for first, end, name in periods(weights, start, LIMIT)]


def timeline_file(first: int, end: int, rows: dict[int, list[Row]], changes: Counts) -> bytes:
    """One period.

    `changes`: how many (day, position of the actor who gained, or NOBODY). Most are told by the rows; what
    is not is stored as the difference, so that the histogram is exact and costs next to nothing.
    """
    table = Table()
    gaps, lengths, places, standings = [], [], [], []
    last = first
    for day in range(first, end):
        if day not in rows:
            continue
        gaps.append(day - last)
        lengths.append(len(rows[day]) - 1)
        last, before = day, -1
        for _, place, key, _ in rows[day]:
            places.append(place - before - 1)
            standings.append(table.of(key))
            before = place
    rest = list(_untold(first, end, rows, changes))
    head = {"kind": "timeline", "from": first, "standings": table.rows()}
    columns = [
        ("gap", "u", gaps),
        ("more", "u", lengths),
        ("place", "u", places),
        ("standing", coding(table), standings),
        ("rest_gap", "u", [gap for gap, _, _ in rest]),
        ("rest_actor", "u", [actor + 1 for _, actor, _ in rest]),
        ("rest_times", "z", [times for _, _, times in rest]),
    ]
    return pack(head, columns)


def _untold(
    first: int, end: int, rows: dict[int, list[Row]], changes: Counts
) -> Iterator[tuple[int, int, int]]:
    """(days since the one before, actor, difference) between the changes and what the rows tell of them."""
    difference = Counter({key: n for key, n in changes.items() if first <= key[0] < end})
    for day in range(first, end):
        for _, _, key, _ in rows.get(day, ()):
            actor = gaining(key)
            if actor is not None:
                difference[day, actor] -= 1
    last = first
    for (day, actor), times in sorted(difference.items()):
        if times:
            yield day - last, actor, times
            last = day


def gaining(key: Key) -> int | None:
    """Who, by a new standing, is likely to have gained: the reader's code guesses alike."""
    return key[1][0] if key[0] == "held" else None


def coding(table: Table) -> str:
    return "b" if len(table.index) < 256 else "u"
