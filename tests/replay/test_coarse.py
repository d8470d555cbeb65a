"""Shapes for a first map: neighbours still share their border, and no corner is further off than is allowed."""

from collections import Counter
from itertools import pairwise
from math import hypot
from random import Random

import pytest
from django.contrib.gis.geos import MultiPolygon, Polygon
from hypothesis import example, given
from hypothesis import strategies as st

from events import replay
from events.models import Conflict
from events.replay import geometry
from events.replay.coarse import STEPS, TOLERANCE, coarsened, scale_for, simplified
from events.replay.places import SCALE
from events.replay.shapes import TOWN, Shape
from events.replay.topology import Ring
from tests.factories import PlaceFactory
from tests.golden.world import published, timeline
from tests.replay import reader
from tests.replay.test_build import stored


def cells(random: Random, size: int, inner: int) -> list[Shape]:
    """A grid of cells whose borders waver, each shared by the two that it parts."""
    apart = 10_000
    corner = {
        (i, j): (i * apart + random.randint(-2000, 2000), j * apart + random.randint(-2000, 2000))
        for i in range(size + 1)
        for j in range(size + 1)
    }

    def border(a: tuple[int, int], b: tuple[int, int]) -> Ring:
        key = (min(a, b), max(a, b))
        if key not in borders:
            (x, y), (to_x, to_y) = corner[key[0]], corner[key[1]]
            borders[key] = [
                (
                    x + (to_x - x) * n // inner + random.randint(-300, 300) * (n > 0),
                    y + (to_y - y) * n // inner + random.randint(-300, 300) * (n > 0),
                )
                for n in range(inner)
            ] + [(to_x, to_y)]
        return borders[key] if a < b else borders[key][::-1]

    borders: dict[tuple[tuple[int, int], tuple[int, int]], Ring] = {}
    shapes = []
    for at in range(size * size):
        i, j = divmod(at, size)
        around = [(i, j), (i + 1, j), (i + 1, j + 1), (i, j + 1), (i, j)]
        ring = [point for n in range(4) for point in border(around[n], around[n + 1])[:-1]]
        shapes.append(Shape(TOWN, at, [ring]))
    return shapes


def area(ring: Ring) -> float:
    return (
        sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, [*ring[1:], ring[0]], strict=True)) / 2
    )


@given(st.integers(0, 99), st.integers(2, 5), st.integers(1, 9), st.integers(300, 60_000))
def test_what_two_cells_share_they_go_on_sharing(
    seed: int, size: int, inner: int, scale: int
) -> None:
    found = coarsened(cells(Random(seed), size, inner), scale)
    edges = Counter(
        frozenset(pair)
        for shape in found
        for ring in shape.rings
        for pair in zip(ring, [*ring[1:], ring[0]], strict=True)
    )
    assert set(edges.values()) <= {1, 2}
    # those of the outer edge alone are there once; they enclose exactly what the cells fill
    once = Counter(corner for edge, times in edges.items() if times == 1 for corner in edge)
    assert all(times % 2 == 0 for times in once.values())


def test_a_coarse_cell_fills_what_the_fine_one_did() -> None:
    fine = cells(Random(5), 6, 8)
    scale = 500
    for before, after in zip(fine, coarsened(fine, scale), strict=True):
        assert (after.role, after.of) == (before.role, before.of)
        (ring,) = after.rings
        (whole,) = before.rings
        assert len(ring) < len(whole)
        assert area(ring) * (SCALE / scale) ** 2 == pytest.approx(area(whole), rel=0.1)


@given(st.lists(st.tuples(st.integers(-50, 50), st.integers(-50, 50)), min_size=2, max_size=40))
@example([(0, -1), (0, 2), (0, 0)])
def test_no_corner_left_out_is_further_from_the_line_than_allowed(line: Ring) -> None:
    kept = simplified(line)
    assert [kept[0], kept[-1]] == [line[0], line[-1]]
    for point in line:
        assert min(_off(point, a, b) for a, b in pairwise(kept)) <= TOLERANCE


def _off(point: tuple[int, int], a: tuple[int, int], b: tuple[int, int]) -> float:
    dx, dy = b[0] - a[0], b[1] - a[1]
    px, py = point[0] - a[0], point[1] - a[1]
    length = dx * dx + dy * dy
    along = max(0.0, min(1.0, (px * dx + py * dy) / length)) if length else 0.0
    return hypot(px - along * dx, py - along * dy) - 1e-9


def test_a_screen_that_shows_all_has_no_use_for_finer_steps() -> None:
    shapes = cells(Random(1), 8, 3)
    xs = [x for shape in shapes for ring in shape.rings for x, _ in ring]
    steps = (max(xs) - min(xs)) * scale_for(shapes) / SCALE
    assert STEPS * 0.7 < steps <= STEPS
    assert scale_for([]) == SCALE


def test_a_small_gazetteer_has_one_file_of_shapes(db: None) -> None:
    files = replay.build(published(timeline("raqqa"))).manifest["files"]
    assert files["coarse"] == files["geometry"]


def test_a_large_one_has_a_coarse_file_of_the_same_shapes(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    conflict: Conflict = published(timeline("raqqa"))
    for shape in cells(Random(2), 3, 9):
        ring = [(38 + x / SCALE * 9, 36 + y / SCALE * 9) for x, y in shape.rings[0]]
        area = MultiPolygon(Polygon([*ring, ring[0]]), srid=4326)
        PlaceFactory(conflict=conflict, kind="town", area=area)
    monkeypatch.setattr(geometry, "SMALL", 0)
    files = replay.build(conflict).manifest["files"]
    fine, coarse = (reader.geometry(stored(files[name])) for name in ("geometry", "coarse"))
    assert [shape[:2] for shape in coarse] == [shape[:2] for shape in fine]
    scale = reader.read(stored(files["coarse"])).head["scale"]
    assert scale < SCALE
    assert len(stored(files["coarse"])) < len(stored(files["geometry"]))
