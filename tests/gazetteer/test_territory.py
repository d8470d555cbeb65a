"""Thiessen cells: every point of a province belongs to its nearest town, and to one only."""

from django.contrib.gis.geos import MultiPolygon, Point, Polygon
from django.db import connection

from events.gazetteer import compute_territory
from events.models import Conflict, Place
from tests.factories import ConflictFactory, PlaceFactory

SQUARE = Polygon.from_bbox((38, 35, 40, 37))


def province_with(conflict: Conflict, *points: tuple[float, float]) -> list[Place]:
    province = PlaceFactory(
        conflict=conflict,
        kind="province",
        area=MultiPolygon(SQUARE, srid=4326),
        point=Point(39, 36, srid=4326),
    )
    return [
        PlaceFactory(conflict=conflict, parent=province, point=Point(*p, srid=4326)) for p in points
    ]


def area_of(place: Place) -> float:
    place.refresh_from_db()
    return place.territory.area if place.territory else 0.0


def test_cells_fill_the_province_without_overlap(db: None) -> None:
    conflict = ConflictFactory()
    towns = province_with(conflict, (38.3, 35.4), (39.1, 36.2), (39.7, 35.2), (38.6, 36.8))
    assert compute_territory(conflict) == 4
    assert abs(sum(map(area_of, towns)) - SQUARE.area) < 1e-3
    for town in towns:
        assert town.territory.contains(town.point)
        assert town.territory.valid


def test_each_point_goes_to_the_nearest_town(db: None) -> None:
    conflict = ConflictFactory()
    west, east = province_with(conflict, (38.5, 36), (39.5, 36))
    compute_territory(conflict)
    west.refresh_from_db()
    assert west.territory.contains(Point(38.9, 36.5, srid=4326))
    assert not west.territory.contains(Point(39.1, 36.5, srid=4326))


def test_a_town_alone_has_all_of_its_province(db: None) -> None:
    conflict = ConflictFactory()
    (town,) = province_with(conflict, (38.5, 36))
    compute_territory(conflict)
    assert abs(area_of(town) - SQUARE.area) < 1e-6


def test_quarters_divide_their_town_and_nothing_beyond_it(db: None) -> None:
    conflict = ConflictFactory()
    (town,) = province_with(conflict, (38.5, 36))
    quarters = [
        PlaceFactory(
            conflict=conflict,
            parent=town,
            kind="neighbourhood",
            point=Point(38.5 + n / 100, 36, srid=4326),
        )
        for n in range(3)
    ]
    compute_territory(conflict)
    for quarter in quarters:
        area_of(quarter)
        assert quarter.territory.contains(quarter.point)
        # about 600 m round the points: 0.007 degrees of longitude
        assert quarter.territory.extent[0] > 38.49
        assert quarter.territory.extent[2] < 38.53


def test_an_own_area_a_site_and_a_place_without_a_point_get_no_cell(db: None) -> None:
    conflict = ConflictFactory()
    (town,) = province_with(conflict, (38.5, 36))
    bare = PlaceFactory(conflict=conflict, parent=town.parent, point=None)
    site = PlaceFactory(
        conflict=conflict, parent=town, kind="site", point=Point(38.6, 36, srid=4326)
    )
    own = PlaceFactory(
        conflict=conflict, parent=town.parent, point=Point(39, 36.5, srid=4326),
        area=MultiPolygon(Polygon.from_bbox((38.9, 36.4, 39.1, 36.6)), srid=4326),
    )  # fmt: skip
    compute_territory(conflict)
    assert [area_of(place) for place in (bare, site, own)] == [0.0, 0.0, 0.0]


def test_two_towns_at_one_point_and_a_second_run_do_no_harm(db: None) -> None:
    conflict = ConflictFactory()
    towns = province_with(conflict, (38.5, 36), (38.5, 36), (39.5, 36))
    assert compute_territory(conflict) == compute_territory(conflict) == 2
    assert area_of(towns[0]) > 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM events_place WHERE NOT ST_IsValid(territory)")
        assert cursor.fetchone() == (0,)
