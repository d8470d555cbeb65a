"""Every boundary date of every golden timeline, as readers see it: what the element says, what the API says and what
the pixels at every place's point and in its territory show are what the fold says.
"""

import base64
import json
import math
from datetime import date
from functools import cache
from typing import Any

import pytest
from playwright.sync_api import Page

from events.chronology.dates import close_of
from events.chronology.standing import NO_DATA, Standing, standing_at
from events.chronology.tree import compose_tree
from events.looks.look import look_of
from events.looks.palette import NOBODY, palette, rgb
from tests.browser.conftest import open_map
from tests.browser.pixels import READ
from tests.browser.site import Site
from tests.golden.by_fold import FoldedTimeline
from tests.golden.test_timelines import boundaries
from tests.golden.world import NAMES, timeline

Colour = tuple[int, int, int]

# As an operator would have them: apart for every kind of eye, none of them like ink or paper.
COLOURS = ("#d55e00", "#0072b2", "#009e73")
# Begins with nothing said of some towns while something is of others.
WITHOUT_BASELINE = "raqqa"
INK = 70
ZOOM, LAT, LON = 11, 36.0, 38.5
COLUMNS, EAST, NORTH = 4, 0.1, 0.06
# CSS pixels: the square that is read round each point, and the radius of a dot by its kind (map/dots.js).
HALF = 14
# Beside the dot and its rings, in the place's own cell, as far across as a pattern repeats.
FILL_FROM, FILL_TO = 15, 32
RADIUS = {"town": 5.8, "neighbourhood": 3.6, "site": 4.6}
PUBLISH = """
import json
from django.contrib.gis.geos import MultiPolygon, Point, Polygon
from events.models import Actor, Conflict, Place
from tests.golden.world import published
conflict = published(json.loads('''GOLDEN'''), "SLUG")
for slug, colour in json.loads('''COLOURS''').items():
    Actor.objects.filter(conflict=conflict, slug=slug).update(colour=colour)
Conflict.objects.filter(pk=conflict.pk).update(
    evidence_radius_town=9_000, evidence_radius_neighbourhood=9_000)
for slug, (lat, lon, east, north) in json.loads('''POINTS''').items():
    cell = Polygon.from_bbox((lon - east / 2, lat - north / 2, lon + east / 2, lat + north / 2))
    place = Place.objects.filter(conflict=conflict, slug=slug)
    place.update(point=Point(lon, lat, srid=4326))
    place.exclude(kind="site").update(territory=MultiPolygon(cell, srid=4326))
"""
WITHOUT_RINGS = """() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(".change-ring {visibility: hidden}");
    document.querySelector("control-map").shadowRoot.adoptedStyleSheets.push(sheet);
}"""
# What is drawn on a day: each place's standing, and the pixels round each point. As JSON: Playwright takes a second to
# hand over as many values one by one.
STANDINGS = """async ([day, slugs]) => {
    const map = document.querySelector("control-map");
    await map.seek(day);
    return JSON.stringify(Object.fromEntries(slugs.map((slug) => [slug, map.standing(slug)])));
}"""
SQUARES = """async ([png, points, half, from, to]) => {
    const read = READ;
    const data = await read(png);
    const width = innerWidth;
    return JSON.stringify(points.map(([x, y]) => {
        const pixel = (dx, dy) => {
            const at = ((Math.round(y) + dy) * width + Math.round(x) + dx) * 4;
            return [data[at], data[at + 1], data[at + 2]];
        };
        const square = [];
        for (let dy = -half; dy <= half; dy += 1) for (let dx = -half; dx <= half; dx += 1) {
            square.push(pixel(dx, dy));
        }
        const beside = new Set();
        for (const down of [-1, 1]) for (const right of [-1, 1]) {
            for (let dy = from; dy <= to; dy += 1) for (let dx = from; dx <= to; dx += 1) {
                beside.add(pixel(dx * right, dy * down).join());
            }
        }
        return [square, [...beside]];
    }));
}""".replace("READ", READ)


def shown(golden: dict[str, Any]) -> list[tuple[str, str, float, float]]:
    """(slug, kind, lat, lon) of the places that have a dot, on a grid that keeps them apart."""
    kinds = [(p["slug"], p["kind"]) for p in golden["places"] if p["kind"] in RADIUS]
    rows = math.ceil(len(kinds) / COLUMNS)
    return [
        (
            slug,
            kind,
            LAT + (at // COLUMNS - (rows - 1) / 2) * NORTH,
            LON + (at % COLUMNS - (COLUMNS - 1) / 2) * EAST,
        )
        for at, (slug, kind) in enumerate(kinds)
    ]


def mercator(lat: float, lon: float) -> tuple[float, float]:
    scale = 256 * 2**ZOOM
    sine = math.sin(math.radians(lat))
    north = math.log((1 + sine) / (1 - sine)) / (4 * math.pi)
    return (lon / 360 + 0.5) * scale, (0.5 - north) * scale


@cache
def ring(least: float, most: float) -> list[tuple[int, int, int]]:
    """(which of a square's pixels, how far to the right of its middle, how far down), between two distances."""
    side = range(-HALF, HALF + 1)
    spots = enumerate((dx, dy) for dy in side for dx in side)
    return [(at, dx, dy) for at, (dx, dy) in spots if least <= math.hypot(dx, dy) <= most]


class Square:
    """The pixels round one place's point, row by row."""

    def __init__(self, pixels: list[Colour], radius: float, colours: dict[str, Colour]) -> None:
        self.pixels = pixels
        self.radius = radius
        self.colours = colours

    def within(self, least: float, most: float) -> list[tuple[int, int, Colour]]:
        return [(dx, dy, self.pixels[at]) for at, dx, dy in ring(least, most)]

    def actors(self, least: float, most: float, tolerance: int = 12) -> set[str]:
        """Whose colours are there."""
        there = {tuple(pixel) for *_, pixel in self.within(least, most)}
        return {
            actor
            for actor, colour in self.colours.items()
            for pixel in there
            if max(abs(a - b) for a, b in zip(pixel, colour, strict=True)) <= tolerance
        }

    def dark_quarters(self, least: float, most: float) -> int:
        """In how many of the four quarters there is ink: a name covers one or two, a ring is in all."""
        dark = [(dx > 0, dy > 0) for dx, dy, pixel in self.within(least, most) if max(pixel) < INK]
        return len(set(dark))


def wrong_with(square: Square, standing: dict[str, Any], inside: set[str]) -> str:
    """What the picture shows otherwise than the standing says, or "". `inside`: who holds a part of a divided place."""
    state, core = standing["state"], square.radius - 1.2
    holders = set(standing["holds"]) | (set(standing["to"]) if state == "changing" else set())
    holders |= inside if state == "divided" else set()
    seen = square.actors(0, core)
    if state in ("unclear", "no_data"):
        holders = set()
    if standing["disputed"]:
        # the question mark covers the middle
        seen |= holders & square.actors(0, core, tolerance=60)
    if seen != holders:
        return f"{sorted(seen)} where {sorted(holders)} hold"
    if state == "unclear" and not any(max(pixel) < INK for *_, pixel in square.within(0, core)):
        return "no question mark"
    if contests := standing["contests"]:
        ring = square.actors(square.radius + 1, square.radius + 3, tolerance=40)
        if not ring & set(contests):
            return f"no ring of {contests}"
    besieged = square.dark_quarters(square.radius + 4.1, square.radius + 5.5) == 4
    return "" if besieged == bool(standing["besieges"]) else f"siege drawn: {besieged}"


@cache
def tint(colour: Colour, strength: str) -> str:
    return ",".join(map(str, rgb(palette("light").on_paper(colour, strength))))


def fills(beside: list[str], colours: dict[str, Colour]) -> dict[str, set[str]]:
    """Whose tints there are beside a dot: as evidence, and as inference. In a fill nothing is smoothed."""
    tints = {"evidence": ("fill", "hatch"), "inference": ("inferred",)}
    return {
        kind: {
            actor
            for actor, colour in colours.items()
            if any(tint(colour, strength) in beside for strength in strengths)
        }
        for kind, strengths in tints.items()
    }


def painted_with(standing: Standing) -> set[str]:
    """Whose colours the fill of a cell with this standing has."""
    look = look_of(standing)
    if look is None:
        return set()
    bands = {str(actor) for actor, _share in look.bands if actor != NOBODY}
    return bands | ({str(look.hatch)} if look.hatch else set())


class Cells:
    """What each cell is to show on a day, by the fold and the rule, without the readers' files."""

    def __init__(self, folded: FoldedTimeline, points: dict[str, tuple[float, ...]]) -> None:
        self.folded = folded
        self.at = {slug: mercator(*spot[:2]) for slug, spot in points.items()}
        self.kinds = {slug: kind for slug, kind, _ in folded.places}
        self.parents = {slug: parent for slug, _, parent in folded.places}

    def on(self, day: date) -> tuple[dict[str, Standing], dict[str, Standing]]:
        """(what is said of each place itself, and with what is said of those inside it)."""
        instant = close_of(day, self.folded.zone)
        own = {slug: standing_at(spans, instant) for slug, spans in self.folded.spans.items()}
        return own, compose_tree(self.folded.places, own)

    def wrong(
        self,
        standings: tuple[dict[str, Standing], dict[str, Standing]],
        place: str,
        seen: dict[str, set[str]],
    ) -> str:
        own, composed = standings

        def said(slug: str) -> Standing:
            return composed[slug] if own[slug].state == NO_DATA else own[slug]

        if said(place).state != NO_DATA:
            expected = {"evidence": painted_with(said(place)), "inference": set()}
            return "" if seen == expected else f"{seen} where {expected} is evidence"
        ways = [
            {"evidence": set(), "inference": painted_with(said(slug))}
            for slug in self._neighbours(place, composed)
        ] or [{"evidence": set(), "inference": set()}]
        return "" if seen in ways else f"{seen} where one of {ways} is inferred"

    def _neighbours(self, place: str, composed: dict[str, Standing]) -> list[str]:
        """The nearest of which something is said, all that are equally near; of a quarter, else its town's."""
        kind = self.kinds[place]
        around = self._around(place)
        speaking = {
            slug: math.dist(self.at[place], self.at[slug])
            for slug in self.at
            if self.kinds[slug] == kind
            and self._around(slug) == around
            and composed[slug].state != NO_DATA
        }
        if speaking:
            return [slug for slug, far in speaking.items() if far < min(speaking.values()) + 0.01]
        if kind != "neighbourhood" or around is None:
            return []
        return [around] if composed[around].state != NO_DATA else self._neighbours(around, composed)

    def _around(self, place: str) -> str | None:
        wanted = "province" if self.kinds[place] == "town" else "town"
        at = self.parents[place]
        while at is not None and self.kinds[at] != wanted:
            at = self.parents[at]
        return at


@pytest.fixture
def viewport() -> dict[str, int]:
    """Room for the grid: what is small is read quickly."""
    return {"width": 640, "height": 420}


@pytest.mark.parametrize("name", NAMES)
def test_element_api_and_pixels_agree_at_every_boundary(page: Page, site: Site, name: str) -> None:
    golden = timeline(name)
    # its sources are those of the demo, which stays as it is
    golden = {k: v for k, v in golden.items() if k not in ("sources", "estimates", "expect")}
    golden["changes"] = [
        {k: v for k, v in row.items() if k not in ("cited", "headline")}
        for row in golden["changes"]
    ]
    slug = f"golden-{name}"
    colours = dict(zip(golden["actors"], COLOURS, strict=True))
    places = shown(golden)
    points = {place: (lat, lon, EAST, NORTH) for place, _, lat, lon in places}
    publish = PUBLISH.replace("GOLDEN", json.dumps(golden)).replace("SLUG", slug)
    publish = publish.replace("COLOURS", json.dumps(colours)).replace("POINTS", json.dumps(points))
    site.manage("shell", "-c", publish)
    site.manage("build_replay", slug)

    folded = FoldedTimeline(golden)
    # a day after the last one of the record is not on its map
    days = [day for day in boundaries(golden, folded) if day <= date.today()]
    # in a frame the map has no panels; what changed on the day has a ring, which is not the standing
    open_map(page, f"/{slug}/embed/?at={days[0]}#{ZOOM}/{LAT}/{LON}")
    page.evaluate(WITHOUT_RINGS)
    box = page.locator("control-map .map").bounding_box()
    assert box
    middle = mercator(LAT, LON)
    at = [
        [
            box["x"] + box["width"] / 2 + x - middle[0],
            box["y"] + box["height"] / 2 + y - middle[1],
        ]
        for x, y in (mercator(lat, lon) for _, _, lat, lon in places)
    ]
    colours_of = {actor: rgb(colour) for actor, colour in colours.items()}
    parents = {p["slug"]: p.get("parent") for p in golden["places"]}
    slugs = list(parents)
    cells = Cells(folded, points)
    wrong, states = [], set()
    inferred = 0
    for day in days:
        expected = folded.at(day)
        drawn = json.loads(page.evaluate(STANDINGS, [day.isoformat(), slugs]))
        standings = cells.on(day)
        for standing in drawn.values():
            for role in ("holds", "to", "contests", "besieges", "present"):
                standing[role] = sorted(standing[role])
        assert {s: d for s, d in drawn.items() if d["state"] != "no_data"} == expected, day
        answer = page.request.get(f"/api/v1/conflicts/{slug}/standing?at={day}").json()
        for said in answer["places"]:
            one = drawn[said["place"]]
            roles = ("state", "holds", "contests", "besieges", "present", "disputed")
            assert {k: said[k] for k in roles} == {k: one[k] for k in roles}, (day, said)
        png = base64.b64encode(page.screenshot()).decode()
        squares = json.loads(page.evaluate(SQUARES, [png, at, HALF, FILL_FROM, FILL_TO]))
        for (place, kind, *_), (pixels, beside) in zip(places, squares, strict=True):
            standing = drawn[place]
            states.add(standing["state"])
            holding = {h for s in slugs if parents[s] == place for h in drawn[s]["holds"]}
            square = Square(pixels, RADIUS[kind], colours_of)
            found = [wrong_with(square, standing, holding)]
            if kind != "site":
                seen = fills(beside, colours_of)
                found.append(cells.wrong(standings, place, seen))
                inferred += bool(seen["inference"])
            wrong += [(day.isoformat(), place, standing["state"], why) for why in found if why]
    assert wrong == []
    if name == WITHOUT_BASELINE:
        assert inferred > 0, "somewhere nothing is said of a place, and something of its neighbours"
    assert len(days) > 15
    assert len(states) >= 4, "a picture of few states shows little"
