"""/<conflict>/map.svg: what is painted is what the API says, for everybody, in any language, and cheap to ask again."""

import math
import re
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.contrib.gis.geos import MultiPolygon, Point, Polygon
from django.test import Client

from events import replay
from events.looks.palette import css, palette
from events.looks.patterns import PERIOD
from events.models import Actor, Conflict, Orientation, Place
from tests.factories import PlaceFactory
from tests.golden.world import NAMES, published, timeline
from tests.war import NASTY, constant, more_of_everything, say

SVG = "{http://www.w3.org/2000/svg}"
NUMBER = re.compile(r"-?(?:\d+\.?\d*|\.\d+)")


def picture(client: Client, address: str) -> ET.Element:
    response = client.get(address)
    assert response.status_code == 200, response.content
    assert response.headers["Content-Type"] == "image/svg+xml; charset=utf-8"
    return ET.fromstring(response.content)


def rings(path: str) -> list[list[tuple[float, float]]]:
    """Of path data as we write it: an absolute start, then relative steps."""
    found = []
    for part in path.split("M")[1:]:
        if "a" in part:
            found.append(round_(part))
            continue
        start, _, rest = part.rstrip("z").partition("l")
        x, y = map(float, NUMBER.findall(start))
        ring = [(x, y)]
        steps = list(map(float, NUMBER.findall(rest)))
        for dx, dy in zip(steps[::2], steps[1::2], strict=True):
            x, y = x + dx, y + dy
            ring.append((x, y))
        found.append(ring)
    return found


def round_(part: str) -> list[tuple[float, float]]:
    """A circle of two halves, from its leftmost point."""
    x, y, radius = (float(n) for n in NUMBER.findall(part)[:3])
    turns = [n * math.pi / 20 for n in range(40)]
    return [(x + radius + radius * math.cos(t), y + radius * math.sin(t)) for t in turns]


def inside(path: str, x: float, y: float) -> bool:
    """By even-odd."""
    crossed = 0
    for ring in rings(path):
        for (x0, y0), (x1, y1) in zip(ring, [*ring[1:], ring[0]], strict=True):
            if (y0 > y) != (y1 > y) and x < (x1 - x0) * (y - y0) / (y1 - y0) + x0:
                crossed += 1
    return crossed % 2 == 1


class Painted:
    """A picture read back: whom each dot's fill, and what lies under it, shows."""

    def __init__(self, root: ET.Element, conflict: Conflict) -> None:
        colours = palette("light")
        actors = Actor.objects.filter(conflict=conflict)
        self.plain = {css(colours.actor(a.colour)): a.slug for a in actors}
        self.ground = {
            colours.on_paper(colours.actor(a.colour), strength): a.slug
            for a in actors
            for strength in ("fill", "hatch", "inferred")
        }
        self.patterns = {p.get("id"): p for p in root.iter(f"{SVG}pattern")}
        self.faces = {g.get("id"): g for g in root.iter(f"{SVG}g") if g.get("id")}
        self.dots = {u.get("data-place"): u for u in root.iter(f"{SVG}use") if u.get("data-place")}
        self.fills = [
            path for name in ("inferred", "evident") for path in self.faces[name].iter(f"{SVG}path")
        ]

    def dot(self, place: str) -> set[str]:
        """Whose colours are in the dot itself."""
        face = self.faces[str(self.dots[place].get("href"))[1:]]
        fills = {part.get("fill") for part in face.iter()}
        return {self.plain[fill] for fill in fills if fill in self.plain}

    def around(self, place: str) -> set[str] | None:
        """Whose colours are painted where the dot lies; None where nothing is."""
        x, y = (float(self.dots[place].get(name) or "") for name in ("x", "y"))
        found = None
        for path in self.fills:
            if inside(str(path.get("d")), x, y):
                found = self._of(str(path.get("fill"))[5:-1])
        return found

    def _of(self, pattern: str) -> set[str]:
        fills = [str(path.get("fill")) for path in self.patterns[pattern].iter(f"{SVG}path")]
        whose = {self.ground[fill] for fill in fills if fill in self.ground}
        for fill in fills:
            if fill.startswith("url(#"):
                whose |= self._of(fill[5:-1])
        return whose


def expected(row: dict[str, Any]) -> set[str]:
    """Who is in a dot by the API's standing."""
    if row["state"] == "unclear":
        return set()
    if row["state"] == "changing":
        return {*row["holds"], *row["to"]}
    if row["state"] == "divided":
        return {actor for share in row["counts"] for actor in share["holds"]}
    return set(row["holds"])


def rows_of(client: Client, conflict: Conflict, at: str) -> dict[str, dict[str, Any]]:
    answer = client.get(f"/api/v1/conflicts/{conflict.slug}/standing", {"at": at}).json()
    return {row["place"]: row for row in answer["places"]}


def test_towns_of_a_conflict_that_was_given_no_land_stand_in_no_sea(
    client: Client, db: None
) -> None:
    golden = timeline(NAMES[0])
    conflict = published(golden)
    colours = palette("light").colours
    address = f"/{conflict.slug}/map.svg?at={golden['start']}"
    fills = {path.get("fill") for path in picture(client, address).iter(f"{SVG}path")}
    assert colours["sea"] not in fills
    Orientation.objects.create(
        conflict=conflict,
        kind=Orientation.Kind.LAND,
        name="Land",
        own=True,
        shape=MultiPolygon(Polygon.from_bbox((-20, -20, 60, 60))),
    )
    replay.build(conflict)
    fills = {path.get("fill") for path in picture(client, address).iter(f"{SVG}path")}
    assert colours["sea"] in fills


@pytest.mark.parametrize("name", NAMES)
def test_dots_are_painted_as_the_api_says_on_every_golden_date(
    client: Client, db: None, name: str
) -> None:
    golden = timeline(name)
    conflict = published(golden)
    colours = [f"#{n * 37 % 256:02x}{n * 91 % 256:02x}{n * 151 % 256:02x}" for n in range(1, 40)]
    for actor, colour in zip(Actor.objects.filter(conflict=conflict), colours, strict=False):
        Actor.objects.filter(pk=actor.pk).update(colour=colour)
    towns = set(Place.objects.filter(conflict=conflict, kind="town").values_list("slug", flat=True))
    days = sorted(
        {row["date"] for row in golden["changes"] if re.fullmatch(r"[\d-]{10}", row["date"])}
    )
    assert days
    for day in days:
        painted = Painted(picture(client, f"/{conflict.slug}/map.svg?at={day}"), conflict)
        rows = rows_of(client, conflict, day)
        assert painted.dots.keys() <= towns
        assert len(painted.dots) == len(towns)
        for place in painted.dots:
            contests = set(rows[place]["contests"][:1])
            assert painted.dot(place) - contests == expected(rows[place]) - contests, (day, place)


def well_inside(conflict: Conflict) -> set[str]:
    """Towns that do not lie at, or over, the edge of their own territory, as border towns may."""
    found = set()
    for place in conflict.places.filter(kind="town", point__isnull=False):
        cell = place.area or place.territory
        if cell and cell.contains(place.point) and cell.boundary.distance(place.point) > 0.02:
            found.add(place.slug)
    return found


def test_areas_are_painted_as_the_api_says(client: Client, demo: Conflict) -> None:
    replay.build(demo)
    clear = well_inside(demo)
    seen: set[str] = set()
    for day in ("2014-12-01", "2017-06-30", "2024-12-09"):
        response = client.get(f"/syria/map.svg?at={day}", headers={"Accept-Encoding": ""})
        assert len(response.content) <= 300_000
        painted = Painted(ET.fromstring(response.content), demo)
        rows = rows_of(client, demo, day)
        assert len(painted.dots.keys() & clear) > 60
        for place in painted.dots.keys() & clear:
            row = rows[place]
            seen.add(row["state"])
            # what a town's quarters make of it is in its dot, and not in the country round it
            if row["counts"]:
                continue
            who = expected(row) | set(row["contests"][:1] if row["state"] == "contested" else ())
            around = painted.around(place)
            assert (around or set()) == who, (day, place, row["state"])
            assert (around is None) == (row["state"] == "no_data"), (day, place)
        counts = {
            actor: sum(
                row["holds"] == [actor] and row["state"] != "divided"
                for row in rows.values()
                if row["kind"] == "town"
            )
            for actor in ("is", "sdf", "government")
        }
        said = dict(re.findall(r'data-count="([-\w]+)">(\d+)', response.content.decode()))
        assert {actor: n for actor, n in counts.items() if n} == {
            actor: int(n) for actor, n in said.items() if actor in counts
        }
    assert {"held", "divided", "joint", "changing"} <= seen


def test_what_is_far_from_its_place_is_inferred(client: Client, war: Conflict) -> None:
    cell = Polygon.from_bbox((35.0, 32.0, 37.5, 34.0))
    cell.srid = 4326
    Place.objects.filter(slug="city").update(
        point=Point(36, 33, srid=4326), territory=MultiPolygon(cell, srid=4326), kind="town"
    )
    root = picture(client, "/war/map.svg?at=2016-01-01")
    painted = Painted(root, war)
    groups = {g.get("id"): g for g in root.iter(f"{SVG}g")}
    (whole,) = groups["inferred"].iter(f"{SVG}path")
    (near,) = groups["evident"].iter(f"{SVG}path")
    ((wide,), (circle,)) = rings(str(whole.get("d"))), rings(str(near.get("d")))
    assert len(wide) == 4
    x, y = (float(painted.dots["city"].get(name) or "") for name in ("x", "y"))
    # 10 km of the 278 km between two and a half degrees of latitude's worth of width
    pixels = (max(p[0] for p in wide) - min(p[0] for p in wide)) / 2.5
    reach = 10_000 / (111_319.5 * 0.8387) * pixels
    for px, py in circle:
        assert ((px - x) ** 2 + (py - y) ** 2) ** 0.5 == pytest.approx(reach, rel=0.05, abs=0.3)


def test_a_place_of_which_nothing_is_said_is_inferred_from_the_nearest_of_its_province(
    client: Client, war: Conflict
) -> None:
    """No hole before the first statement about a place; its dot, counts and standing stay without data."""
    Actor.objects.filter(slug="is").update(colour="#d55e00")
    Actor.objects.filter(slug="sdf").update(colour="#0072b2")
    province = Place.objects.get(conflict=war, slug="province")
    other = PlaceFactory(conflict=war, slug="other", name="Other", kind="province")
    PlaceFactory(conflict=war, slug="near", name="Near", parent=province)
    PlaceFactory(conflict=war, slug="nearest", name="Beyond the border", parent=other)
    PlaceFactory(conflict=war, slug="alone", name="Alone", parent=other)
    for slug, lon in (("city", 36.0), ("near", 36.4), ("village", 36.7), ("nearest", 36.9)):
        cell = Polygon.from_bbox((lon - 0.1, 32.9, lon + 0.1, 33.1))
        Place.objects.filter(slug=slug).update(
            point=Point(lon, 33, srid=4326), territory=MultiPolygon(cell, srid=4326)
        )
    say(war, "n1", "2017-06-20", "sdf", "captured", "near")

    def around(at: str) -> set[str] | None:
        return Painted(picture(client, f"/war/map.svg?at={at}"), war).around("village")

    assert around("2013-01-01") is None
    assert around("2016-01-01") == {"is"}
    assert around("2017-06-20") == {"sdf"}
    painted = Painted(root := picture(client, "/war/map.svg?at=2017-06-20"), war)
    assert painted.dot("village") == set()
    assert painted.around("nearest") is None
    (evident,) = (g for g in root.iter(f"{SVG}g") if g.get("id") == "evident")
    x, y = (float(painted.dots["village"].get(name) or "") for name in ("x", "y"))
    assert not any(inside(str(path.get("d")), x, y) for path in evident)
    assert rows_of(client, war, "2017-06-20")["village"]["state"] == "no_data"
    assert "3 without data" in "".join(root.itertext())
    say(war, "n2", "2017-06-21", "is", "holds", "village")
    assert around("2017-06-20") == {"sdf"}
    assert around("2017-06-21") == {"is"}


def test_a_front_of_what_is_inferred_is_faint(client: Client, war: Conflict) -> None:
    province = Place.objects.get(conflict=war, slug="province")
    PlaceFactory(conflict=war, slug="near", name="Near", parent=province)
    for slug, lon, west, east in (
        ("city", 36.0, 35.95, 36.06),
        ("village", 36.1, 36.06, 36.15),
        ("near", 36.22, 36.15, 36.3),
    ):
        cell = Polygon.from_bbox((west, 32.98, east, 33.02))
        Place.objects.filter(slug=slug).update(
            point=Point(lon, 33, srid=4326), territory=MultiPolygon(cell, srid=4326)
        )
    say(war, "n1", "2014-02-01", "sdf", "captured", "near")
    say(war, "n2", "2014-02-03", "is", "holds", "village")

    def fronts(at: str) -> tuple[bool, bool]:
        """Whether there are faint ones, and plain ones."""
        text = client.get(f"/war/map.svg?at={at}").content.decode()
        found = re.search(
            r'<path d="([^"]*)" stroke="[^"]*" stroke-opacity="\.42"[^>]*/><path d="([^"]*)"', text
        )
        assert found
        return bool(found[1]), bool(found[2])

    assert fronts("2014-01-31") == (False, False)
    assert fronts("2014-02-02") == (True, False)
    assert fronts("2014-02-03") == (False, True)


def test_a_reader_who_does_not_see_it_is_told(client: Client, war: Conflict) -> None:
    root = picture(client, "/war/map.svg?at=2016-01-01")
    assert root.get("role") == "img"
    title, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None
    assert description is not None
    assert root.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
    assert title.text == "The war, 1 January 2016"
    assert description.text == "Towns held: IS 1. 1 without data."
    (city,) = (u for u in root.iter(f"{SVG}use") if u.get("data-place") == "city")
    assert city[0].text == "The city: IS holds"


def test_what_was_published_later_is_not_in_it(client: Client, war: Conflict) -> None:
    Actor.objects.filter(slug="sdf").update(colour="#0072b2")
    before = war.changes.order_by("recorded_at").first().recorded_at.isoformat()  # type: ignore[union-attr]
    response = client.get("/war/map.svg", {"at": "2017-06-20", "known": before})
    now = picture(client, "/war/map.svg?at=2017-06-20")
    then = ET.fromstring(response.content)
    assert Painted(now, war).dot("city") == {"is", "sdf"}
    assert Painted(then, war).dot("city") == {"is"}
    assert "As published by" in "".join(then.itertext())


def test_it_speaks_the_language_that_is_asked_for(client: Client, war: Conflict) -> None:
    response = client.get("/war/map.svg?at=2016-01-01&lang=ar", headers={"Accept-Language": "en"})
    root = ET.fromstring(response.content)
    assert response.headers["Content-Language"] == root.get("lang") == "ar"
    text = "".join(root.itertext())
    assert "داعش" in text


def test_the_dark_one_has_the_dark_colours(client: Client, war: Conflict) -> None:
    light = client.get("/war/map.svg?at=2016-01-01").content.decode()
    dark = client.get("/war/map.svg?at=2016-01-01&scheme=dark").content.decode()
    assert palette("dark")["ownLand"] in dark
    assert palette("dark")["ownLand"] not in light


def test_nothing_in_it_can_run_or_be_asked_for(client: Client, war: Conflict) -> None:
    war.attribution = NASTY
    war.save()
    text = client.get("/war/map.svg?at=2017-06-20").content.decode()
    assert NASTY not in text
    assert "&lt;script&gt;" in text
    names = {element.tag.removeprefix(SVG) for element in ET.fromstring(text).iter()}
    assert names <= set("svg title desc defs clipPath pattern path g use circle text rect".split())
    assert not re.search(r"""(href="(?!#)|url\((?!#)|style=|\bon\w+=)""", text)


def test_who_has_it_is_told_so_without_a_drawing(client: Client, war: Conflict) -> None:
    first = client.get("/war/map.svg?at=2017-06-20")
    etag = first.headers["ETag"]
    again = client.get("/war/map.svg?at=2017-06-20", headers={"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")
    assert "max-age=60" in again.headers["Cache-Control"]
    for other in ("at=2017-06-21", "at=2017-06-20&scheme=dark", "at=2017-06-20&lang=ar"):
        assert client.get(f"/war/map.svg?{other}").headers["ETag"] != etag
    say(war, "new", "2017-06-19", "sdf", "captured", "west")
    assert client.get("/war/map.svg?at=2017-06-20").headers["ETag"] != etag
    Actor.objects.filter(slug="sdf").update(colour="#123456")
    last = client.get("/war/map.svg?at=2017-06-20", headers={"If-None-Match": etag})
    assert last.status_code == 200


@pytest.mark.parametrize(
    ("asked", "field"),
    [("at=2017-02-30", "at"), ("at=2999-01-01", "at"), ("known=soon", "known")]
    + [("scheme=pink", "scheme"), ("place=nowhere", "place")],
)
def test_what_cannot_be_meant_is_refused_by_name(
    client: Client, war: Conflict, asked: str, field: str
) -> None:
    response = client.get(f"/war/map.svg?{asked}")
    assert response.status_code == 400
    assert response.headers["Content-Type"].startswith("text/plain")
    assert response.content.decode().startswith(f"{field}: ")


def test_a_conflict_without_anything_has_a_picture(client: Client, db: None) -> None:
    Conflict.objects.create(slug="bare", title="Bare", start="2020-01-01", timezone="UTC")
    text = "".join(picture(client, "/bare/map.svg").itertext())
    assert "No town is known to be held by anybody." in text


def test_queries_are_constant(client: Client, war: Conflict) -> None:
    replay.build(war)
    before, after = constant(client, "/war/map.svg?at=2017-06-20", lambda: more_of_everything(war))
    assert before == after


def test_a_build_brings_the_ground_along_and_its_manifest_does_not_name_it(war: Conflict) -> None:
    build = replay.build(war)
    name = build.parts["ground"]
    assert name in build.parts["names"]
    assert "ground" not in str(build.manifest["files"])
    assert replay.build(war).parts["ground"] == name
    assert PERIOD == 24
