"""What is written is what is read: by an independent reader in Python, and by the reader's own JavaScript."""

import json
from collections import Counter
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from random import Random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from events.replay import timeline
from events.replay.columns import Unreadable, pack, unpack
from events.replay.known import Past, Published, known_file, read_period
from events.replay.periods import periods
from events.replay.standings import NOTHING, Key
from tests.replay import reader
from tests.replay.in_node import by_node, text
from tests.replay.test_geometry import coded, edges

START = date(2011, 3, 15)
NAMES = ("state", "holds", "to", "contests", "besieges", "present", "disputed")
NUMBERS = st.integers(0, 2**31 - 1)


@given(st.lists(NUMBERS), st.lists(st.integers(-(2**30), 2**30)), st.lists(st.integers(0, 255)))
def test_columns_come_back(plain: list[int], signed: list[int], small: list[int]) -> None:
    columns = [("u", "u", plain), ("z", "z", signed), ("b", "b", small), ("t", "t", ["a", "ب"])]
    data = pack({"kind": "trial"}, columns)
    wanted = {"u": plain, "z": signed, "b": small, "t": ["a", "ب"]}
    assert reader.read(data).columns == wanted
    assert unpack(data) == ({"kind": "trial"}, wanted)


@given(st.binary(max_size=40), st.integers(0, 200))
def test_bytes_that_are_not_a_whole_file_are_refused(junk: bytes, cut: int) -> None:
    whole = pack({"kind": "trial"}, [("u", "u", list(range(300)))])
    for damaged in (junk, whole[: min(cut, len(whole) - 1)], whole + b"\0"):
        try:
            unpack(damaged)
        except (Unreadable, ValueError):
            continue
        raise AssertionError(damaged)


def random_key(random: Random) -> Key:
    def some(most: int) -> tuple[int, ...]:
        return tuple(sorted(random.sample(range(5), random.randint(0, most))))

    state = random.choice(["held", "held", "held", "joint", "contested", "changing", "unclear"])
    holds = (random.randrange(5),) if state == "held" else some(2)
    return (state, holds, some(1), some(2), some(1), some(1), random.random() < 0.2)


@dataclass
class World:
    """Rows now said and once said, and changes that were in the record for a time."""

    days: int
    places: int
    rows: dict[int, list[timeline.Row]]
    past: list[Past]
    ever: list[Published]

    @property
    def changes(self) -> Counter[tuple[int, int]]:
        return Counter((one.day, one.actor) for one in self.ever if one.until is None)

    def files(self) -> list[tuple[bytes, bytes]]:
        """(timeline, known) of each period."""
        busy = {day for day, *_ in self.past} | {one.day for one in self.ever}
        weights = [len(self.rows.get(day, ())) + (day in busy) for day in range(self.days)]
        made = []
        for _, first, end in timeline.cut(weights, START):
            inside = range(first, end)
            rows = {day: self.rows[day] for day in inside if day in self.rows}
            told = timeline.timeline_file(first, end, rows, self.changes)
            listed = [row for day in rows for row in rows[day]]
            past = [row for row in self.past if row[0] in inside]
            ever = [one for one in self.ever if one.day in inside]
            made.append((told, known_file(first, listed, past, ever)))
        return made


def random_world(random: Random) -> World:
    days, places = random.randint(1, 4000), random.randint(1, 60)
    keys = [NOTHING, *(random_key(random) for _ in range(random.randint(1, 300)))]
    instants = [1_500_000_000_000_000 + random.randrange(10**15) for _ in range(20)]
    rows: dict[int, list[timeline.Row]] = {}
    past = []
    for at in range(places):
        for day in sorted(random.sample(range(days), min(days, random.randint(0, 30)))):
            row = (day, at, random.choice(keys), random.choice(instants))
            rows.setdefault(day, []).append(row)
        for _ in range(random.randint(0, 3)):
            since, until = sorted(random.sample(instants, 2))
            past.append((random.randrange(days), at, random.choice(keys), since, until))
    ever = []
    for _ in range(random.randint(0, 400)):
        since, until = sorted(random.sample(instants, 2))
        gone = until if random.random() < 0.1 else None
        ever.append(Published(random.randrange(days), random.randrange(-1, 5), since, gone))
    ever.sort(key=lambda one: one.day)
    return World(days, places, dict(sorted(rows.items())), sorted(past), ever)


def plain(key: Key) -> dict[str, Any]:
    return dict(zip(NAMES, [list(k) if isinstance(k, tuple) else k for k in key], strict=True))


def test_random_histories_come_back(monkeypatch: Any) -> None:
    monkeypatch.setattr(timeline, "LIMIT", 150)
    random = Random(5)
    works, wanted = [], []
    for _ in range(40):
        world = random_world(random)
        files = world.files()
        rows = [row for day in world.rows.values() for row in day]
        listed = [[day, at, plain(key)] for day, at, key, _ in rows]
        tally = sorted([*key, times] for key, times in world.changes.items())
        told = [text(file) for file, _ in files]
        works.append({"timeline": told, "actors": 5, "places": world.places})
        wanted.append({"rows": listed, "tally": tally})
        assert [list(row) for file, _ in files for row in reader.timeline(file)] == listed
        counted = [(*key, n) for file, _ in files for key, n in reader.tally(file).items()]
        assert sorted(map(list, counted)) == tally
        read = [read_period(*pair) for pair in files]
        assert [row for some, _ in read for row in some] == rows
        assert [row for _, some in read for row in some] == world.past
    assert max(len(work["timeline"]) for work in works) >= 20
    assert by_node(works) == wanted


def test_random_histories_come_back_as_known_at_any_instant(monkeypatch: Any) -> None:
    monkeypatch.setattr(timeline, "LIMIT", 150)
    random = Random(6)
    works, wanted = [], []
    for _ in range(25):
        world = random_world(random)
        files = world.files()
        at = random.choice(world.ever).since if world.ever else 10**15
        at += random.choice((-1, 0, 1))
        said = [
            [day, place, plain(key)]
            for rows in world.rows.values()
            for day, place, key, since in rows
            if since <= at
        ]
        once = [
            [day, place, plain(key)]
            for day, place, key, since, until in world.past
            if since <= at < until
        ]
        stood = Counter(
            (one.day, one.actor)
            for one in world.ever
            if one.since <= at and (one.until is None or at < one.until)
        )
        tally = sorted([*key, times] for key, times in stood.items())
        found = [reader.known(*pair, at) for pair in files]
        rows = sorted(said + once, key=json.dumps)
        assert sorted((list(r) for some, _ in found for r in some), key=json.dumps) == rows
        assert sorted([*k, n] for _, some in found for k, n in some.items()) == tally
        told = [text(file) for file, _ in files]
        known = [text(file) for _, file in files]
        works.append(
            {"timeline": told, "known": known, "at": at, "actors": 5, "places": world.places}
        )
        wanted.append({"rows": rows, "tally": tally})
    for answer, expected in zip(by_node(works), wanted, strict=True):
        places = [(day, place) for day, place, _ in answer["rows"]]
        assert places == sorted(places)
        assert sorted(answer["rows"], key=json.dumps) == expected["rows"]
        assert answer["tally"] == expected["tally"]


def test_random_cells_come_back_in_the_browser() -> None:
    random = Random(3)
    works, wanted = [], []
    for size in (1, 2, 5, 12):
        corner = {
            (i, j): (i * 100 + random.randint(-30, 30), j * 100 + random.randint(-30, 30))
            for i in range(size + 1)
            for j in range(size + 1)
        }
        shapes = []
        for i in range(size):
            for j in range(size):
                ring = [corner[i, j], corner[i + 1, j], corner[i + 1, j + 1], corner[i, j + 1]]
                shapes.append([ring[::-1] if random.random() < 0.3 else ring])
        random.shuffle(shapes)
        hole = [(5, 5), (9, 5), (9, 9)]
        shapes.append([[(-900, -900), (4000, -900), (4000, 4000), (-900, 4000)], hole])
        data = coded(shapes)
        assert [s for _, _, s in reader.geometry(data)]
        works.append({"geometry": text(data)})
        wanted.append([[edges(ring) for ring in shape] for shape in shapes])
    for answer, shapes in zip(by_node(works), wanted, strict=True):
        found = [
            [edges([(x, y) for x, y in ring]) for ring in rings] for _, _, rings in answer["shapes"]
        ]
        assert found == shapes


def test_damaged_files_are_refused_and_never_guessed_at() -> None:
    random = Random(9)
    world = random_world(random)
    ((whole, _),) = world.files()
    places = world.places
    shapes = coded([[[(0, 0), (9, 0), (9, 9)]], [[(9, 0), (9, 9), (20, 5)]]])
    future = whole[:4] + b"\x03" + whole[5:]
    damaged = [whole[:-1], whole[:40], b"", whole + b"\0", b"<html>", future]
    works = [{"timeline": [text(file)], "actors": 5, "places": places} for file in damaged]
    works.append({"timeline": [text(whole)], "actors": 5, "places": 1})
    works += [{"geometry": text(shapes[:-cut])} for cut in (1, 2, 30)]
    answers = [answer.get("error") for answer in by_node(works)]
    assert answers == [*["FormatError"] * 5, "FutureFormatError", *["FormatError"] * 4]


@given(st.lists(st.integers(0, 9), min_size=1, max_size=900), st.integers(1, 300))
def test_periods_hold_every_day_with_rows_once(counts: list[int], limit: int) -> None:
    found = periods(counts, START, limit, finest="day")
    ends = [(first, end) for first, end, _ in found]
    assert ends == sorted(ends)
    assert all(a[1] <= b[0] for a, b in pairwise(ends))
    assert sum(sum(counts[first:end]) for first, end in ends) == sum(counts)
    assert len({name for *_, name in found}) == len(found)
    for first, end, _ in found:
        assert sum(counts[first:end]) <= limit or end - first == 1
