"""From whom territory is inferred where nothing is said: as a plain reading of the rule has it, in any world."""

import json
import random
import shutil
import subprocess
from pathlib import Path
from typing import Any

from events.replay.inference import inferred, settlements_of
from events.replay.places import SCALE, Known

SCRIPT = Path(__file__).parent.parent / "js" / "say-inferred.mjs"


def world(seed: int) -> tuple[list[Known], set[int]]:
    """Provinces, towns in them or in none, quarters of some; points on a coarse grid, so that many are equally far."""
    next_of = random.Random(seed)
    places = [place(1, "country", None)]
    places += [place(pk, "province", 1) for pk in (2, 3)]
    places += [place(pk, "town", next_of.choice((1, 2, 3)), next_of) for pk in range(10, 40)]
    places += [
        place(pk, "neighbourhood", next_of.choice((1, 10, 11, 12)), next_of) for pk in range(50, 70)
    ]
    share = next_of.random()
    return places, {one.pk for one in places if next_of.random() < share}


def place(pk: int, kind: str, parent: int | None, spot: random.Random | None = None) -> Known:
    x = y = None
    if spot is not None and spot.random() > 0.05:
        x, y = (round((n + spot.randrange(6) / 2) * SCALE) for n in (36, 33))
    return Known(pk, f"p{pk}", f"P{pk}", kind, parent, x, y, None, False)


def plain(places: list[Known], said: set[int]) -> dict[str, Any]:
    at = {one.pk: n for n, one in enumerate(places)}
    rows = [
        {
            "kind": one.kind,
            "parent": at[one.parent] if one.parent else None,
            "lon": None if one.x is None else one.x / SCALE,
            "lat": None if one.y is None else one.y / SCALE,
        }
        for one in places
    ]
    return {"places": rows, "said": [one.pk in said for one in places]}


def test_it_is_the_nearest_of_which_something_is_said() -> None:
    worlds = [world(seed) for seed in range(60)]
    node = shutil.which("node")
    assert node, "node is part of the set-up"
    done = subprocess.run(
        [node, str(SCRIPT)], input=json.dumps([plain(*one) for one in worlds]),
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    count = 0
    for (places, said), expected in zip(worlds, json.loads(done.stdout), strict=True):
        found = inferred(settlements_of(places), said)
        got = [found.get(one.pk) for one in places]
        assert got == [None if at < 0 else places[at].pk for at in expected]
        count += len(found)
    assert count > 500


def test_where_something_is_said_of_all_nothing_is_inferred() -> None:
    places, _said = world(1)
    assert inferred(settlements_of(places), {one.pk for one in places}) == {}
