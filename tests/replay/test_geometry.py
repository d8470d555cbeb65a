"""The file of shapes: every ring comes back, whatever it shares with others, and a shared border is stored once."""

from itertools import pairwise

import pytest
from django.contrib.gis.geos import GEOSGeometry, MultiPolygon, Polygon
from hypothesis import given
from hypothesis import strategies as st

from events.models import Conflict, Orientation
from events.replay.columns import pack
from events.replay.geometry import geometry_files
from events.replay.places import SCALE, places_of
from events.replay.shapes import AREA, TOWN, parts, rings
from events.replay.topology import Coder, Ring, clean
from tests.factories import PlaceFactory
from tests.golden.world import make_world, timeline
from tests.replay import reader


def coded(shapes: list[list[Ring]]) -> bytes:
    """A geometry file of these shapes alone."""
    coder = Coder([ring for shape in shapes for ring in shape])
    for shape in shapes:
        for ring in shape:
            coder.ring(ring)
    head = {"kind": "geometry", "scale": SCALE, "features": [], "attribution": ""}
    columns = [
        ("role", "b", [TOWN] * len(shapes)),
        ("of", "z", [0] + [1] * (len(shapes) - 1)),
        ("rings", "u", [len(shape) for shape in shapes]),
        *((n, "u", coder.columns[n]) for n in ("start", "forward", "step", "points")),
        *((n, "z", coder.columns[n]) for n in ("sx", "sy", "dx", "dy")),
        *((n, "u", list[int]()) for n in ("line_of", "line_points", "line_dx", "line_dy")),
    ]
    return pack(head, columns)


def edges(ring: Ring) -> set[frozenset[tuple[int, int]]]:
    """A ring whatever its start and direction."""
    return {frozenset(pair) for pair in pairwise([*ring, ring[0]])}


def comes_back(shapes: list[list[Ring]]) -> None:
    found = [shape for _, _, shape in reader.geometry(coded(shapes))]
    assert [[edges(ring) for ring in s] for s in found] == [[edges(r) for r in s] for s in shapes]


SQUARES = [
    [[(x, y), (x + 10, y), (x + 10, y + 10), (x, y + 10)]] for y in (0, 10, 20) for x in (0, 10, 20)
]


def test_squares_beside_each_other_come_back() -> None:
    comes_back(SQUARES)


def test_a_shared_border_is_stored_once() -> None:
    columns = reader.read(coded(SQUARES)).columns
    # 16 corners; all but the first of them are walked to once, and four more that close a chain
    assert len(columns["dx"]) + len(columns["sx"]) <= 20


def test_a_ring_inside_another_and_one_that_repeats_it_come_back() -> None:
    outer = [(0, 0), (90, 0), (90, 90), (0, 90)]
    hole = [(20, 20), (20, 60), (60, 60), (60, 20)]
    comes_back([[outer, hole], [hole[::-1]], [outer]])


def test_where_a_ring_touches_itself_it_is_parted() -> None:
    eight = [(0, 0), (10, 10), (20, 0), (20, 20), (10, 10), (0, 20)]
    assert sorted(map(sorted, clean(eight))) == [
        [(0, 0), (0, 20), (10, 10)],
        [(10, 10), (20, 0), (20, 20)],
    ]
    assert clean([(0, 0), (5, 5), (0, 0), (5, 5)]) == []
    assert clean([(0, 0), (0, 0), (4, 0), (4, 0), (4, 4)]) == [[(0, 0), (4, 0), (4, 4)]]


@st.composite
def grids(draw: st.DrawFn) -> list[list[Ring]]:
    """Cells of a grid with moved corners, some merged into one, in any order and direction."""
    size = draw(st.integers(1, 4))
    move = st.integers(-3, 3)
    corner = {
        (i, j): (i * 10 + draw(move), j * 10 + draw(move))
        for i in range(size + 1)
        for j in range(size + 1)
    }
    cells = []
    for i in range(size):
        for j in range(size):
            ring = [corner[i, j], corner[i + 1, j], corner[i + 1, j + 1], corner[i, j + 1]]
            ring = ring[::-1] if draw(st.booleans()) else ring
            turn = draw(st.integers(0, 3))
            cells.append([ring[turn:] + ring[:turn]])
    outer = [(-50, -50), (90, -50), (90, 90), (-50, 90)]
    return draw(
        st.permutations([*cells, [outer], *draw(st.lists(st.sampled_from(cells), max_size=2))])
    )


@given(grids())
def test_any_cells_come_back(shapes: list[list[Ring]]) -> None:
    comes_back(shapes)


def test_shapes_of_places_and_of_the_base_map(db: None) -> None:
    conflict: Conflict = make_world(timeline("raqqa"))
    square = Polygon(((38, 36), (39, 36), (39, 37), (38, 37), (38, 36)))
    town = PlaceFactory(conflict=conflict, kind="town", area=MultiPolygon(square, srid=4326))
    province = PlaceFactory(
        conflict=conflict, kind="province", area=MultiPolygon(square, srid=4326)
    )
    Orientation.objects.create(
        conflict=conflict, kind="river", name="Euphrates", shape="SRID=4326;LINESTRING(38 36,39 36)"
    )
    places = places_of(conflict)
    data, _ = geometry_files(conflict, places)
    of = {places[at].slug: (role, shape) for role, at, shape in reader.geometry(data)}
    ring = [(3_800_000, 3_600_000), (3_900_000, 3_600_000), (3_900_000, 3_700_000)]
    for place, role in ((town, AREA | TOWN), (province, AREA)):
        assert of[place.slug][0] == role
        assert set(ring) < set(of[place.slug][1][0])
    file = reader.read(data)
    assert file.head["features"][0]["name"] == "Euphrates"
    assert reader.summed(file.columns["line_dx"]) == [3_800_000, 3_900_000]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("POLYGON((0 0,1 0,1 1,0 0),(0.5 0.2,0.6 0.2,0.6 0.3,0.5 0.2))", 2),
        ("MULTIPOLYGON(((0 0,1 0,1 1,0 0)),((5 5,6 5,6 6,5 5)))", 2),
        ("MULTILINESTRING((0 0,1 1),(2 2,3 3,4 4))", 2),
        ("POLYGON((0 0,0 0.000001,0.000001 0,0 0))", 1),
    ],
)
def test_every_part_of_a_shape_is_read(text: str, count: int) -> None:
    assert len(parts(bytes(GEOSGeometry(text).wkb))) == count


def test_a_ring_too_small_to_draw_is_dropped() -> None:
    assert rings(bytes(GEOSGeometry("POLYGON((0 0,0 0.000001,0.000001 0,0 0))").wkb)) == []
