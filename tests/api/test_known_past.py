"""What was known at K never changes: asked again after whatever was published since, the bytes are the same."""

import random
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from events import ledger
from events.models import Actor, Change, Conflict, Place, Report
from tests.war import make_war

VERBS = ("captured", "retook", "holds", "entered", "withdrew", "besieged", "present", "absent")
PLACES = ("province", "city", "east", "west", "village")
DATES = ("2014-02", "2016-05-01", "2017-06-01/2017-06-20", "2017-06-30", "../2017-07-02", "2018~")
KINDS = ("publish", "correct", "retract")
ASKED = (
    "/standing?at=2017-06-20",
    "/standing?at=2018-01-01&format=csv",
    "/standing?at=2017-06-30&format=geojson&kind=town",
    "/standing?at=2016-05-01&place=city",
    "/standing?",
    "/changes?",
    "/changes?place=city&limit=3",
    "/changes?from=2017-06&to=2017-07",
    "/corrections?",
    "/places/city/history?",
    "/places/east/history?",
    "/compare?from=2016-01-01&to=2018-01-01",
    "/stale?",
)


def anything(war: Conflict, pick: random.Random) -> ledger.NewChange:
    actors = list(Actor.objects.filter(conflict=war).order_by("pk"))
    named = Place.objects.filter(conflict=war, slug__in=pick.sample(PLACES, pick.choice([1, 1, 2])))
    return ledger.NewChange(
        conflict=war,
        actor=pick.choice(actors),
        verb=pick.choice(VERBS),
        places=list(named.order_by("pk")),
        date=pick.choice(DATES),
        ruling=pick.choice(["accepted", "accepted", "open", "rejected"]),
        ruling_reason="weighed",
        note=f"note {pick.random()}",
        citations=[ledger.NewCitation(Report.objects.order_by("pk")[0])],
    )


def step(war: Conflict, what: str, pick: random.Random) -> None:
    """Publish, correct or retract something."""
    standing = Change.objects.filter(conflict=war, superseded_by=None).exclude(kind="retraction")
    at_hand = list(standing.order_by("pk"))
    if what == "publish":
        ledger.publish(anything(war, pick), by=None)
    elif what == "correct":
        ledger.correct(pick.choice(at_hand), anything(war, pick), reason="it was not so", by=None)
    else:
        ledger.retract(pick.choice(at_hand), reason="withdrawn", by=None)


def answers(client: Client, known_at: str) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for asked in ASKED:
        path = f"/api/v1/conflicts/war{asked}&known_at={known_at}"
        response: Any = client.get(path)
        assert response.status_code == 200, (path, response.content)
        found[asked] = response.content
    return found


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
def test_a_known_past_is_the_same_byte_for_byte(client: Client, db: None, seed: int) -> None:
    war, pick = make_war(), random.Random(seed)
    told: dict[str, dict[str, bytes]] = {}
    steps = [*KINDS, *pick.choices(KINDS, k=5)]
    pick.shuffle(steps)
    for what in steps:
        known_at = timezone.now().isoformat().replace("+00:00", "Z")
        told[known_at] = answers(client, known_at)
        step(war, what, pick)
        # all that was ever asked, not the newest only
        for then, before in told.items():
            assert answers(client, then) == before, then
    assert ledger.check(war) == []
    several = {bytes(before["/standing?at=2017-06-20"]) for before in told.values()}
    assert len(several) > 1, "nothing that was published altered the answer"


def test_without_a_moment_on_the_ground_the_moment_of_knowledge_is_meant(
    client: Client, db: None
) -> None:
    make_war()
    answer = client.get("/api/v1/conflicts/war/standing?known_at=2020-01-01").json()
    assert (answer["at"], answer["known_at"]) == ("2020-01-01", "2020-01-01")


def test_a_day_that_is_not_over_is_named_by_the_instant_it_meant(client: Client, db: None) -> None:
    war = make_war()
    today = timezone.now().astimezone(war.zone).date().isoformat()
    address = "/api/v1/conflicts/war/standing?at=2017-06-20&known_at="
    answer = client.get(address + today).json()
    assert answer["known_at"].startswith(timezone.now().date().isoformat()[:8])
    assert "T" in answer["known_at"]
    ledger.retract(Change.objects.get(public_id="c2"), reason="withdrawn", by=None)
    again = client.get(address + answer["known_at"].replace("+00:00", "Z")).json()
    assert again["places"] == answer["places"]
