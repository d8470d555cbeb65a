"""Two moments compared: ranges, the places that differ, the changes in between; on both clocks."""

from typing import Any

import pytest
from django.test import Client

from events.models import Conflict
from tests.war import constant, more_of_everything, say

from .asking import V1, get, refused


def tally(body: Any, actor: str, kind: str) -> Any:
    (row,) = [r for r in body["tallies"] if (r["actor"], r["kind"]) == (actor, kind)]
    return row


def test_what_surely_and_what_perhaps_was_lost(client: Client, war: Conflict) -> None:
    body = get(client, "/war/compare", **{"from": "2017-06-01", "to": "2017-06-29"})
    # SDF took East on the 15th; IS may have retaken it on the 29th already
    assert tally(body, "sdf", "neighbourhood")["gained"] == [0, 1]
    assert tally(body, "is", "neighbourhood")["lost"] == [0, 1]
    assert tally(body, "is", "neighbourhood")["held_to"] == [1, 2]
    assert tally(body, "is", "town")["lost"] == [0, 1]
    assert [row["place"] for row in body["places"]] == ["province", "city", "east"]
    east = body["places"][-1]
    assert east["from"]["holds"] == ["is"]
    assert (east["to"]["state"], east["to"]["holds"], east["to"]["to"]) == (
        "changing", ["sdf"], ["is"],
    )  # fmt: skip
    assert body["changes"] == ["c2"]


def test_lost_and_retaken_is_neither(client: Client, war: Conflict) -> None:
    body = get(client, "/war/compare", **{"from": "2017-06-01", "to": "2017-06-30"})
    row = tally(body, "is", "neighbourhood")
    assert (row["gained"], row["lost"], row["held_from"], row["held_to"]) == (
        [0, 0], [0, 0], [2, 2], [2, 2],
    )  # fmt: skip
    assert body["places"] == []
    assert body["changes"] == ["c2", "c3"]


def test_as_it_was_known(client: Client, war: Conflict) -> None:
    told = war.changes.get(public_id="c2").recorded_at.isoformat()
    asked = {"from": "2017-06-01", "to": "2017-06-30", "known_at": told}
    body = get(client, "/war/compare", **asked)
    assert tally(body, "is", "neighbourhood")["lost"] == [1, 1]
    say(war, "c9", "2017-06-20", "sdf", "captured", "west")
    assert get(client, "/war/compare", **asked) == body


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"from": "2017-06-30", "to": "2017-06-01"}, "to"),
        ({"from": "2017-06-01", "to": "2017-06-01"}, "to"),
        ({"from": "soon", "to": "2017-06-01"}, "from"),
        ({"from": "2017-06-01", "to": "2999-01-01"}, "to"),
        ({"from": "2017-06-01"}, "to"),
        ({"from": "2017-06-01", "to": "2017-06-30", "known_at": "2017"}, "known_at"),
    ],
)
def test_what_cannot_be_compared(client: Client, war: Conflict, asked: Any, field: str) -> None:
    assert refused(client, "/war/compare", **asked) == [field]


def test_queries_are_constant(client: Client, war: Conflict) -> None:
    address = f"{V1}/war/compare?from=2014-06-01&to=2017-06-29"
    before, after = constant(client, address, lambda: more_of_everything(war))
    assert before == after
