"""30 June 2017 as readers are told of it: each fact, its date, and who says so, through the public API."""

import json
from typing import Any

import pytest
from django.test import Client

from events.models import Conflict, Estimate
from tests.golden.world import published, timeline

API = "/api/v1/conflicts/golden"


@pytest.fixture
def day(db: None) -> Conflict:
    return published(timeline("2017-06-30"))


def ask(client: Client, path: str) -> Any:
    answer = client.get(f"{API}{path}")
    assert answer.status_code == 200, answer.content
    return json.loads(answer.content)


def standing(client: Client, at: str) -> dict[str, dict[str, Any]]:
    return {row["place"]: row for row in ask(client, f"/standing?at={at}")["places"]}


def told(client: Client, verb: str, place: str) -> tuple[str, set[str]]:
    """(date, "source stance" of each citation) of the one Change on 29 or 30 June that says so."""
    found = ask(client, f"/changes?from=2017-06-29&to=2017-07-01&verb={verb}&place={place}")
    named = [c for c in found["changes"] if place in c["places"]]
    (change,) = named
    return change["date"], {f"{c['source']} {c['stance']}" for c in change["citations"]}


def test_of_seventeen_places_only_the_count_is_known(day: Conflict, client: Client) -> None:
    found = ask(client, "/changes?verb=withdrew&place=aleppo-province")["changes"]
    (change,) = [c for c in found if c["place_count"]]
    assert (change["place_count"], change["date"]) == (17, "2017-06-30")
    assert change["places"] == ["aleppo-province"]
    assert day.places.filter(parent__slug="aleppo-province").count() == 0, "nothing is invented"


def test_is_is_gone_from_aleppo_after_four_years_confirmed_with_a_reservation(
    day: Conflict, client: Client
) -> None:
    assert standing(client, "2014-01-01")["aleppo-province"]["present"] == ["is"]
    assert standing(client, "2017-06-29")["aleppo-province"]["present"] == ["is"]
    assert "is" not in standing(client, "2017-06-30")["aleppo-province"]["present"]
    assert told(client, "absent", "aleppo-province") == (
        "2017-06-30",
        {"sohr reports", "syrian-military confirms"},
    )
    (change,) = ask(client, "/changes?verb=absent")["changes"]
    assert "still clearing the last metres" in [c["note"] for c in change["citations"]]


def test_al_senaa_is_attacked_on_the_29th_and_fully_retaken_by_the_30th(
    day: Conflict, client: Client
) -> None:
    assert told(client, "attack", "al-senaa")[0] == "2017-06-29"
    assert told(client, "retook", "al-senaa") == (
        "2017-06-29/2017-06-30",
        {"sohr reports", "sdf denies"},
    )
    states = {
        at: (row["state"], row["holds"])
        for at in ("2017-06-28", "2017-06-29", "2017-06-30")
        for row in [standing(client, at)["al-senaa"]]
    }
    assert states == {
        "2017-06-28": ("held", ["sdf"]),
        "2017-06-29": ("changing", ["sdf"]),
        "2017-06-30": ("held", ["is"]),
    }


def test_the_sdf_are_back_in_al_meshleb_with_clashes_there_and_keep_two_western_districts(
    day: Conflict, client: Client
) -> None:
    assert told(client, "withdrew", "al-senaa")[1] == {"mee reports", "sdf denies"}
    assert told(client, "clash", "al-meshleb") == ("2017-06-30", {"is-statement claims"})
    now = standing(client, "2017-06-30")
    raqqa = ["al-senaa", "al-meshleb", "al-rumaniya", "al-sabahiya", "old-city"]
    assert [p for p in raqqa if now[p]["holds"] == ["sdf"]] == [
        "al-meshleb",
        "al-rumaniya",
        "al-sabahiya",
    ]


def test_the_sdf_are_in_raqqa_since_the_6th_and_encircle_it_on_the_29th(
    day: Conflict, client: Client
) -> None:
    before, since = standing(client, "2017-06-05")["raqqa"], standing(client, "2017-06-06")["raqqa"]
    assert (before["contests"], since["contests"]) == ([], ["sdf"])
    assert standing(client, "2017-06-28")["raqqa"]["besieges"] == []
    assert standing(client, "2017-06-29")["raqqa"]["besieges"] == ["sdf"]
    assert told(client, "besieged", "raqqa")[1] == {"mee reports", "sohr reports"}


def test_each_estimate_has_its_source_and_is_on_the_places_page(
    day: Conflict, client: Client
) -> None:
    found = Estimate.objects.filter(place__slug="raqqa", as_of="2017-06-30")
    assert {
        (str(e.actor.slug if e.actor else e.subject), e.measure, int(e.value), e.source.slug)
        for e in found
    } == {
        ("is", "fighters", 2500, "coalition"),
        ("civilians", "persons", 100000, "un"),
    }
    page = client.get("/golden/places/raqqa/").content.decode()
    for words in ("2,500", "100,000", "US-led coalition spokesmen", "United Nations"):
        assert words in page
