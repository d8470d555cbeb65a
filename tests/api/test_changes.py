"""GET changes: filters, `[from, to)`, as known, by cursor."""

from typing import Any

import pytest
from django.test import Client

from events.models import Change, Conflict
from tests.war import constant, more_of_everything, say

from .asking import get, refused


def ids(client: Client, **query: Any) -> list[str]:
    return [change["id"] for change in get(client, "/war/changes", **query)["changes"]]


def test_newest_first_with_citations(client: Client, war: Conflict) -> None:
    changes = get(client, "/war/changes")["changes"]
    assert [change["id"] for change in changes] == ["c3", "c2", "c1"]
    assert changes[0]["citations"][0]["stance"] == "claims"
    assert changes[0]["citations"][0]["reliability"] == "B"
    assert changes[0]["url"] == "/war/changes/c3/"


def test_from_is_in_and_to_is_out(client: Client, war: Conflict) -> None:
    # c2 is done on the map of 2017-06-15, c3 on that of 2017-06-30
    query = {"from": "2017-06-15", "to": "2017-06-30"}
    assert ids(client, **query) == ["c2"]
    assert ids(client, **{"from": "2017-06-16", "to": "2017-07-01"}) == ["c3"]
    assert ids(client, **{"from": "2017-06"}) == ["c3", "c2"]
    assert ids(client, to="2017") == ["c1"]
    assert ids(client, **{"from": "../2017-06-30"}) == ["c3", "c2", "c1"]


def test_filters(client: Client, war: Conflict) -> None:
    say(war, "c4", "2017-07-05", "sdf", "captured", "village", "west")
    assert ids(client, place="east") == ["c3", "c2"]
    assert ids(client, place="province") == ["c4", "c3", "c2", "c1"]
    assert ids(client, actor="sdf") == ["c4", "c2"]
    assert ids(client, verb="captured", place="east") == ["c2"]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"place": "atlantis"}, "place"),
        ({"actor": "atlanteans"}, "actor"),
        ({"verb": "liberated"}, "verb"),
        ({"from": "2017-02-30"}, "from"),
        ({"to": "soon"}, "to"),
        ({"cursor": "x"}, "cursor"),
        ({"cursor": "é"}, "cursor"),
        ({"limit": "0"}, "limit"),
        ({"limit": "many"}, "limit"),
        ({"known_at": "2999"}, "known_at"),
        ({"actor": "\x00"}, "actor"),
    ],
)
def test_a_wrong_field_is_named(
    client: Client, war: Conflict, query: dict[str, str], field: str
) -> None:
    assert refused(client, "/war/changes", **query) == [field]


def test_what_was_corrected_later_was_public_then(client: Client, war: Conflict) -> None:
    old = Change.objects.get(public_id="c2")
    told = say(war, "c4", "2018", "sdf", "captured", "west").recorded_at
    new = say(war, "c5", "2019", "sdf", "captured", "west")
    Change.objects.create(
        conflict=war, public_id="c2b", kind="correction", actor=old.actor, verb="captured", date="2017-06-16",
        earliest=old.earliest, latest=old.latest, supersedes=old, reason="wrong", recorded_at=new.recorded_at,
    )  # fmt: skip
    assert ids(client) == ["c5", "c4", "c3", "c2b", "c1"]
    assert ids(client, known_at=told.isoformat()) == ["c4", "c3", "c2", "c1"]
    assert ids(client, known_at="2010-01-01") == []


def test_pages_neither_repeat_nor_skip(client: Client, war: Conflict) -> None:
    more_of_everything(war, 11)
    seen: list[str] = []
    cursor = None
    while True:
        page = get(client, "/war/changes", limit=3, **({"cursor": cursor} if cursor else {}))
        seen += [change["id"] for change in page["changes"]]
        # what is published meanwhile is newer: it moves no later page
        say(war, f"later-{len(seen)}", "2020", "sdf", "captured", "west")
        if not (cursor := page["next"]):
            break
    assert len(seen) == len(set(seen)) == 14


def test_queries_are_constant(client: Client, war: Conflict) -> None:
    before, after = constant(
        client, "/api/v1/conflicts/war/changes?place=city", lambda: more_of_everything(war)
    )
    assert before == after
