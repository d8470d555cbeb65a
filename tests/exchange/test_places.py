"""places.csv and shapes: parents in any order, areas that are sound, names in any script."""

import json
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from events import exchange, ledger
from events.models import Conflict, Place, PlaceName
from tests.factories import PlaceFactory
from tests.golden.world import new_changes

from .conftest import Bring

BOWTIE = "POLYGON((0 0, 2 2, 2 0, 0 2, 0 0))"


def test_parents_may_come_after_their_children(bring: Bring, conflict: Conflict) -> None:
    text = "slug,kind,parent,name_en,lat,lon\nquarter,neighbourhood,town,Quarter,36,38\ntown,town,north,Town,36,38\n"
    assert bring(exchange.import_places, text).created == 2
    assert Place.objects.get(slug="quarter").path == "north/town/quarter/"


def test_names_are_kept_with_language_and_script(bring: Bring, conflict: Conflict) -> None:
    bring(
        exchange.import_places,
        "slug,kind,name_en,name_ar,aliases\nraqqa,town,Raqqa,الرقة,Rakka|ar-Raqqah|رقة\n",
    )
    names = PlaceName.objects.filter(place__slug="raqqa").values_list(
        "name", "language", "script", "kind"
    )
    assert set(names) == {
        ("Raqqa", "en", "Latn", "official"),
        ("الرقة", "ar", "Arab", "official"),
        ("Rakka", "", "Latn", "alias"),
        ("ar-Raqqah", "", "Latn", "alias"),
        ("رقة", "ar", "Arab", "alias"),
    }


def test_the_same_file_twice_changes_nothing(bring: Bring, conflict: Conflict) -> None:
    text = f"slug,kind,name_en,lat,lon,area\nraqqa,town,Raqqa,36,39,{'POLYGON((0 0,0 1,1 1,1 0,0 0))'!r}\n".replace(
        "'", '"'
    )
    assert bring(exchange.import_places, text).created == 1
    again = bring(exchange.import_places, text)
    assert (again.created, again.updated, again.unchanged) == (0, 0, 1)


@pytest.mark.parametrize(
    ("row", "column", "says"),
    [
        ("x,village,,X,,,,", "kind", "one of"),
        ("x,town,nowhere,X,,,,", "parent", "not known"),
        ("x,town,x,X,,,,", "parent", "inside one another"),
        ("x,town,,,,,,", "name_en", "needs it"),
        ("x,,,X,,,,", "kind", "needs it"),
        ("x,town,,X,91,38,,", "lat", "between"),
        ("x,town,,X,36,,,", "lat", "belong together"),
        ("x,town,,X,nan,38,,", "lat", "between"),
        ("x,town,,X,36,38,many,", "population", "whole number"),
        ("x,town,,X,36,38,-4,", "population", "between"),
        (f'x,town,,X,,,,"{BOWTIE}"', "area", "Self-intersection"),
        ('x,town,,X,,,,"POINT(1 1)"', "area", "polygon"),
        ('x,town,,X,,,,"POLYGON((0 0"', "area", "WKT"),
        ('x,town,,X,,,,"POLYGON((0 0,0 200,200 200,0 0))"', "area", "outside the world"),
    ],
)
def test_a_bad_cell_is_named(
    bring: Bring, conflict: Conflict, row: str, column: str, says: str
) -> None:
    outcome = bring(
        exchange.import_places, f"slug,kind,parent,name_en,lat,lon,population,area\n{row}\n"
    )
    assert [(p.line, p.column) for p in outcome.problems] == [(2, column)]
    assert says in outcome.problems[0].reason
    assert not Place.objects.filter(slug="x").exists()


def test_places_inside_one_another_are_refused(bring: Bring, conflict: Conflict) -> None:
    text = "slug,kind,parent,name_en\na,town,b,A\nb,town,c,B\nc,town,a,C\n"
    assert "inside one another" in bring(exchange.import_places, text).problems[0].reason
    moved = bring(exchange.import_places, "slug,parent\nnorth,city\n")
    assert "inside one another" in moved.problems[0].reason


def test_a_place_that_moves_takes_its_places_along_and_is_folded_anew(
    bring: Bring, conflict: Conflict
) -> None:
    row = {"id": "t1", "date": "2014-01-14", "actor": "red", "verb": "holds", "places": ["north"]}
    ledger.publish(*new_changes(conflict, [row]), by=None)
    text = "slug,kind,parent,name_en\nsouth,province,,South\ncity,town,south,City\n"
    assert bring(exchange.import_places, text).problems == []
    assert Place.objects.get(slug="city").path == "south/city/"
    assert ledger.check(conflict) == []


def test_a_new_place_gets_what_was_said_of_the_area_round_it(
    bring: Bring, conflict: Conflict
) -> None:
    row = {"id": "t1", "date": "2014-01-14", "actor": "red", "verb": "holds", "places": ["north"]}
    ledger.publish(*new_changes(conflict, [row]), by=None)
    bring(exchange.import_places, "slug,kind,parent,name_en\nnewtown,town,north,Newtown\n")
    assert ledger.check(conflict) == []
    assert ledger.standings(conflict, timezone.now())["newtown"].holds == ("red",)


def feature(slug: str, ring: list[list[float]]) -> dict[str, object]:
    return {
        "type": "Feature",
        "properties": {"slug": slug, "shape_len": 3},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


SQUARE = [[38.0, 35.0], [39.0, 35.0], [39.0, 36.0], [38.0, 36.0], [38.0, 35.0]]


def test_geojson_gives_areas_to_places_that_are_there(bring: Bring, conflict: Conflict) -> None:
    shapes = json.dumps({"type": "FeatureCollection", "features": [feature("north", SQUARE)]})
    assert bring(exchange.import_geofile, shapes, name="areas.geojson").updated == 1
    assert Place.objects.get(slug="north").area.area == pytest.approx(1)


def test_an_area_that_crosses_itself_is_refused_by_feature(
    bring: Bring, conflict: Conflict
) -> None:
    bowtie = [[0.0, 0.0], [2.0, 2.0], [2.0, 0.0], [0.0, 2.0], [0.0, 0.0]]
    shapes = {
        "type": "FeatureCollection",
        "features": [feature("city", SQUARE), feature("north", bowtie)],
    }
    outcome = bring(exchange.import_geofile, json.dumps(shapes), name="areas.geojson")
    assert [(p.line, p.column, p.value) for p in outcome.problems] == [(2, "geometry", "north")]
    assert Place.objects.get(slug="city").area is None


@pytest.mark.parametrize(
    "text", ["", "[]", "{", '{"features": 3}', '{"features": [3]}', "[" * 2000]
)
def test_what_is_no_geojson_is_refused(bring: Bring, conflict: Conflict, text: str) -> None:
    assert bring(exchange.import_geofile, text, name="areas.geojson").problems


def zipped(files: dict[str, bytes]) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def test_a_zip_never_writes_outside_its_folder(
    bring: Bring, conflict: Conflict, tmp_path: Path
) -> None:
    archive = zipped({"../../evil.shp": b"x", "/etc/evil.shp": b"x", "readme.txt": b"x"})
    outcome = bring(exchange.import_geofile, archive, name="areas.zip")
    assert "cannot be read" in outcome.problems[0].reason
    assert not list(tmp_path.parent.rglob("evil.shp"))


@pytest.mark.parametrize(
    "content",
    [b"", b"PK", zipped({}), zipped({"a.txt": b"x"})],
    # a zip has the time in it: as a name, it would differ from one test process to the next
    ids=["empty", "two letters", "no file", "another file"],
)
def test_a_zip_without_a_shapefile_is_refused(
    bring: Bring, conflict: Conflict, content: bytes
) -> None:
    assert bring(exchange.import_geofile, content, name="areas.zip").problems


def test_an_archive_of_too_many_files_is_refused(bring: Bring, conflict: Conflict) -> None:
    archive = zipped({f"{n}.shp": b"" for n in range(201)})
    assert (
        "too many" in bring(exchange.import_geofile, archive, name="areas.zip").problems[0].reason
    )


def test_a_shapefile_in_another_projection_is_brought_to_degrees(
    bring: Bring, conflict: Conflict, tmp_path: Path
) -> None:
    import subprocess

    source = tmp_path / "north.geojson"
    source.write_text(
        json.dumps({"type": "FeatureCollection", "features": [feature("north", SQUARE)]})
    )
    target = tmp_path / "north.shp"
    subprocess.run(["ogr2ogr", "-t_srs", "EPSG:32637", str(target), str(source)], check=True)
    parts = {
        path.name: path.read_bytes()
        for path in tmp_path.glob("north.*")
        if path.suffix != ".geojson"
    }
    assert bring(exchange.import_geofile, zipped(parts), name="north.zip").updated == 1
    assert Place.objects.get(slug="north").area.extent == pytest.approx((38, 35, 39, 36), abs=0.02)


def test_a_new_place_may_come_between_one_that_is_there_and_its_parent(
    bring: Bring, conflict: Conflict
) -> None:
    PlaceFactory(
        conflict=conflict,
        slug="old-town",
        kind="neighbourhood",
        parent=Place.objects.get(slug="city"),
    )
    text = "slug,kind,parent,name_en\ncity,,district,\ndistrict,district,north,District\n"
    outcome = bring(exchange.import_places, text)
    assert (outcome.created, outcome.updated, outcome.problems) == (1, 1, [])
    paths = Place.objects.order_by("path").values_list("path", "depth")
    assert list(paths) == [
        ("north/", 0),
        ("north/district/", 1),
        ("north/district/city/", 2),
        ("north/district/city/old-town/", 3),
    ]


def test_statements_do_not_grow_with_the_places(
    bring: Bring, conflict: Conflict, django_assert_max_num_queries: Any
) -> None:
    rows = "".join(f"t{n},town,north,Town {n},Old {n}\n" for n in range(40))
    for _again in range(2):
        with django_assert_max_num_queries(25):
            bring(exchange.import_places, "slug,kind,parent,name_en,aliases\n" + rows)
    assert Place.objects.filter(slug__startswith="t", names__name__startswith="Old").count() == 40


def test_a_chain_of_parents_has_an_end(bring: Bring, conflict: Conflict) -> None:
    rows = "".join(f"t{n},site,t{n + 1},T\n" for n in range(60)) + "t60,site,,T\n"
    problems = bring(exchange.import_places, "slug,kind,parent,name_en\n" + rows).problems
    assert {problem.column for problem in problems} == {"parent"}
    assert not Place.objects.filter(slug="t60").exists()
