"""Whatever is answered with `known_at`, is answered so for ever: also when the gazetteer or a source is altered."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.gis.geos import Point
from django.test import Client

from events.ledger.known import database_now
from events.models import Conflict, Place, PlaceName, Report, Source
from tests.factories import PlaceFactory
from tests.war import more_of_everything, say

ASKED = (
    "/standing?at=2017-06-30",
    "/standing?at=2017-06-30&format=geojson",
    "/standing?at=2017-06-30&format=csv",
    "/standing?at=2017-06-30&place=city",
    "/standing?at=2017-06-30&kind=neighbourhood",
    "/standing?at=2017-06-30&bbox=30,30,50,50&confirmed=true",
    "/changes?place=city",
    "/changes?",
    "/corrections?",
    "/places/east/history?",
    "/places/city/history?",
    "/compare?from=2014-01-01&to=2017-06-30",
    "/stale?at=2017-06-30",
)


def answers(client: Client, known_at: str) -> dict[str, bytes]:
    found = {}
    for asked in ASKED:
        address = f"/api/v1/conflicts/war{asked}&known_at={known_at}"
        response = client.get(address)
        assert response.status_code == 200, (address, response.content)
        found[asked] = response.content
    return found


def alter(**values: Any) -> Callable[[], object]:
    def work() -> None:
        place = Place.objects.get(slug="east")
        for name, value in values.items():
            setattr(place, name, value)
        place.save()

    return work


def move() -> None:
    east = Place.objects.get(slug="east")
    east.parent = Place.objects.get(slug="province")
    east.save()


ALTERATIONS: dict[str, Callable[[], object]] = {
    "a place is added": lambda: PlaceFactory(
        conflict=Conflict.objects.get(slug="war"),
        slug="new",
        kind="neighbourhood",
        parent=Place.objects.get(slug="city"),
    ),
    "a place is renamed": alter(name="East End"),
    "a place is of another kind": alter(kind="town"),
    "a place lies elsewhere": alter(point=Point(10, 10, srid=4326)),
    "a place has other inhabitants": alter(population=77),
    "a place is moved in the tree": move,
    "a place of which nothing is said is taken back": lambda: Place.objects.get(
        slug="idle"
    ).delete(),
    "a name is added": lambda: PlaceName.objects.create(
        place=Place.objects.get(slug="east"), name="Sharq", folded="sharq"
    ),
    "a name is taken back": lambda: PlaceName.objects.filter(place__slug="city").first().delete(),  # type: ignore[union-attr]
    "a source is renamed and graded anew": lambda: Source.objects.filter(slug="monitor").update(
        name="Another name", reliability="E", kind="other"
    ),
    "a report gains its words": lambda: Report.objects.update(quote="in other words", title="T"),
}


@pytest.mark.parametrize("what", ALTERATIONS)
def test_what_was_answered_stays(client: Client, war: Conflict, what: str) -> None:
    PlaceFactory(conflict=war, slug="idle", parent=Place.objects.get(slug="province"))
    more_of_everything(war, 2)
    known = database_now().isoformat().replace("+", "%2B")
    before = answers(client, known)
    ALTERATIONS[what]()
    say(war, "later", "2017-07-02", "sdf", "captured", "west")
    after = answers(client, known)
    for asked in ASKED:
        assert after[asked] == before[asked], asked
    now = answers(client, database_now().isoformat().replace("+", "%2B"))
    assert now != before


def test_a_place_of_later_has_no_page_then(client: Client, war: Conflict) -> None:
    known = database_now().isoformat().replace("+", "%2B")
    PlaceFactory(conflict=war, slug="new")
    address = "/api/v1/conflicts/war/places/new/history"
    assert client.get(address).status_code == 200
    assert client.get(f"{address}?known_at={known}").status_code == 404
    assert (
        client.get(f"/api/v1/conflicts/war/standing?place=new&known_at={known}").status_code == 422
    )


def test_a_record_published_elsewhere_before_has_its_places(client: Client, db: None) -> None:
    """The operator dates its publication before its gazetteer was brought in here."""
    from datetime import timedelta

    from events import ledger
    from tests.golden.world import make_world, new_changes
    from tests.ledger.test_publish import WORLD, row

    conflict = make_world(WORLD, "elsewhere")
    then = database_now() - timedelta(days=30)
    (new,) = new_changes(conflict, [row(1, "2014-01-14", "is", "holds", "east")])
    ledger.publish(new, by=None, at=then)
    known = (then + timedelta(days=1)).isoformat().replace("+", "%2B")
    response = client.get(f"/api/v1/conflicts/elsewhere/standing?at=2014-02-01&known_at={known}")
    places = {row["place"]: row["state"] for row in response.json()["places"]}
    assert places == {"province": "held", "city": "held", "east": "held"}
