"""GET places and history."""

from django.test import Client

from events.models import Conflict
from tests.war import constant, more_of_everything, say

from .asking import get, refused


def test_a_place_is_found_in_any_script(client: Client, war: Conflict) -> None:
    for q in ("المدينة", "the city", "The Citty"):
        (first, *_rest) = get(client, "/war/places", q=q)["places"]
        assert (first["place"], first["parent"]) == ("city", "province"), q
    assert get(client, "/war/places", q="!!")["places"] == []


def test_a_search_needs_words(client: Client, war: Conflict) -> None:
    assert refused(client, "/war/places") == ["q"]
    assert refused(client, "/war/places", q="") == ["q"]
    assert refused(client, "/war/places", q="x" * 201) == ["q"]
    assert refused(client, "/war/places", q="x", limit=0) == ["limit"]


def test_history_is_the_places_own_and_what_reached_it(client: Client, war: Conflict) -> None:
    say(war, "c4", "2018", "sdf", "entered", "city")
    history = get(client, "/war/places/east/history")
    assert [span["actor"] for span in history["spans"]] == ["is", "sdf", "is"]
    assert history["spans"][1] == {
        "actor": "sdf",
        "role": "holds",
        "from": "2017-06-15T21:00:00+00:00",
        "to": "2017-06-30T21:00:00+00:00",
        "doubt_from": "2017-06-14T21:00:00+00:00",
        "closing_doubt_from": "2017-06-28T21:00:00+00:00",
        "change": "c2",
        "closed_by": "c3",
    }
    # `entered` does not reach inside, `holds` does
    assert [change["id"] for change in history["changes"]] == ["c3", "c2", "c1"]
    assert history["place"]["names"] == [{"name": "East", "language": "en", "kind": "official"}]


def test_history_as_it_was_known(client: Client, war: Conflict) -> None:
    told = war.changes.get(public_id="c2").recorded_at.isoformat()
    history = get(client, "/war/places/east/history", known_at=told)
    assert [span["actor"] for span in history["spans"]] == ["is", "sdf"]
    assert history["spans"][1]["to"] is None
    assert [change["id"] for change in history["changes"]] == ["c2", "c1"]
    assert history["known_at"] == told


def test_a_place_that_is_not_there(client: Client, war: Conflict) -> None:
    response = client.get("/api/v1/conflicts/war/places/atlantis/history")
    assert response.status_code == 404
    assert "atlantis" in response.json()["detail"]


def test_queries_are_constant(client: Client, war: Conflict) -> None:
    for address in ("places/east/history", "places?q=quarter"):
        before, after = constant(client, f"/api/v1/conflicts/war/{address}", lambda: None)
        assert before == after
    before, after = constant(
        client, "/api/v1/conflicts/war/places/east/history", lambda: more_of_everything(war)
    )
    assert before == after
