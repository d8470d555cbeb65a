"""Publishers at once: of one place they wait, of different places they do not; nothing is lost or said twice."""

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import chain, pairwise
from typing import Any

import pytest
from django.db import connection

from events import ledger
from events.models import Change, Conflict, Place, Span
from tests.factories import PlaceFactory
from tests.golden.world import make_world, new_changes
from tests.ledger.racing import PATIENCE, race, waits_for
from tests.ledger.test_publish import WORLD, row

pytestmark = pytest.mark.django_db(transaction=True)
VERBS = ("captured", "withdrew", "entered", "besieged", "unclear", "absent", "repelled")


@pytest.fixture
def conflict(transactional_db: None) -> Conflict:
    return make_world(WORLD)


def saying(conflict: Conflict, *args: Any, key: str | None = None) -> Callable[[], Change]:
    (new,) = new_changes(conflict, [row(*args)])
    new.public_id, new.idempotency_key = None, key
    return lambda: ledger.publish(new, by=None)


@pytest.mark.parametrize(
    ("one", "other"), [("east", "east"), ("city", "east"), ("east", "province")]
)
def test_publishers_of_one_place_are_serialised(conflict: Conflict, one: str, other: str) -> None:
    with race() as racing:
        first, told, _ = racing.open(saying(conflict, 1, "2014-01-14", "is", "captured", one))
        second, answer = racing.start(saying(conflict, 2, "2014-01-15", "sdf", "captured", other))
        assert waits_for(second, first)
        racing.commit()
        assert answer.result(PATIENCE).recorded_at > told.recorded_at
    assert ledger.check(conflict) == []
    assert (
        Span.objects.filter(place__slug="east").known().get(valid__endswith=None).actor.slug
        == "sdf"
    )


def test_publishers_of_different_places_do_not_wait(conflict: Conflict) -> None:
    with race() as racing:
        _, _, open_still = racing.open(saying(conflict, 1, "2014-01-14", "is", "captured", "city"))
        _, answer = racing.start(saying(conflict, 2, "2014-01-15", "sdf", "captured", "village"))
        assert answer.result(PATIENCE).pk
        assert not open_still.done()
        assert [c.actor.slug for c in Change.objects.all()] == ["sdf"]
    assert ledger.check(conflict) == []


@pytest.mark.parametrize(("one", "other"), [("city", "city"), ("city", "village")])
def test_one_key_from_two_connections_is_one_change_for_both(
    conflict: Conflict, one: str, other: str
) -> None:
    with race() as racing:
        first, told, _ = racing.open(
            saying(conflict, 1, "2014-01-14", "is", "captured", one, key="once")
        )
        second, answer = racing.start(
            saying(conflict, 1, "2014-01-14", "is", "captured", other, key="once")
        )
        assert waits_for(second, first)
        racing.commit()
        assert answer.result(PATIENCE) == told
    assert Change.objects.count() == 1
    assert ledger.check(conflict) == []


def test_one_change_is_corrected_once_however_many_try(conflict: Conflict) -> None:
    wrong = saying(conflict, 1, "2014-01-14", "is", "captured", "east")()
    (new,) = new_changes(conflict, [row(2, "2014-01-15", "is", "captured", "west")])
    with race() as racing:
        first, _, _ = racing.open(lambda: ledger.correct(wrong, new, reason="it was west", by=None))
        second, answer = racing.start(
            lambda: ledger.retract(wrong, reason="nobody says so", by=None)
        )
        assert waits_for(second, first)
        racing.commit()
        with pytest.raises(ledger.Refused) as refused:
            answer.result(PATIENCE)
    assert set(refused.value.errors) == {"change"}
    assert Change.objects.count() == 2
    assert ledger.check(conflict) == []


def test_many_publishers_of_overlapping_places_end_without_deadlock_or_loss(
    conflict: Conflict,
) -> None:
    chance = random.Random(20170630)
    places = list(Place.objects.values_list("slug", flat=True))
    rows = []
    for number in range(48):
        actor, day = chance.choice(["is", "sdf", "government"]), chance.randrange(1, 28)
        named = chance.sample(places, chance.choice([1, 1, 2]))
        rows.append(row(number, f"2016-02-{day:02d}", actor, chance.choice(VERBS), *named))
    news = new_changes(conflict, rows)

    def publisher(mine: list[ledger.NewChange]) -> list[int]:
        try:
            return [ledger.publish(new, by=None).pk for new in mine]
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        published = list(chain(*pool.map(publisher, [news[at::8] for at in range(8)])))
    assert len(set(published)) == 48
    assert sorted(Change.objects.values_list("pk", flat=True)) == sorted(published)
    assert ledger.check(conflict) == []
    assert_known_in_order(conflict)


def assert_known_in_order(conflict: Conflict) -> None:
    """Of each place, what is entered later is known later, and no Span is closed before it was opened."""
    for place in Place.objects.filter(conflict=conflict):
        opened = Span.objects.filter(place=place).order_by("pk").values_list("known", flat=True)
        lowers = [known.lower for known in opened]
        assert all(one <= two for one, two in pairwise(lowers))
        named = Change.objects.filter(places=place).order_by("pk")
        instants = list(named.values_list("recorded_at", flat=True))
        assert all(one < two for one, two in pairwise(instants)), place


@pytest.mark.parametrize("first", ["the area", "the place"])
def test_a_place_that_becomes_public_and_a_change_about_its_area_see_each_other(
    conflict: Conflict, first: str
) -> None:
    """Published at once, in either order: what is said of the area reaches the place."""
    province = Place.objects.get(slug="province")
    spot = PlaceFactory(conflict=conflict, slug="spot", parent=province)
    area = saying(conflict, 1, "2014-01-14", "is", "holds", "province")
    Place.every.filter(pk=spot.pk).update(hidden=True)
    (new,) = new_changes(conflict, [row(2, "2014-01-15", "sdf", "attack", "province")])
    spot.hidden = True
    new.places, new.public_id = [spot], None

    def place() -> Change:
        return ledger.publish(new, by=None)

    one, other = (area, place) if first == "the area" else (place, area)
    with race() as racing:
        holding, _, _ = racing.open(one)
        waiting, answer = racing.start(other)
        assert waits_for(waiting, holding)
        racing.commit()
        assert answer.result(PATIENCE).pk
    assert ledger.check(conflict) == []
    assert Span.objects.get(place=spot, role="holds").actor.slug == "is"
