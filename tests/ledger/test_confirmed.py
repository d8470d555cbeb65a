"""When a standing was last confirmed, and what has gone longest without."""

from datetime import datetime
from typing import Any

import pytest
from django.contrib.gis.geos import Point
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events import ledger
from events.chronology.dates import close_of, map_day
from events.ledger.confirmed import confirmed, confirmed_of, confirming
from events.ledger.published import said_about
from events.ledger.stale import fighting, score, stale
from events.models import Actor, Change, Conflict, Place, Span
from tests.factories import ActorFactory, PlaceFactory
from tests.war import make_war, more_of_everything, say


@pytest.fixture
def war(db: None) -> Conflict:
    return make_war()


def at(war: Conflict, day: str) -> datetime:
    return close_of(datetime.fromisoformat(day).date(), war.zone)


def last(war: Conflict, place: str, day: str, **more: Any) -> str | None:
    """The day of the last confirmation."""
    there = Place.objects.select_related("conflict").get(conflict=war, slug=place)
    found = confirmed(war, at(war, day), places=[there.pk], **more).get(there.pk)
    everywhere = confirmed(war, at(war, day), **more).get(there.pk)
    said = said_about(there, more.get("known_at"))
    assert found == everywhere == confirmed_of(there, said, at(war, day), **more)
    return map_day(found.confirmed, war.zone).isoformat() if found else None


def test_holds_by_the_same_holder_confirms_and_opens_no_span(war: Conflict) -> None:
    spans = list(Span.objects.order_by("pk").values_list("pk", "valid", "known"))
    assert last(war, "west", "2018-03-01") == "2014-01-14"
    say(war, "again", "2018-02-01", "is", "holds", "west")
    assert list(Span.objects.order_by("pk").values_list("pk", "valid", "known")) == spans
    assert last(war, "west", "2018-01-31") == "2014-01-14"
    assert last(war, "west", "2018-03-01") == "2018-02-01"
    standing = ledger.standings(war, at(war, "2018-03-01"))["west"]
    assert standing.since == at(war, "2014-01-14")


@pytest.mark.parametrize(
    ("verb", "actor", "other", "day"),
    [
        ("captured", "is", None, "2018-02-01"),
        ("retook", "is", None, "2018-02-01"),
        ("holds", "is", None, "2018-02-01"),
        ("withdrew", "sdf", "is", "2018-02-01"),
        ("handed_over", "sdf", "is", "2018-02-01"),
        ("entered", "sdf", None, "2014-01-14"),
        ("besieged", "sdf", None, "2014-01-14"),
        ("clash", "is", None, "2014-01-14"),
        ("repelled", "is", None, "2014-01-14"),
    ],
)
def test_which_statements_confirm_a_holder(
    war: Conflict, verb: str, actor: str, other: str | None, day: str
) -> None:
    other_actor = Actor.objects.get(conflict=war, slug=other) if other else None
    say(war, "again", "2018-02-01", actor, verb, "west", other_actor=other_actor)
    assert last(war, "west", "2018-03-01") == day


def test_what_is_said_of_an_area_confirms_the_places_inside(war: Conflict) -> None:
    say(war, "again", "2018-02-01", "is", "holds", "province")
    assert last(war, "west", "2018-03-01") == "2018-02-01"
    say(war, "17", "2018-02-10", "is", "holds", "province", place_count=17)
    assert last(war, "west", "2018-03-01") == "2018-02-01"


def test_what_is_said_of_a_counted_part_of_a_town_is_said_of_the_town(war: Conflict) -> None:
    say(war, "17", "2018-02-10", "is", "holds", "city", place_count=17)
    assert last(war, "west", "2018-03-01") == "2018-02-10"
    say(war, "18", "2018-02-12", "is", "holds", "west", place_count=2)
    assert last(war, "west", "2018-03-01") == "2018-02-12"


def test_withdrawing_from_an_area_in_favour_of_a_holder_inside_confirms_nothing(
    war: Conflict,
) -> None:
    other = Actor.objects.get(conflict=war, slug="is")
    say(war, "out", "2018-02-01", "sdf", "withdrew", "province", other_actor=other)
    assert last(war, "west", "2018-03-01") == "2014-01-14"


def test_an_open_or_rejected_claim_confirms_nothing(war: Conflict) -> None:
    say(war, "a", "2018-02-01", "is", "holds", "west", ruling="open", ruling_reason="?")
    say(war, "b", "2018-02-02", "is", "holds", "west", ruling="rejected", ruling_reason="no")
    assert last(war, "west", "2018-03-01") == "2014-01-14"


def test_an_earlier_tenure_confirms_nothing(war: Conflict) -> None:
    say(war, "x", "2018-02-01", "sdf", "captured", "west")
    say(war, "y", "2018-03-01", "is", "captured", "west")
    assert last(war, "west", "2018-02-10") == "2018-02-01"
    assert last(war, "west", "2018-03-10") == "2018-03-01"


def test_of_two_holders_the_one_least_lately_confirmed_counts(war: Conflict) -> None:
    sdf, us = (Actor.objects.get(conflict=war, slug=slug) for slug in ("sdf", "is"))
    say(war, "x", "2018-02-01", "is", "shares", "west", other_actor=sdf)
    ActorFactory(conflict=war, slug="ypg")
    say(war, "y", "2018-02-20", "ypg", "withdrew", "west", other_actor=us)
    assert last(war, "west", "2018-03-01") == "2018-02-01"


def test_nobody_known_to_hold_it_is_confirmed_too(war: Conflict) -> None:
    say(war, "x", "2018-02-01", None, "unclear", "west")
    say(war, "y", "2018-04-01", None, "unclear", "west")
    assert last(war, "west", "2018-05-01") == "2018-04-01"


def test_as_it_was_known(war: Conflict) -> None:
    before = Change.objects.latest("pk").recorded_at
    say(war, "again", "2018-02-01", "is", "holds", "west")
    assert last(war, "west", "2018-03-01", known_at=before) == "2014-01-14"
    assert last(war, "west", "2018-03-01") == "2018-02-01"


def test_by_which_changes(war: Conflict) -> None:
    say(war, "again", "2018-02-01", "is", "holds", "province")
    say(war, "other", "2018-02-01", "sdf", "clash", "west")
    west = Place.objects.select_related("conflict").get(conflict=war, slug="west")
    held = confirmed(war, at(war, "2018-03-01"), places=[west.pk])[west.pk]
    assert [change.public_id for change in confirming(said_about(west), held)] == ["again"]


def test_the_most_urgent_first(war: Conflict) -> None:
    when = at(war, "2018-03-01")
    Place.objects.filter(slug="west").update(population=200_000, point=Point(30, 30, srid=4326))
    Place.objects.filter(slug="east").update(population=1_000, point=Point(31, 31, srid=4326))
    say(war, "v", "2014-01-14", "is", "holds", "village")
    rows = stale(war, when)
    found = {row.place.slug: row for row in rows}
    # the province has tracked places inside: it is shown by them
    assert set(found) == {"city", "west", "east", "village"}
    assert found["west"].days == (when - at(war, "2014-01-14")).days
    assert found["west"].score > found["village"].score > found["east"].score
    assert [row.score for row in rows] == sorted((row.score for row in rows), reverse=True)
    say(war, "again", "2018-02-28", "is", "holds", "west")
    # and so does the city, of which a quarter was seen in the hands of its holder
    assert {row.place.slug for row in stale(war, when)[-2:]} == {"west", "city"}


def test_fighting_nearby_weighs(war: Conflict) -> None:
    when = at(war, "2018-03-01")
    for slug, lon in (("near", 40.0), ("far", 41.0), ("spot", 40.2)):
        PlaceFactory(conflict=war, slug=slug, point=Point(lon, 35, srid=4326))
    say(war, "n", "2014-01-14", "is", "holds", "near", "far")
    say(war, "old", "2017-01-01", "sdf", "attack", "spot")
    say(war, "q", "2018-02-01", "is", "holds", "spot")
    assert fighting(war, when) == {}
    say(war, "new", "2018-02-02", "sdf", "attack", "spot")
    near, far, spot = (Place.objects.get(slug=slug).pk for slug in ("near", "far", "spot"))
    assert fighting(war, when) == {near: 1, spot: 1}
    urgency = {row.place.slug: row.score for row in stale(war, when)}
    assert urgency["near"] > urgency["far"]
    assert fighting(war, when, known_at=Change.objects.get(public_id="q").recorded_at) == {}


def test_the_formula() -> None:
    assert score(100, None, 0) == 100
    assert score(100, 99_990, 0) == pytest.approx(500)
    assert score(1, 0, 10) == pytest.approx(3.4, abs=0.01)


def test_queries_are_constant(war: Conflict) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert stale(war, at(war, "2018-03-01"))
        return len(captured)

    before = cost()
    more_of_everything(war)
    assert cost() == before <= 7
