"""The desk's list of what has long not been confirmed."""

from datetime import date
from typing import Any

from django.test import Client

from events.editing import unconfirmed
from events.ledger.stale import stale
from events.models import Conflict, Place
from tests.war import constant, more_of_everything, say

STALE = "/desk/war/stale/"


def test_it_lists_what_has_gone_longest_unconfirmed(at_desk: Client, war: Conflict) -> None:
    Place.objects.filter(slug="west").update(population=100_000)
    html = " ".join(at_desk.get(STALE, {"at": "2017-07-10"}).content.decode().split())
    assert html.index("West") < html.index(">East<")
    assert "30 June 2017" in html
    assert "10 days" in html
    say(war, "again", "2017-07-09", "is", "holds", "west")
    rows = at_desk.get(STALE, {"at": "2017-07-10"}).context["rows"]
    assert {line["row"].place.slug for line in rows[-2:]} == {"west", "city"}


def test_of_a_war_that_is_over_it_is_as_of_its_last_day(at_desk: Client, war: Conflict) -> None:
    war.end = date(2017, 7, 10)
    war.save()
    assert at_desk.get(STALE).context["at"].text == "2017-07-10"
    asked = at_desk.get(STALE, {"at": "2017-07-10"}).context["rows"]
    assert at_desk.get(STALE).context["rows"] == asked
    shift = at_desk.get("/desk/war/shift/").context["shift"]
    assert [row["days"] for row in shift.stale] == [line["row"].days for line in asked][:10]


def test_a_day_that_cannot_be_is_said(at_desk: Client, war: Conflict) -> None:
    answer = at_desk.get(STALE, {"at": "2017-02-30"})
    assert answer.status_code == 400
    assert "not a day of the calendar" in answer.content.decode()


def test_it_is_for_the_desk_only(client: Client, war: Conflict) -> None:
    assert client.get(STALE).status_code == 302


def test_it_is_ranked_once_between_two_publications(
    at_desk: Client, war: Conflict, monkeypatch: Any
) -> None:
    ranked: list[Any] = []
    monkeypatch.setattr(unconfirmed, "stale", lambda *a, **k: ranked.append(a) or stale(*a, **k))
    shown = [at_desk.get(STALE, {"at": "2017-07-10"}).context["rows"] for _ in range(2)]
    assert len(ranked) == 1
    assert [line["days"] for line in shown[0]] == [line["days"] for line in shown[1]]
    say(war, "again", "2017-07-09", "is", "holds", "west")
    at_desk.get(STALE, {"at": "2017-07-10"})
    assert len(ranked) == 2


def test_a_cache_that_is_down_costs_only_time(
    at_desk: Client, war: Conflict, settings: Any
) -> None:
    settings.CACHES = {
        "default": {**settings.CACHES["default"], "LOCATION": "redis://127.0.0.1:1/0"}
    }
    assert at_desk.get(STALE, {"at": "2017-07-10"}).context["rows"]


def test_queries_are_constant(at_desk: Client, war: Conflict) -> None:
    before, after = constant(at_desk, STALE, lambda: more_of_everything(war))
    assert before == after
