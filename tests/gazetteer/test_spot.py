"""A place made on the spot: where it lies is found from the point, and nobody but the desk knows of it."""

from typing import Any

import pytest
from django.contrib.gis.geos import MultiPolygon, Point, Polygon
from django.core.exceptions import PermissionDenied

from events import gazetteer
from events.gazetteer import (
    BadPlace,
    Wanted,
    alike_near,
    index_of,
    make_place,
    parents_at,
    search_places,
)
from events.models import Conflict, Place, PlaceName
from tests.factories import ConflictFactory, MembershipFactory, PlaceFactory, UserFactory


def square(west: float, south: float, size: float) -> MultiPolygon:
    return MultiPolygon(Polygon.from_bbox((west, south, west + size, south + size)), srid=4326)


@pytest.fixture
def land(db: None) -> Conflict:
    """A country of ten degrees; a province of four with two districts of which only the chief towns are known;
    another with its outline alone; and a town with an outline.
    """
    land = ConflictFactory(bounds=Polygon.from_bbox((30, 30, 40, 40)))
    country = PlaceFactory(conflict=land, slug="country", kind="country", area=square(30, 30, 10))
    east = PlaceFactory(
        conflict=land, slug="east", kind="province", parent=country, area=square(32, 32, 4)
    )
    PlaceFactory(
        conflict=land, slug="west", kind="province", parent=country, area=square(37, 32, 2)
    )
    for slug, x, y in (("north", 33, 35.5), ("south", 33, 32.5)):
        PlaceFactory(
            conflict=land, slug=slug, kind="district", parent=east, point=Point(x, y, srid=4326)
        )
    south = Place.objects.get(slug="south")
    PlaceFactory(
        conflict=land, slug="city", name="The city", parent=south, area=square(34, 33, 0.2),
        point=Point(34.1, 33.1, srid=4326),
    )  # fmt: skip
    return land


@pytest.fixture
def editor(land: Conflict) -> Any:
    return MembershipFactory(conflict=land, role="editor", user=UserFactory(username="ed")).user


def slugs(land: Conflict, x: float, y: float, kind: str = "town") -> list[tuple[str, bool]]:
    return [(a.place.slug, a.surely) for a in parents_at(land, Point(x, y, srid=4326), kind)]


def test_it_lies_in_the_smallest_outline_that_holds_the_point(land: Conflict) -> None:
    assert slugs(land, 38, 33) == [("west", True), ("country", True)]


def test_of_an_area_whose_parts_have_no_outline_the_nearest_part_is_a_guess(land: Conflict) -> None:
    assert slugs(land, 33, 32.6) == [("south", False), ("east", False), ("country", False)]


def test_a_neighbourhood_lies_in_a_town_and_a_site_in_whatever_holds_it(land: Conflict) -> None:
    assert slugs(land, 34.1, 33.1, "neighbourhood") == [("city", True)]
    assert slugs(land, 34.1, 33.1, "site")[0] == ("city", True)
    assert slugs(land, 34.25, 33.1, "neighbourhood") == []
    Place.objects.filter(slug="city").update(area=None)
    assert slugs(land, 34.15, 33.1, "neighbourhood") == [("city", False)]


def test_outside_every_outline_it_lies_in_the_nearest_district(land: Conflict) -> None:
    Place.objects.filter(kind__in=["country", "province"]).update(area=None)
    assert slugs(land, 33, 33)[0] == ("south", False)
    assert slugs(land, 39.9, 39.9) == []


def test_it_is_made_hidden_with_its_names_and_who_made_it(land: Conflict, editor: Any) -> None:
    wanted = Wanted(" Tell  Foo ", "town", "تل فو", "٣٢٫٦", "33")
    place = make_place(land, wanted, by=editor)
    assert (place.name, place.slug, place.parent.slug) == ("Tell Foo", "tell-foo", "south")
    assert place.path == "country/east/south/tell-foo/"
    assert (place.hidden, place.made_by) == (True, editor)
    assert place.approximate
    names = PlaceName.every.filter(place=place).values_list("name", "language", "script")
    assert list(names) == [("Tell Foo", "en", "Latn"), ("تل فو", "ar", "Arab")]
    assert make_place(land, wanted, by=editor).slug == "tell-foo-2"


def test_only_who_asks_for_the_hidden_finds_it(land: Conflict, editor: Any) -> None:
    place = make_place(land, Wanted("Tell Foo", "town", "", "32.6", "33"), by=editor)
    assert not Place.objects.filter(pk=place.pk).exists()
    assert not PlaceName.objects.filter(place=place).exists()
    assert list(place.parent.inside.filter(slug="tell-foo")) == []
    assert search_places(land, "Tell Foo") == []
    assert search_places(land, "Tell Foo", hidden=True)[0].thing == place
    with pytest.raises(gazetteer.Unresolved):
        gazetteer.resolve_place(land, "Tell Foo")
    assert gazetteer.resolve_place(land, "Tell Foo", hidden=True) == place
    assert [thing.pk for thing in index_of(land).called("tell foo")] == [place.pk]


def test_a_near_place_whose_name_sounds_alike_is_found_first(land: Conflict, editor: Any) -> None:
    near = PlaceFactory(
        conflict=land, slug="mishlab", name="Mishlab", point=Point(33, 32.7, srid=4326)
    )
    PlaceFactory(conflict=land, slug="far", name="Mishlab", point=Point(38, 33, srid=4326))
    (found,) = alike_near(land, ["al-Meshleb", ""], Point(33, 32.6, srid=4326))
    assert found.place == near
    assert 11_000 < found.metres < 11_300
    mine = make_place(land, Wanted("Meshleb", "town", "", "32.65", "33"), by=editor)
    both = alike_near(land, ["Mishlab"], Point(33, 32.6, srid=4326))
    assert [row.place for row in both] == [mine, near]


@pytest.mark.parametrize(
    ("field", "changed"),
    [
        ("name", {"name": " "}),
        ("name", {"name": "*!"}),
        ("name", {"name": "a > b"}),
        ("name", {"name": "x" * 151}),
        ("arabic", {"arabic": "Foo"}),
        ("kind", {"kind": "province"}),
        ("lat", {"lat": ""}),
        ("lat", {"lat": "north"}),
        ("lat", {"lat": "nan"}),
        ("lon", {"lon": "181"}),
        ("lat", {"lat": "20"}),
        ("parent", {"parent": "Atlantis"}),
        ("parent", {"parent": "The city"}),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_made(
    land: Conflict, editor: Any, field: str, changed: dict[str, str]
) -> None:
    given = {"name": "Foo", "kind": "town", "arabic": "", "lat": "32.6", "lon": "33", **changed}
    before = Place.every.count()
    with pytest.raises(BadPlace) as bad:
        make_place(land, Wanted(**given), by=editor)
    assert set(bad.value.errors) == {field}
    assert Place.every.count() == before


def test_degrees_the_wrong_way_round_are_named_as_such(land: Conflict, editor: Any) -> None:
    land.bounds = Polygon.from_bbox((35, 32, 43, 34))
    with pytest.raises(BadPlace, match="wrong way round"):
        make_place(land, Wanted("Foo", "town", "", "38", "33"), by=editor)


def test_a_stranger_makes_none(land: Conflict) -> None:
    with pytest.raises(PermissionDenied):
        make_place(land, Wanted("Foo", "town", "", "32.6", "33"), by=UserFactory())


def test_a_place_that_became_public_gets_its_cell_from_its_neighbours(
    land: Conflict, editor: Any
) -> None:
    for slug, x in (("one", 33), ("two", 35)):
        PlaceFactory(
            conflict=land, slug=slug, parent=Place.objects.get(slug="south"),
            point=Point(x, 34, srid=4326),
        )  # fmt: skip
    gazetteer.compute_territory(land)
    place = make_place(land, Wanted("Foo", "town", "", "34", "34"), by=editor)
    assert gazetteer.complete_territories(land) == 0
    before = Place.objects.get(slug="one").territory.area
    Place.every.filter(pk=place.pk).update(hidden=False)
    assert gazetteer.complete_territories(land) == 1
    place.refresh_from_db()
    assert place.territory.contains(place.point)
    assert Place.objects.get(slug="one").territory.area < before
    assert gazetteer.complete_territories(land) == 0
