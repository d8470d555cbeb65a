"""Composition weighed by population or area, as now or as known."""

import pytest
from django.contrib.gis.geos import MultiPolygon, Polygon

from events.chronology.weights import Share
from events.ledger.asked import moment
from events.ledger.weighed import weighed
from events.models import Conflict, Place
from tests.war import make_war, say


@pytest.fixture
def war(db: None) -> Conflict:
    """SDF holds East since 1 July 2017; IS the city and West."""
    war = make_war()
    say(war, "c4", "2017-07-01", "sdf", "captured", "east")
    return war


def weigh(war: Conflict, slug: str, day: str = "2017-07-02") -> object:
    place = Place.objects.select_related("conflict").get(conflict=war, slug=slug)
    return weighed(place, moment(war, day, "at").instant)


def test_by_population_where_every_part_has_it(war: Conflict) -> None:
    assert weigh(war, "city") is None
    Place.objects.filter(slug="east").update(population=19)
    assert weigh(war, "city") is None
    Place.objects.filter(slug="west").update(population=81)
    found = weigh(war, "city")
    assert (found.by, found.shares) == (  # type: ignore[attr-defined]
        "population",
        [Share(("is",), 81, 0.81), Share(("sdf",), 19, 0.19)],
    )
    assert [s.share for s in weigh(war, "city", "2017-06-01").shares] == [1]  # type: ignore[attr-defined]


def test_the_rest_of_a_town_has_what_its_quarters_leave(war: Conflict) -> None:
    say(war, "c5", "2017-07-01", "sdf", "captured", "west")
    Place.objects.filter(slug__in=["east", "west"]).update(population=100)
    assert weigh(war, "city") is None
    Place.objects.filter(slug="city").update(population=500)
    found = weigh(war, "city")
    assert found.shares == [Share(("is",), 300, 0.6), Share(("sdf",), 200, 0.4)]  # type: ignore[attr-defined]


def test_by_area_where_every_part_has_one(war: Conflict) -> None:
    for slug, width in (("east", 0.1), ("west", 0.3)):
        area = MultiPolygon(Polygon.from_bbox((36, 35, 36 + width, 35.1)), srid=4326)
        Place.objects.filter(slug=slug).update(area=area)
    found = weigh(war, "city")
    assert found.by == "area"  # type: ignore[attr-defined]
    first, second = found.shares  # type: ignore[attr-defined]
    assert (first.holds, round(first.share, 3)) == (("is",), 0.75)
    # a tenth of a degree each way, at 35 degrees north
    assert second.amount == pytest.approx(101, abs=1)


def test_what_has_nothing_inside_is_not_weighed(war: Conflict) -> None:
    Place.objects.update(population=100)
    assert weigh(war, "east") is None
