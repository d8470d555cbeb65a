"""How much of a whole each holder has."""

import pytest

from events.chronology.standing import NOTHING, Standing
from events.chronology.weights import Node, Share, shares, voices

PLACES: list[Node] = [
    ("province", "province", None),
    ("district", "district", "province"),
    ("empty", "district", "province"),
    ("city", "town", "district"),
    ("village", "town", "district"),
    ("base", "site", "district"),
    ("east", "neighbourhood", "city"),
]
HELD = Standing("held", ("a",))
SHOWN = {slug: HELD for slug, _kind, _parent in PLACES}


def test_a_province_is_made_up_of_its_towns_each_once() -> None:
    assert sorted(voices("province", PLACES, SHOWN)) == ["city", "empty", "village"]
    without = {**SHOWN, "empty": NOTHING, "village": NOTHING}
    assert voices("province", PLACES, without) == ["city"]


def test_a_town_is_made_up_of_its_quarters() -> None:
    inside: list[Node] = [("city", "town", None), ("east", "neighbourhood", "city")]
    assert voices("city", inside, SHOWN) == ["east"]
    assert voices("east", [("east", "neighbourhood", None)], SHOWN) == []


def test_shares_are_of_all_parts_together_most_first() -> None:
    assert shares([(("b",), 10), (("a",), 30), (("b",), 10), ((), 0)]) == [
        Share(("a",), 30, 0.6),
        Share(("b",), 20, 0.4),
        Share((), 0, 0),
    ]


@pytest.mark.parametrize("weight", [None, 0])
def test_without_a_weight_for_every_part_there_are_none(weight: float | None) -> None:
    assert shares([(("a",), weight)]) is None
    assert shares([(("a",), 5), (("b",), None)]) is None
