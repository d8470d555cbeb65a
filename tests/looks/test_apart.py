"""Who can tell two actors apart, by the same measure as the map's own tiles."""

import json
import shutil
import subprocess
from itertools import combinations
from pathlib import Path

import pytest

from events.looks import apart
from events.looks.apart import Paint

SCRIPT = Path(__file__).parent.parent / "js" / "say-apart.mjs"
PAIRS = [
    (Paint("#D55E00", "solid"), Paint("#009E73", "dots")),
    (Paint("#1A1A1A", "cross"), Paint("#F0E442", "grid")),
    (Paint("#56B4E9", "diagonal"), Paint("#56B4E9", "reverse")),
    (Paint("#8C510A", "horizontal"), Paint("#8C510A", "vertical")),
]


def test_it_is_the_distance_of_the_maps_own_tiles() -> None:
    node = shutil.which("node")
    assert node
    asked = {
        "pairs": [[paint._asdict() for paint in pair] for pair in PAIRS],
        "sights": apart.SIGHTS,
    }
    done = subprocess.run(
        [node, str(SCRIPT)], input=json.dumps(asked), capture_output=True, text=True, check=True
    )
    said = json.loads(done.stdout)
    assert len(said) == len(PAIRS) * 2 * 2 * len(apart.SIGHTS)
    for row in said:
        one, other = (Paint(**paint) for paint in row["pair"])
        ours = apart.fill_distance(
            one, other, row["sight"], row["scheme"], inferred=row["inferred"]
        )
        assert ours == pytest.approx(row["far"], abs=2e-4), row


def test_the_same_colour_is_told_by_another_pattern_and_not_by_itself() -> None:
    one, other = Paint("#D55E00", "solid"), Paint("#D55E00", "grid")
    assert apart.fills_alike(one, one) == list(apart.SIGHTS)
    assert apart.fills_alike(one, other) == []
    assert apart.colours_alike(one.colour, other.colour) == list(apart.COLOURED)


def test_red_and_green_of_one_lightness_are_one_to_who_lacks_a_cone() -> None:
    assert apart.colours_alike("#A36B00", "#5E8000") != []
    assert apart.FULL not in apart.colours_alike("#A36B00", "#5E8000")


@pytest.mark.parametrize(
    ("colour", "enough"), [("#1A1A1A", True), ("#0072B2", True), ("#F0E442", False)]
)
def test_contrast_is_that_of_the_standard_with_the_maps_paper(colour: str, enough: bool) -> None:
    assert (apart.contrast(colour) >= apart.CONTRAST) is enough
    assert apart.contrast("#FFFEFB") == pytest.approx(1, abs=0.01)


def test_what_is_offered_as_free_is_seen_on_paper_and_told_from_all_that_are_taken() -> None:
    taken = [Paint("#D55E00", "solid"), Paint("#009E73", "diagonal"), Paint("#1A1A1A", "dots")]
    offered = apart.free(taken, 5)
    assert len(offered) == 5
    assert len({paint.pattern for paint in offered}) == 5
    assert all(paint.pattern not in ("solid", "diagonal", "dots") for paint in offered)
    assert all(apart.contrast(paint.colour) >= apart.CONTRAST for paint in offered)
    for one, other in combinations([*taken, *offered], 2):
        assert apart.fills_alike(one, other) == [], (one, other)
    for paint in offered:
        for other in taken:
            assert apart.colours_alike(paint.colour, other.colour) == [], (paint, other)
