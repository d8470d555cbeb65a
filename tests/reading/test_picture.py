"""The server's picture has the map's own colours and patterns."""

import json
import random
import re
import shutil
import subprocess
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from events.looks.palette import SCHEMES, constants, css, palette
from events.looks.patterns import MARKS, PERIOD
from events.reading.picture.column import wrapped
from events.reading.picture.labels import Labels, text_width
from events.replay.frame import HEIGHT, MARGIN_OF_POINTS, WIDTH, frame_of
from events.replay.places import SCALE
from tests.factories import ConflictFactory

SCRIPT = Path(__file__).parent.parent / "js" / "say-colours.mjs"
COLOURS = ["#000000", "#ffffff", "#1a1a1a", "#f0e442", "#d55e00", "#0072b2", "#009e73", "nonsense"]
STEP = 0.25


@pytest.fixture(scope="module")
def said() -> Any:
    node = shutil.which("node")
    assert node
    colours = COLOURS + ["#%06x" % random.Random(1).randrange(1 << 24) for _ in range(200)]  # noqa: UP031
    done = subprocess.run(
        [node, str(SCRIPT)], input=json.dumps({"colours": colours, "step": STEP}),
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return json.loads(done.stdout)


def hexed(text: str) -> str:
    return css(tuple(map(int, re.findall(r"\d+", text))))  # type: ignore[arg-type]


@pytest.mark.parametrize("scheme", SCHEMES)
def test_there_is_one_source_of_colours(said: Any, scheme: str) -> None:
    assert palette(scheme).colours == said["schemes"][scheme]["palette"]


@pytest.mark.parametrize("scheme", SCHEMES)
def test_actors_have_the_same_colours_on_the_same_paper(said: Any, scheme: str) -> None:
    colours = palette(scheme)
    for text, expected in said["schemes"][scheme]["actors"].items():
        actor = colours.actor(text)
        assert css(actor) == hexed(expected["plain"]), text
        for strength in constants("patterns.js", "STRENGTH"):
            assert colours.on_paper(actor, strength) == hexed(expected[strength]), (text, strength)


@pytest.mark.parametrize("name", sorted(MARKS))
def test_patterns_have_their_marks_where_the_map_has_them(said: Any, name: str) -> None:
    assert said["period"] == PERIOD
    assert said["marks"].keys() == MARKS.keys()
    count = round(PERIOD / STEP)
    for at, expected in enumerate(said["marks"][name]):
        x, y = (at % count + 0.5) * STEP, (at // count + 0.5) * STEP
        found, either = MARKS[name].covers(x, y)
        assert either or found == bool(expected), (x, y)


def test_a_text_is_broken_where_it_fits_and_cut_with_an_ellipsis() -> None:
    lines = wrapped("a long title of a war that went on for many years", 17, 120, 2)
    assert len(lines) == 2
    assert lines[-1].endswith("…")
    assert all(text_width(line.rstrip("…"), 17) <= 120 for line in lines)


def test_no_name_is_written_over_another_or_over_the_edge() -> None:
    labels = Labels(palette("light"), "en", 800, 600)
    rows = random.Random(2)
    dots: list[list[Any]] = [
        [n, f"t{n}", rows.randrange(800), rows.randrange(600), 100_000, f"Town number {n}", {}]
        for n in range(120)
    ]
    labels.towns(dots, 7)
    assert len(labels.boxes) > 5
    for at, (left, top, right, bottom) in enumerate(labels.boxes):
        assert left >= 0
        assert top >= 0
        assert right <= 800
        assert bottom <= 600
        for other in labels.boxes[:at]:
            apart = left >= other[2] or right <= other[0] or top >= other[3] or bottom <= other[1]
            assert apart


def test_where_towns_are_few_each_has_its_name_however_small() -> None:
    few: list[list[Any]] = [[n, f"t{n}", 60 + 120 * n, 300, 900, f"Town {n}", {}] for n in range(5)]
    many = [*few, *([9, "t9", 60 + 12 * n, 30, 900, "Far", {}] for n in range(60))]
    for dots, named in ((few, True), (many, False)):
        text = Labels(palette("light"), "en", 800, 600).towns(dots, 5)
        assert [f"Town {n}" in text for n in range(5)] == [named] * 5


def test_a_picture_of_points_alone_leaves_room_for_what_stands_round_them() -> None:
    conflict = ConflictFactory.build(bounds=None)
    points = [(13.19, 32.89), (20.07, 32.12), (15.95, 29.13)]
    places = [SimpleNamespace(x=x * SCALE, y=y * SCALE) for x, y in points]
    frame = frame_of(conflict, places)  # type: ignore[arg-type]  of a place the point is enough
    for x, y in (frame.at(*point) for point in points):
        assert min(x, y, WIDTH - x, HEIGHT - y) >= MARGIN_OF_POINTS - 1
