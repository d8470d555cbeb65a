"""When a standing was last confirmed, in every answer that tells of it; and what has gone longest without."""

import pytest
from django.test import Client

from events.models import Conflict, Place
from tests.war import constant, more_of_everything, say

from .asking import V1, get, refused, standing

JUNE_30 = "2017-06-30T21:00:00+00:00"


def test_one_places_standing_says_when_it_was_last_confirmed(client: Client, war: Conflict) -> None:
    row = standing(client, "east", at="2017-07-10")
    assert (row["last_confirmed"], row["days_unconfirmed"]) == (JUNE_30, 10)
    say(war, "again", "2017-07-09", "is", "holds", "east")
    row = standing(client, "east", at="2017-07-10")
    assert (row["since"], row["days_unconfirmed"]) == (JUNE_30, 1)
    assert standing(client, "village")["last_confirmed"] is None


def test_a_whole_is_as_well_confirmed_as_its_least_confirmed_part(
    client: Client, war: Conflict
) -> None:
    say(war, "city", "2018-01-01", "is", "holds", "city")
    for place in ("city", "province"):
        assert standing(client, place, at="2018-01-11")["days_unconfirmed"] == 10
    say(war, "east", "2018-01-05", "sdf", "captured", "east")
    assert standing(client, "city", at="2018-01-11")["days_unconfirmed"] == 10
    say(war, "west", "2018-01-06", "is", "holds", "west")
    say(war, "rest", "2018-01-08", "is", "holds", "city")
    say(war, "east2", "2018-01-09", "sdf", "captured", "east")
    assert standing(client, "province", at="2018-01-11")["days_unconfirmed"] == 3


@pytest.mark.parametrize("form", ["json", "geojson", "csv"])
def test_all_places_say_so_where_they_are_asked(client: Client, war: Conflict, form: str) -> None:
    plain = client.get(f"{V1}/war/standing?format={form}").content.decode()
    asked = client.get(f"{V1}/war/standing?format={form}&confirmed=true").content.decode()
    assert "last_confirmed" not in plain
    assert "last_confirmed" in asked
    assert "2017-06-30T21:00:00+00:00" in asked


def test_one_and_all_agree(client: Client, war: Conflict) -> None:
    more_of_everything(war, 3)
    rows = get(client, "/war/standing", confirmed="true", at="2018-01-01")["places"]
    for row in rows:
        alone = standing(client, row["place"], at="2018-01-01")
        assert alone.pop("weighed") is None
        assert row == alone


def test_history_says_by_which_changes(client: Client, war: Conflict) -> None:
    say(war, "again", "2017-07-09", "is", "holds", "city")
    body = get(client, "/war/places/west/history")
    assert body["confirmed_by"] == ["again"]
    assert body["last_confirmed"] == "2017-07-09T21:00:00+00:00"
    known = war.changes.get(public_id="c3").recorded_at.isoformat()
    assert get(client, "/war/places/west/history", known_at=known)["confirmed_by"] == ["c1"]
    assert get(client, "/war/places/village/history")["last_confirmed"] is None


def test_the_stale_list(client: Client, war: Conflict) -> None:
    Place.objects.filter(slug="west").update(population=100_000)
    rows = get(client, "/war/stale", at="2017-07-10")["places"]
    assert rows[0]["place"] == "west"
    assert rows[0]["holds"] == ["is"]
    assert [row["score"] for row in rows] == sorted((r["score"] for r in rows), reverse=True)
    assert len(get(client, "/war/stale", limit=1)["places"]) == 1
    assert refused(client, "/war/stale", at="soon") == ["at"]
    assert refused(client, "/war/stale", limit=0) == ["limit"]
    assert client.get(f"{V1}/nowhere/stale").status_code == 404


@pytest.mark.parametrize("path", ["/war/stale", "/war/standing?confirmed=true"])
def test_queries_are_constant(client: Client, war: Conflict, path: str) -> None:
    before, after = constant(client, V1 + path, lambda: more_of_everything(war))
    assert before == after


def test_one_place_is_weighed(client: Client, war: Conflict) -> None:
    Place.objects.filter(slug__in=["east", "west"]).update(population=50)
    say(war, "c4", "2017-07-01", "sdf", "captured", "east")
    assert standing(client, "city")["weighed"] == {
        "by": "population",
        "shares": [
            {"holds": ["is"], "amount": 50, "share": 0.5},
            {"holds": ["sdf"], "amount": 50, "share": 0.5},
        ],
    }
