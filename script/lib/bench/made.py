"""A made war: the same files from the same seed, in the import's own form (docs/data-formats.md).

A country, provinces of unequal size (the first has the places that the province-level row reaches), eight districts in
each, towns in them, some of which are cities with quarters, and sites. Changes are mostly dated to a day, some to a
few days or about a month; they arrive nearly in order. Of a change in a hundred thousand some are of a district, so
that together they reach about three tenths as many places as there are changes.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

SLUG = "bench"
START, DAYS = date(2012, 1, 1), 4_500
ACTORS, SOURCES, PROVINCES, DISTRICTS = 9, 12, 14, 8
FIRST_PROVINCE = 1_500
LOTS = 5
CHANGES = [
    *(
        "id",
        "date",
        "actor",
        "verb",
        "place",
        "other_actor",
        "source",
        "report_title",
        "report_url",
    ),
    *("published", "stance"),
]
VERBS = {
    "captured": 55, "retook": 9, "entered": 10, "repelled": 5, "withdrew": 5, "handed_over": 1, "shares": 1,
    "besieged": 3, "relieved": 2, "present": 2, "unclear": 1, "clash": 4, "attack": 2,
}  # fmt: skip
NEEDS_OTHER = {"handed_over", "shares"}


@dataclass(frozen=True)
class Made:
    """Where the files are, and what to ask for."""

    folder: Path
    places: int
    changes: int
    leaves: list[str]
    first_province: str


def make(folder: Path, places: int, changes: int, seed: int = 1) -> Made:
    folder.mkdir(parents=True, exist_ok=True)
    chance = random.Random(f"{seed}/{places}")  # noqa: S311  a made war, not a secret
    rows = list(_places(places, chance))
    head = ["slug", "kind", "parent", "name_en", "lat", "lon", "population"]
    _write(folder / "places.csv", head, rows)
    _write(
        folder / "actors.csv",
        ["slug", "name", "short", "kind", "colour"],
        (
            (f"actor-{n}", f"Actor {n}", f"A{n}", "non-state", f"#{n * 1_118_481 + 4096:06X}")
            for n in range(ACTORS)
        ),
    )
    _write(
        folder / "sources.csv",
        ["slug", "name", "kind", "reliability"],
        ((f"source-{n}", f"Source {n}", "monitor", "B") for n in range(SOURCES)),
    )
    leaves = [row[0] for row in rows if row[1] in ("town", "neighbourhood", "site")]
    districts = [row[0] for row in rows if row[1] == "district"]
    provinces = [row[0] for row in rows if row[1] == "province"]
    chance = random.Random(f"{seed}/{changes}")  # noqa: S311
    rest = (provinces, districts, leaves, chance)
    _write(folder / "changes.csv", CHANGES, _changes("c", changes, *rest))
    # What came to light afterwards, of all of the war: it closes spans on the known axis.
    for lot in range(LOTS):
        late = _changes(f"late-{lot}-", max(changes // 50, 10), [], *rest[1:])
        _write(folder / f"late-{lot}.csv", CHANGES, late)
    return Made(folder, places, changes, leaves, provinces[0])


def _write(path: Path, head: list[str], rows: Iterator[tuple] | list[tuple]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(head)
        writer.writerows(rows)


def _places(number: int, chance: random.Random) -> Iterator[tuple]:
    yield ("land", "country", "", "The land", 35, 39, "")
    provinces = [f"province-{n}" for n in range(min(PROVINCES, max(number // 60, 1)))]
    for at, slug in enumerate(provinces):
        yield (slug, "province", "land", f"Province {at}", 33 + at % 5, 36 + at // 5, "")
    districts: dict[str, list[str]] = {}
    for at, slug in enumerate(provinces):
        districts[slug] = [f"district-{at}-{n}" for n in range(DISTRICTS)]
        for n, district in enumerate(districts[slug]):
            yield (district, "district", slug, f"District {at}-{n}", 33 + at % 5, 36 + at // 5, "")
    left = number - 1 - len(provinces) * (1 + DISTRICTS)
    first = min(FIRST_PROVINCE - 1 - DISTRICTS, left // 3)
    cities: list[str] = []
    for n in range(left):
        where = provinces[0] if n < first else chance.choice(provinces[1:] or provinces)
        district = chance.choice(districts[where])
        lat, lon = round(32 + 5 * chance.random(), 4), round(35 + 7 * chance.random(), 4)
        dice = chance.random()
        # the first province keeps to its count: a quarter of another's city would not be inside it
        if dice < 0.12 and n >= first and cities:
            yield (f"p{n}", "neighbourhood", chance.choice(cities), f"Quarter {n}", lat, lon, "")
        elif dice > 0.97:
            yield (f"p{n}", "site", district, f"Site {n}", lat, lon, "")
        else:
            if n >= first and chance.random() < 0.02:
                cities.append(f"p{n}")
            yield (f"p{n}", "town", district, f"Place {n}", lat, lon, chance.randrange(200, 90_000))


def _changes(
    ids: str,
    number: int,
    provinces: list[str],
    districts: list[str],
    leaves: list[str],
    chance: random.Random,
) -> Iterator[tuple]:
    inside = max(len(leaves) / len(districts), 1)
    of_areas = 0.3 / inside
    verbs, weights = list(VERBS), list(VERBS.values())
    for n in range(number):
        if n < len(provinces):
            yield _row(
                n, START, START.isoformat(), f"actor-{n % 3}", "holds", provinces[n], "", chance
            )
            continue
        # nearly in order: what arrives late arrives within the year
        when = n * DAYS // number + (-chance.randrange(300) if chance.random() < 0.08 else 0)
        day = START + timedelta(days=max(when, 1))
        area = chance.random() < of_areas
        verb = "captured" if area else chance.choices(verbs, weights)[0]
        actor, other = chance.sample(range(ACTORS), 2)
        named = chance.random() < 0.3 or verb in NEEDS_OTHER
        place = chance.choice(districts if area else leaves)
        said, against = _date(day, chance), f"actor-{other}" if named else ""
        yield _row(f"{ids}{n}", day, said, f"actor-{actor}", verb, place, against, chance)


def _date(day: date, chance: random.Random) -> str:
    dice = chance.random()
    if dice < 0.8:
        return day.isoformat()
    if dice < 0.95:
        return f"{day.isoformat()}/{(day + timedelta(days=chance.randrange(1, 4))).isoformat()}"
    return f"{day.isoformat()}~" if dice < 0.98 else day.isoformat()[:7]


def _row(
    n: int,
    day: date,
    said: str,
    actor: str,
    verb: str,
    place: str,
    other: str,
    chance: random.Random,
) -> tuple:
    source, told = chance.randrange(SOURCES), (day + timedelta(days=1)).isoformat()
    url = f"https://source-{source}.example/{told}"
    title = f"Daily report of {told}"
    return (
        f"c{n}",
        said,
        actor,
        verb,
        place,
        other,
        f"source-{source}",
        title,
        url,
        told,
        "reports",
    )
