"""Bad input that the record must stand: a 4xx that names the field, and nothing half-written."""

import base64
import json
from typing import Any

import pytest
from django.test import Client

from events import ledger
from events.models import ApiToken, Change, Conflict, Place, Span
from tests.api.asking import get, refused
from tests.api.test_writing import BODY, DRAFTS, problem_of, send, token
from tests.factories import SourceFactory
from tests.war import say, take_back


def counts() -> tuple[int, int]:
    return Change.objects.count(), Span.objects.count()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"date": "2017-02-30"}, "date"),
        ({"date": "2017-13-01"}, "date"),
        ({"date": "2017-06-30T25:00"}, "date"),
        ({"date": "2017-06-30/2017-06-28"}, "date"),
        ({"kind": "retraction", "corrects": "c2", "reason": " "}, "reason"),
        ({"kind": "correction", "corrects": "c3", "reason": "again"}, "reason"),
        ({"kind": "correction", "corrects": "nothing", "reason": "x"}, "reason"),
        ({"places": ["village-that-ended"]}, "places[0]"),
    ],
)
def test_a_change_that_cannot_be_is_refused_by_field(
    client: Client, war: Conflict, change: dict[str, Any], field: str
) -> None:
    SourceFactory(slug="agency", name="An agency")
    Place.objects.filter(slug="village").update(slug="village-that-ended", ends="2015-12-31")
    ledger.retract(Change.objects.get(public_id="c3"), reason="withdrawn", by=None)
    before = counts()
    text = token(war)
    draft = send(client, DRAFTS, text, {**BODY, **change}).json()
    assert field in [problem["field"] for problem in draft["problems"]]
    found = problem_of(send(client, f"/api/v1/drafts/{draft['id']}/publish", text), 422)
    assert field in [error["field"] for error in found["errors"]]
    assert counts() == before
    assert ApiToken.objects.count() == 1


@pytest.mark.parametrize("at", ["2017-02-30", "2017-06-31", "30 June", "2017-06-30/2017-06-28"])
def test_a_date_that_no_calendar_has_is_refused(client: Client, war: Conflict, at: str) -> None:
    assert refused(client, "/war/standing", at=at) == ["at"]
    assert refused(client, "/war/standing", at="2017-06-20", known_at=at) == ["known_at"]


def spoiled(cursor: str) -> list[str]:
    """What somebody may make of a cursor."""
    place = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))

    def coded(value: Any) -> str:
        return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")

    return [
        cursor[1:],
        cursor[:-3],
        cursor.swapcase(),
        f"{cursor}x!",
        coded(place[:-1]),
        coded([*place, 1]),
        coded(["2017-06-30", *place[1:]]),
        coded([place[0], *("1; DROP TABLE events_change" for _ in place[1:])]),
        coded([place[0], *(1e400 for _ in place[1:])]),
        coded([place[0], *(True for _ in place[1:])]),
        coded({"a": 1}),
        "é",
        "[" * 500,
    ]


@pytest.mark.parametrize("path", ["changes", "corrections"])
def test_a_cursor_that_was_tampered_with_is_refused(
    client: Client, war: Conflict, path: str
) -> None:
    take_back(war)
    cursor = get(client, f"/war/{path}", limit=1)["next"]
    assert get(client, f"/war/{path}", limit=1, cursor=cursor)
    for bad in spoiled(cursor):
        assert refused(client, f"/war/{path}", limit=1, cursor=bad) == ["cursor"], bad


def test_a_cursor_of_one_list_is_none_of_the_other(client: Client, war: Conflict) -> None:
    take_back(war)
    cursor = get(client, "/war/corrections", limit=1)["next"]
    assert refused(client, "/war/changes", cursor=cursor) == ["cursor"]


@pytest.mark.parametrize("page", ["changes", "corrections"])
def test_a_page_says_so_and_shows_the_first(client: Client, war: Conflict, page: str) -> None:
    take_back(war)
    response = client.get(f"/war/{page}/", {"cursor": "tampered"})
    assert response.status_code == 400
    assert "is not a cursor" in response.content.decode()


def test_a_box_across_the_antimeridian_finds_both_sides(client: Client, war: Conflict) -> None:
    for slug, point in (
        ("east", "SRID=4326;POINT(179.5 10)"),
        ("west", "SRID=4326;POINT(-179.5 10)"),
    ):
        Place.objects.filter(slug=slug).update(point=point)
    rows = get(client, "/war/standing", at="2017-06-20", bbox="179,5,-179,15")["places"]
    assert {row["place"] for row in rows} == {"east", "west"}
    rows = get(client, "/war/standing", at="2017-06-20", bbox="-179,5,179,15")["places"]
    assert {row["place"] for row in rows}.isdisjoint({"east", "west"})


@pytest.mark.parametrize("bbox", ["179,5,-181,15", "1,2,3", "0,10,1,5", "a,b,c,d", "nan,0,1,1", ""])
def test_a_box_that_is_none_is_refused(client: Client, war: Conflict, bbox: str) -> None:
    if bbox:
        assert refused(client, "/war/standing", at="2017-06-20", bbox=bbox) == ["bbox"]
    else:
        assert get(client, "/war/standing", at="2017-06-20", bbox=bbox)["places"]


def test_a_place_that_ended_is_refused_by_the_ledger_with_its_day(war: Conflict) -> None:
    Place.objects.filter(slug="village").update(ends="2015-12-31")
    with pytest.raises(ledger.Refused, match="ended on 2015-12-31"):
        say(war, "late", "2016-01-02", "is", "captured", "village")
    assert say(war, "intime", "2015-12-30", "is", "captured", "village").pk
