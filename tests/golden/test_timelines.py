"""One golden test binds the whole: the Python fold = the Spans in PostgreSQL = the reader's replay."""

import csv
import json
import shutil
import subprocess
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from events import ledger, replay
from events.chronology.dates import close_of, map_day
from events.models import Conflict, Place
from events.replay.files import storage
from tests.golden.by_fold import FoldedTimeline, plain
from tests.golden.world import NAMES, published, timeline

ROOT = Path(__file__).resolve().parents[2]
REPLAY = ROOT / "tests" / "js" / "golden-replay.mjs"


def by_spans(conflict: Conflict, day: date) -> dict[str, dict[str, Any]]:
    return plain(ledger.standings(conflict, close_of(day, conflict.zone)))


def by_replay(conflict: Conflict, days: list[date], tmp_path: Path) -> dict[str, Any]:
    """What the JavaScript of the reader's page makes of the built files, on these days."""
    manifest = replay.build(conflict).manifest
    (tmp_path / "manifest.json").write_text(json.dumps(manifest))
    named = manifest["files"]
    periods = [url for _, _, url in named["timeline"]]
    for url in (*(named[kind] for kind in ("places", "names", "now")), *periods):
        stored = storage.open(url.removeprefix("/replay/")).read()
        (tmp_path / Path(url).name).write_bytes(stored)
    node = shutil.which("node")
    assert node, "node is part of the set-up"
    asked = json.dumps([day.isoformat() for day in days])
    done = subprocess.run(
        [node, str(REPLAY), str(tmp_path)],
        input=asked, capture_output=True, text=True, check=True, timeout=600,
    )  # fmt: skip
    found = [json.loads(line) for line in done.stdout.splitlines()]
    return {answer["at"]: answer["standings"] for answer in found}


def boundaries(golden: dict[str, Any], folded: FoldedTimeline) -> list[date]:
    """Every day on whose map something may differ, the day before and the day after it."""
    start = date.fromisoformat(golden["start"])
    days: set[date] = set()
    for spans in folded.spans.values():
        for s in spans:
            for instant in (s.valid_from, s.valid_to, s.doubt_from, s.closing_doubt_from):
                if instant:
                    day = map_day(instant, folded.zone)
                    days |= {day + timedelta(days=n) for n in (-1, 0, 1)}
    return sorted(day for day in days if day >= start)


def assert_all_agree(golden: dict[str, Any], conflict: Conflict, tmp_path: Path) -> int:
    """Fold, Spans and replay at every boundary; returns how many standings were compared."""
    folded = FoldedTimeline(golden)
    days = boundaries(golden, folded)
    replayed = by_replay(conflict, days, tmp_path)
    compared = 0
    # the Spans are asked on the days themselves; the replay on the days around them too
    for number, day in enumerate(days):
        expected = folded.at(day)
        assert replayed[day.isoformat()] == expected, day
        if len(days) < 300 or number % 5 == 0:
            assert by_spans(conflict, day) == expected, day
        compared += len(expected)
    return compared


@pytest.mark.parametrize("name", NAMES)
def test_fold_spans_and_replay_agree(db: None, tmp_path: Path, name: str) -> None:
    golden = timeline(name)
    assert assert_all_agree(golden, published(golden), tmp_path) > 20


@pytest.mark.parametrize("name", NAMES)
def test_each_expected_standing_holds(name: str) -> None:
    golden = timeline(name)
    folded = FoldedTimeline(golden)
    nothing = {"state": "no_data", "disputed": False}
    for expected in golden["expect"]:
        found = folded.at(date.fromisoformat(expected["at"])).get(expected["place"], nothing)
        for field in set(expected) - {"at", "place"}:
            assert found.get(field, []) == expected[field], expected


@pytest.mark.slow
def test_the_whole_demo_agrees(demo: Conflict, tmp_path: Path) -> None:
    fixtures = ROOT / "events" / "fixtures" / "syria"

    def rows(name: str) -> list[dict[str, str]]:
        with (fixtures / name).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    changes: dict[str, dict[str, Any]] = {}
    for row in rows("changes.csv"):
        count = int(row["place_count"]) if row["place_count"] else None
        changes.setdefault(row["id"], {**row, "places": [row["place"]], "place_count": count})
    golden = {
        "timezone": demo.timezone,
        "start": demo.start.isoformat(),
        "places": rows("places.csv"),
        "changes": list(changes.values()),
    }
    assert Place.objects.filter(conflict=demo).count() == 240
    assert assert_all_agree(golden, demo, tmp_path) > 100_000
