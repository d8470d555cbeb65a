"""A made war for the replay: cells with wavering borders that cover a country, and fronts that move across them.

The same files from the same seed, in the import's own form (docs/data-formats.md).
"""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator
from datetime import date, timedelta
from math import ceil, sqrt
from pathlib import Path

SLUG = "bench"
START, DAYS, ACTORS = date(2014, 1, 1), 3_650, 8
END = START + timedelta(days=DAYS - 1)
WEST, SOUTH, WIDE, HIGH = 35.5, 32.3, 6.9, 5.1
COLOURS = ("d62728", "2ca02c", "1f77b4", "ffbf00", "9467bd", "17becf", "e377c2", "7f7f7f")
Corner = tuple[float, float]


def make(folder: Path, places: int, changes: int) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    chance = random.Random(f"{places}/{changes}")  # noqa: S311  a made war, not a secret
    columns = ceil(sqrt(places * WIDE / HIGH))
    _write(folder, "places", "slug,kind,name_en,lat,lon,area", _cells(places, columns, chance))
    actors = (
        (f"a{n}", f"Actor {n}", f"A{n}", "non-state", f"#{COLOURS[n]}") for n in range(ACTORS)
    )
    _write(folder, "actors", "slug,name,short,kind,colour", actors)
    _write(folder, "sources", "slug,name,kind,reliability", [("made", "Made", "monitor", "B")])
    rows = _changes(places, columns, changes, chance)
    _write(folder, "changes", "id,date,actor,verb,place,source,stance", rows)


def _write(folder: Path, name: str, head: str, rows: object) -> None:
    with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(head.split(","))
        writer.writerows(rows)  # type: ignore[arg-type]


def _cells(places: int, columns: int, chance: random.Random) -> Iterator[tuple]:
    rows = ceil(places / columns)
    wide, high = WIDE / columns, HIGH / rows

    def corner(column: int, row: int) -> Corner:
        """The same for the four cells that meet there."""
        own = random.Random(column * 1_000_003 + row)  # noqa: S311
        aside = (own.uniform(-0.3, 0.3), own.uniform(-0.3, 0.3))
        return WEST + (column + aside[0]) * wide, SOUTH + (row + aside[1]) * high

    def border(a: Corner, b: Corner) -> list[Corner]:
        """From a to b, b left out; the same points the other way."""
        first, last = min(a, b), max(a, b)
        own = random.Random(str(first + last))  # noqa: S311
        x, y = (first[0] + last[0]) / 2, (first[1] + last[1]) / 2
        bend = own.uniform(-0.15, 0.15)
        middle = (x - (last[1] - first[1]) * bend, y + (last[0] - first[0]) * bend)
        return [a, middle]

    for n in range(places):
        row, column = divmod(n, columns)
        square = [(column, row), (column + 1, row), (column + 1, row + 1), (column, row + 1)]
        corners = [corner(*at) for at in square]
        ends = [*corners[1:], corners[0]]
        ring = [point for a, b in zip(corners, ends, strict=True) for point in border(a, b)]
        text = ", ".join(f"{x:.5f} {y:.5f}" for x, y in [*ring, ring[0]])
        lat, lon = sum(y for _, y in corners) / 4, sum(x for x, _ in corners) / 4
        yield f"p{n}", "town", f"Place {n}", f"{lat:.5f}", f"{lon:.5f}", f"POLYGON(({text}))"


def _changes(places: int, columns: int, number: int, chance: random.Random) -> Iterator[tuple]:
    seeds = [(chance.randrange(places), n % ACTORS) for n in range(ACTORS * 3)]
    holder = []
    for n in range(places):
        row, column = divmod(n, columns)
        nearest = min(
            seeds, key=lambda s: (s[0] // columns - row) ** 2 + (s[0] % columns - column) ** 2
        )
        holder.append(nearest[1])
        yield f"b{n}", START.isoformat(), f"a{nearest[1]}", "holds", f"p{n}", "made", "reports"
    for n in range(number):
        day = START + timedelta(days=1 + n * (DAYS - 1) // number)
        place = chance.randrange(places)
        # a front: somebody beside it takes it; now and then somebody from afar
        beside = (place + chance.choice((-1, 1, -columns, columns))) % places
        who = holder[beside] if holder[beside] != holder[place] else chance.randrange(ACTORS)
        if who == holder[place]:
            who = (who + 1) % ACTORS
        holder[place] = who
        yield f"c{n}", day.isoformat(), f"a{who}", "captured", f"p{place}", "made", "reports"
