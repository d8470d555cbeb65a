"""GET standing: at a day or an instant, as known at any moment, by place, kind and box, in three formats."""

import csv
import io
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from events.models import Conflict, Place
from tests.war import NASTY, constant, more_of_everything, say

from .asking import get, refused, standing


def test_the_standing_of_one_place(client: Client, war: Conflict) -> None:
    assert get(client, "/war/standing", at="2017-06-30", place="east") == {
        "conflict": "war",
        "at": "2017-06-30",
        "known_at": war.changes.latest("recorded_at").recorded_at.isoformat(),
        "places": [
            {
                "place": "east",
                "name": "East",
                "kind": "neighbourhood",
                "state": "held",
                "holds": ["is"],
                "to": [],
                "contests": [],
                "besieges": [],
                "present": [],
                "disputed": False,
                "since": "2017-06-30T21:00:00+00:00",
                "change": "c3",
                "counts": [],
                "last_confirmed": "2017-06-30T21:00:00+00:00",
                "days_unconfirmed": 0,
                "weighed": None,
            }
        ],
    }


def test_a_day_is_its_close_in_the_conflicts_zone(client: Client, war: Conflict) -> None:
    assert standing(client, "east", at="2017-06-29")["state"] == "changing"
    assert standing(client, "east", at="2017-06-29")["to"] == ["is"]
    assert standing(client, "east", at="2017-06-15")["holds"] == ["sdf"]
    assert standing(client, "east", at="2017-06-14")["holds"] == ["is"]
    # the same question, asked as an instant: with an encoded plus, with one that was lost, and in the zone
    for instant in (
        "2017-07-01T00:00+03:00",
        "2017-07-01T00:00 03:00",
        "2017-07-01T00:00",
        "2017-06-30T21:00Z",
    ):
        assert standing(client, "east", at=instant)["holds"] == ["is"], instant
    assert standing(client, "east", at="2017-06-30T23:59")["state"] == "changing"


def test_without_a_day_it_is_today(client: Client, war: Conflict) -> None:
    answer = get(client, "/war/standing")
    assert answer["at"] == timezone.now().astimezone(war.zone).date().isoformat()
    assert {p["place"]: p["state"] for p in answer["places"]}["province"] == "held"


def test_two_clocks(client: Client, war: Conflict) -> None:
    told = {c.public_id: c.recorded_at for c in war.changes.all()}
    first, second, third = (told[c].isoformat() for c in ("c1", "c2", "c3"))
    before = (told["c1"] - timedelta(microseconds=1)).isoformat()
    asked = {"at": "2017-06-30"}
    assert standing(client, "east", known_at=before, **asked)["state"] == "no_data"
    assert standing(client, "east", known_at=first, **asked)["holds"] == ["is"]
    assert standing(client, "east", known_at=first, **asked)["change"] == "c1"
    assert standing(client, "east", known_at=second, **asked)["holds"] == ["sdf"]
    assert standing(client, "east", known_at=third, **asked)["change"] == "c3"
    # a back-dated change alters what is known of the past, not what was known
    say(war, "c4", "2015-01-01", "sdf", "captured", "west")
    assert standing(client, "west", at="2016-01-01")["holds"] == ["sdf"]
    assert standing(client, "west", at="2016-01-01", known_at=third)["holds"] == ["is"]


def test_a_known_day_is_its_close(client: Client, war: Conflict) -> None:
    today = timezone.now().astimezone(war.zone).date()
    assert standing(client, "east", known_at=today.isoformat())["holds"] == ["is"]
    yesterday = (today - timedelta(days=1)).isoformat()
    assert standing(client, "east", known_at=yesterday)["state"] == "no_data"


def test_a_composed_place_has_counts(client: Client, war: Conflict) -> None:
    city = standing(client, "city", at="2017-06-20")
    assert (city["state"], city["holds"]) == ("divided", ["is", "sdf"])
    assert sorted(map(str, city["counts"])) == [
        "{'holds': ['is'], 'places': 1}",
        "{'holds': ['sdf'], 'places': 1}",
    ]


def test_by_kind_and_box(client: Client, war: Conflict) -> None:
    rows = get(client, "/war/standing", kind="neighbourhood")["places"]
    assert [row["place"] for row in rows] == ["east", "west"]
    point = Place.objects.get(slug="west").point
    west, south = point.x - 0.01, point.y - 0.01
    box = f"{west},{south},{west + 0.02},{south + 0.02}"
    assert [row["place"] for row in get(client, "/war/standing", bbox=box)["places"]] == ["west"]
    assert get(client, "/war/standing", bbox="170,-10,-170,10")["places"] == []
    everywhere = get(client, "/war/standing", bbox="-180,-90,180,90")["places"]
    assert len(everywhere) == 5


def test_geojson(client: Client, war: Conflict) -> None:
    response = client.get("/api/v1/conflicts/war/standing?format=geojson&at=2017-06-30")
    assert response.headers["Content-Type"] == "application/geo+json"
    found = response.json()
    assert found["type"] == "FeatureCollection"
    east = next(f for f in found["features"] if f["id"] == "east")
    assert east["geometry"]["type"] == "Point"
    assert east["properties"]["holds"] == ["is"]


def test_csv_that_no_spreadsheet_runs(client: Client, war: Conflict) -> None:
    Place.objects.filter(slug="west").update(name='=HYPERLINK("http://x")')
    Place.objects.filter(slug="east").update(name="+1")
    response = client.get("/api/v1/conflicts/war/standing?format=csv&at=2017-06-30")
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert 'filename="war-2017-06-30.csv"' in response.headers["Content-Disposition"]
    rows = {row["place"]: row for row in csv.DictReader(io.StringIO(response.content.decode()))}
    assert rows["west"]["name"] == '\'=HYPERLINK("http://x")'
    assert rows["east"]["name"] == "'+1"
    assert rows["village"]["name"] == NASTY
    assert rows["east"]["holds"] == "is"
    assert float(rows["east"]["lat"]) > 30


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"at": "2017-02-30"}, "at"),
        ({"at": "2999-01-01"}, "at"),
        ({"at": "soon"}, "at"),
        ({"at": "2017-06"}, "at"),
        ({"at": "2017-06-30~"}, "at"),
        ({"at": "2017-06-28/2017-06-30"}, "at"),
        ({"at": "2017-06-30T25:00"}, "at"),
        ({"at": "0001-01-01T00:00+14:00"}, "at"),
        ({"at": "\x00"}, "at"),
        ({"known_at": "2999-01-01T00:00Z"}, "known_at"),
        ({"known_at": "yesterday"}, "known_at"),
        ({"place": "atlantis"}, "place"),
        ({"place": "east\x00"}, "place"),
        ({"kind": "planet"}, "kind"),
        ({"format": "xml"}, "format"),
        ({"bbox": "1,2,3"}, "bbox"),
        ({"bbox": "nan,0,1,1"}, "bbox"),
        ({"bbox": "0,5,1,1"}, "bbox"),
        ({"bbox": "0,0,1e9,1"}, "bbox"),
    ],
)
def test_a_wrong_field_is_named(
    client: Client, war: Conflict, query: dict[str, str], field: str
) -> None:
    assert refused(client, "/war/standing", **query) == [field]


def test_tomorrow_in_the_zone_may_be_today_elsewhere(
    client: Client, war: Conflict, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = datetime(2026, 3, 1, 22, 30, tzinfo=UTC)  # 01:30 on 2 March in Damascus
    monkeypatch.setattr("events.ledger.asked.timezone.now", lambda: now)
    assert standing(client, "east", at="2026-03-02")["holds"] == ["is"]
    assert refused(client, "/war/standing", at="2026-03-03") == ["at"]


def test_queries_are_constant(client: Client, war: Conflict) -> None:
    for style in ("json", "csv", "geojson"):
        address = f"/api/v1/conflicts/war/standing?at=2017-06-30&format={style}"
        before, after = constant(client, address, lambda: None)
        assert before == after
    before, after = constant(
        client, "/api/v1/conflicts/war/standing", lambda: more_of_everything(war)
    )
    assert before == after
