"""python script/lib/bench [--large | --quick | --desk | --sentence]: prints the report.

Exit status 1 where a figure is not reached.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from importlib import import_module
from itertools import groupby
from pathlib import Path
from typing import Any

import django

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench import floors, made, table
from bench.clock import Took, command
from bench.crowd import FLUSHES
from bench.site import database, migrate
from bench.table import Row

SIZES = {"10³": (8_000, 1_000), "10⁴": (8_000, 10_000), "10⁵": (8_000, 100_000)}
LARGE = {"10⁶": (50_000, 1_000_000)}
ASKS = 41
BASE = "tracker_bench_base"
GROWTH = {
    "places": "places",
    "changes": "changes, with the late ones",
    "spans": "spans, of both clocks",
    "import": "import, s",
    "again": "the same file again, s",
    "import_memory": "import, MiB",
    "copy": "floor: COPY of its spans, s",
    "rebuild": "rebuild_spans, s",
    "check": "check_spans, s",
    "floor": "floor: all places as of a date, ms",
    "sql": "standing, its SQL, ms",
    "sql_known": "the same, known_at in the past, ms",
    "floor_json": "floor: JSON made in SQL, ms",
    "standing": "standing, whole response, ms",
    "known": "the same, known_at in the past, ms",
    "history": "history of one place, ms",
    "publish": "publish one change, median, ms",
    "publish_p95": "publish one change, p95, ms",
    "province": "captured of the first province, ms",
    "reached": "places that it reached",
}


def say(words: str) -> None:
    print(f"{datetime.now(UTC):%H:%M:%S} {words}", file=sys.stderr, flush=True)


@contextlib.contextmanager
def gazetteer(places: int, folder: Path) -> Iterator[str]:
    """A database with the conflict, its places, actors and sources, to make others from; its name."""
    made.make(folder, places, 0)
    with database(f"{BASE}_{places}", BASE):
        say(f"the gazetteer of {places} places")
        command("create_conflict", made.SLUG, "--title", "A made war", "--timezone", "Asia/Damascus",
                "--start", made.START.isoformat())  # fmt: skip
        command("import_gazetteer", made.SLUG, str(folder / "places.csv"))
        command("import_actors", made.SLUG, str(folder / "actors.csv"))
        command("import_sources", str(folder / "sources.csv"))
        yield f"{BASE}_{places}"


def measure(base: str, places: int, changes: int, folder: Path) -> dict[str, float]:
    """Everything at one size, in a database of its own."""
    war = made.make(folder, places, changes)
    with database(f"tracker_bench_{changes}", base):
        say(f"{changes} changes")
        say("import, again, check, rebuild")
        file = str(folder / "changes.csv")
        imported = command("import_changes", made.SLUG, file)
        again = command("import_changes", made.SLUG, file)
        copied, _spans = floors.copy()
        for lot in range(made.LOTS):
            command("import_changes", made.SLUG, str(folder / f"late-{lot}.csv"))
        check: Took = command("check_spans", made.SLUG)
        rebuild: Took = command("rebuild_spans", made.SLUG)
        say("asking, publishing, sixteen at once")
        asked = subprocess.run(
            [sys.executable, str(Path(__file__).parent), "--inside", war.first_province],
            stdout=subprocess.PIPE, text=True, check=True,
        )  # fmt: skip
        say("check after all of it")
        command("check_spans", made.SLUG)
    return {
        "import": imported.seconds,
        "import_memory": imported.memory,
        "again": again.seconds,
        "copy": copied,
        "check": check.seconds,
        "rebuild": rebuild.seconds,
        "rebuild_memory": rebuild.memory,
        **json.loads(asked.stdout.splitlines()[-1]),
    }


def desk(folder: Path) -> dict[str, float]:
    """The desk's pages over 100,000 changes, in a database of its own."""
    places, changes = SIZES["10⁵"]
    with gazetteer(places, folder / "places") as base:
        made.make(folder / "war", places, changes)
        with database("tracker_bench_desk", base):
            command("import_changes", made.SLUG, str(folder / "war" / "changes.csv"))
            say("the desk's pages")
            asked = subprocess.run(
                [sys.executable, str(Path(__file__).parent), "--inside-desk"],
                stdout=subprocess.PIPE, text=True, check=True,
            )  # fmt: skip
    found: dict[str, float] = json.loads(asked.stdout.splitlines()[-1])
    return found


def desk_rows(m: dict[str, float]) -> list[Row]:
    return [Row(f"the desk: {page}", took, "ms", most=150) for page, took in m.items()]


def sentence() -> dict[str, Any]:
    """Readings over 10,000 places of 5 names, in a database of its own."""
    with database("tracker_bench_sentence", BASE):
        say("10,000 places of 5 names, and sentences")
        asked = subprocess.run(
            [sys.executable, str(Path(__file__).parent), "--inside-sentence"],
            stdout=subprocess.PIPE, text=True, check=True,
        )  # fmt: skip
    found: dict[str, Any] = json.loads(asked.stdout.splitlines()[-1])
    return found


def sentence_rows(m: dict[str, Any]) -> list[Row]:
    both = [
        Row(f"a sentence: {what}, {which}", figure, "ms", most=50)
        for what, pair in m["read"].items()
        for which, figure in zip(("median", "p95"), pair, strict=True)
    ]
    return [*both, Row("all names into memory, once a process", m["built"], "ms")]


def rows(m: dict[str, float]) -> list[Row]:
    """The figures to reach on 8,000 places and 100,000 changes."""
    return [
        Row("`standing?at=`, all places: SQL", m["sql"], "ms", m["floor"], most_ratio=2),
        Row("`standing?at=`, all places: whole response", m["standing"], "ms", m["floor_json"], 40, 5),
        Row("the same with `known_at` in the past: SQL", m["sql_known"], "ms", m["sql"], most_ratio=1.5),
        Row("the same with `known_at` in the past: whole response", m["known"], "ms", m["standing"], most_ratio=1.5),
        Row("`history` of one place, median", m["history"], "ms", most=10),
        Row("publish one change, one client, p95", m["publish_p95"], "ms", most=40),
        Row(f"publish a back-dated province-level `captured` reaching {m['reached']:.0f} places", m["province"] / 1000,
            "s", most=1),
        Row("16 clients publishing over 200 places", m["crowd"], "/s", m["crowd_floor"], least_ratio=0.6),
        *dear(m),
        Row("errors among them", m["crowd_errors"], "", most=0),
        Row("import of 100,000 changes", m["import"], "s", most=20),
        Row("`rebuild_spans`", m["rebuild"], "s", most=15),
    ]  # fmt: skip


def dear(m: dict[str, float]) -> list[Row]:
    """The sixteen where each flush takes long; judged at the flush that gives the floor first taken, 149 a second."""
    return [
        Row(f"the same where a flush takes {name} (a commit alone {m[f'commit {name}']:.0f} ms)", m[f"crowd {name}"],
            "/s", m[f"crowd_floor {name}"], least_ratio=0.6 if name == "100 ms" else None)
        for name in FLUSHES if f"crowd {name}" in m
    ]  # fmt: skip


def large_rows(m: dict[str, float]) -> list[Row]:
    return [
        Row("import of 1,000,000 changes over 50,000 places", m["import"], "s", m["copy"], most_ratio=4),
        Row("resident memory of that import", m["import_memory"], "MiB", most=1024),
        Row("`rebuild_spans` of 1,000,000", m["rebuild"], "s", m["copy"], most_ratio=3),
        Row("`standing?at=`, 50,000 places: SQL", m["sql"], "ms", m["floor"], most_ratio=2),
        Row("`standing?at=`, 50,000 places: whole response", m["standing"], "ms", m["floor_json"], most_ratio=5),
    ]  # fmt: skip


def replayed(sizes: Sequence[str]) -> list[Row]:
    """Each size in a database and with files of its own."""
    from bench import replay  # Playwright is there for this alone

    found: list[Row] = []
    with tempfile.TemporaryDirectory() as folder, database(BASE):
        migrate()
        for size in sizes:
            say(f"the replay at {size}")
            here = Path(folder) / size
            os.environ |= {"TRACKER_DATA_DIR": str(here), "STATIC_ROOT": str(here / "static")}
            with database(f"tracker_bench_replay_{size.lower()}", BASE):
                found += replay.rows(size, *replay.figures(size, here))
    return found


def inside(module: str, *arguments: str) -> str:
    """A process of its own: the database is that of DATABASE_URL as Django starts."""
    sys.path.insert(0, str(Path.cwd()))
    django.setup()
    said: str = import_module(f"bench.{module}").figures(ASKS, *arguments)
    return said


def main() -> int:
    parser = argparse.ArgumentParser(prog="script/bench")
    parser.add_argument("--large", action="store_true", help="and 10⁶ changes over 50,000 places")
    parser.add_argument("--quick", action="store_true", help="10³ changes alone")
    parser.add_argument(
        "--desk", action="store_true", help="the desk's pages alone, at 10⁵ changes"
    )
    parser.add_argument(
        "--replay", action="store_true", help="a reader's first map and dates, in Chromium"
    )
    parser.add_argument(
        "--sentence", action="store_true", help="the reading of sentences alone, over 10⁴ places"
    )
    parser.add_argument("--inside-sentence", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--inside-desk", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--inside", metavar="PROVINCE", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside:
        print(inside("inside", options.inside))
        return 0
    if options.inside_desk:
        print(inside("desk"))
        return 0
    if options.inside_sentence:
        print(inside("sentence"))
        return 0
    if options.sentence:
        with database(BASE):
            migrate()
            judged = sentence_rows(sentence())
        print(table.figures(judged))
        return 0 if all(row.reached for row in judged) else 1
    if options.desk:
        with tempfile.TemporaryDirectory() as folder, database(BASE):
            migrate()
            judged = desk_rows(desk(Path(folder)))
        print(table.figures(judged))
        return 0 if all(row.reached for row in judged) else 1
    if options.replay:
        judged = replayed(("S", "M", *(("L",) if options.large else ())))
        print(f"Load of the machine, at the end: {os.getloadavg()[0]:.1f}\n")
        print(table.figures(judged))
        return 0 if all(row.reached for row in judged) else 1
    sizes = (
        dict(list(SIZES.items())[:1])
        if options.quick
        else {**SIZES, **(LARGE if options.large else {})}
    )
    found: dict[str, dict[str, float]] = {}
    with tempfile.TemporaryDirectory() as folder, database(BASE):
        migrate()
        for places, together in groupby(sizes.items(), lambda size: size[1][0]):
            with gazetteer(places, Path(folder) / "places") as base:
                for name, (_places, changes) in together:
                    found[name] = measure(base, places, changes, Path(folder) / str(changes))
    judged = rows(found["10⁵"]) if "10⁵" in found else []
    judged += large_rows(found["10⁶"]) if "10⁶" in found else []
    print(f"# script/bench, {datetime.now(UTC):%d %B %Y}\n")
    if judged:
        print("## Figures to reach (8,000 places, 100,000 changes unless said)\n")
        print(table.figures(judged) + "\n")
    print("## From 10³ to 10⁶ changes\n")
    print(table.growth(GROWTH, found))
    return 0 if all(row.reached for row in judged) else 1


if __name__ == "__main__":
    sys.exit(main())
