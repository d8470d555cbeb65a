"""The picture of the map: the same by either painter, and at every place's point the colour of who holds it."""

import base64
import csv
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import open_map, patient
from tests.browser.pixels import READ
from tests.browser.site import Site

SOFTWARE_GL = ["--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
WITH_RENDERER = """addEventListener("DOMContentLoaded", () =>
    document.querySelector("control-map")?.setAttribute("renderer", "%s"))"""
# The map has come to rest: its picture is of the view that it shows, at one pixel to a pixel.
SETTLED = """() => {const root = document.querySelector("control-map").shadowRoot;
    return !/scale/.test(root.querySelector(".control-picture").style.transform);}"""
# What the picture says at each place's point, beside what `standing` says of it.
AT_POINTS = """async ([places, png, box]) => {
    const read = READ;
    const data = await read(png);
    const map = document.querySelector("control-map");
    const {zoom, lat, lon} = map.position;
    const scale = 256 * 2 ** zoom;
    const x = (degrees) => (degrees / 360 + 0.5) * scale;
    const y = (degrees) => {
        const sine = Math.sin(degrees * Math.PI / 180);
        return (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * scale;
    };
    return places.flatMap(([slug, placeLat, placeLon]) => {
        const [px, py] = [x(placeLon) - x(lon) + box.width / 2, y(placeLat) - y(lat) + box.height / 2];
        if (px < 3 || py < 3 || px > box.width - 3 || py > box.height - 3) return [];
        const at = (Math.floor(py) * Math.round(box.width) + Math.floor(px)) * 4;
        return [[slug, [...data.slice(at, at + 3)], map.standing(slug)]];
    });
}""".replace("READ", READ)


# Two pictures of one size: how many parts of pixels, how many colours, the largest difference of a part.
COMPARED = """async (pngs) => {
    const read = READ;
    const [one, other] = await Promise.all(pngs.map(read));
    const colours = new Set();
    let most = one.length === other.length ? 0 : 255;
    for (let at = 0; at < one.length; at += 1) {
        most = Math.max(most, Math.abs(one[at] - other[at]));
        if (at % 4 === 0) colours.add((one[at] * 256 + one[at + 1]) * 256 + one[at + 2]);
    }
    return [one.length, colours.size, most];
}""".replace("READ", READ)


@pytest.fixture(scope="module")
def gl_browser(chromium: Callable[..., Browser]) -> Iterator[Browser]:
    """WebGL in software: what the painter draws is the same as on a GPU, only slower."""
    browser = chromium(*SOFTWARE_GL)
    yield browser
    browser.close()


def picture(browser: Browser, site: Site, renderer: str, ratio: float) -> str:
    """A part of the map that no panel covers, as base64 of a PNG, after two dates were painted."""
    context = patient(
        browser, viewport={"width": 900, "height": 640}, base_url=site.url, device_scale_factor=ratio,
        reduced_motion="reduce",
    )  # fmt: skip
    page = context.new_page()
    page.add_init_script(WITH_RENDERER % renderer)
    open_map(page, "/syria/?at=2016-03-01#7.5/35.6/37.6")
    page.wait_for_function(SETTLED)
    for day in ("2014-12-01", "2017-06-30"):
        page.evaluate("day => document.querySelector('control-map').seek(day)", day)
    has_gl = page.evaluate(
        """() => !!document.querySelector("control-map").shadowRoot
            .querySelector(".control-canvas").getContext("webgl2")"""
    )
    assert has_gl == (renderer == "webgl")
    png = page.screenshot(clip={"x": 300, "y": 110, "width": 240, "height": 280})
    context.close()
    return base64.b64encode(png).decode()


@pytest.mark.parametrize("ratio", [1, 2, 3])
def test_a_gpu_and_a_2d_canvas_draw_the_same_picture(
    gl_browser: Browser, page: Page, site: Site, ratio: float
) -> None:
    pngs = [picture(gl_browser, site, renderer, ratio) for renderer in ("canvas", "webgl")]
    # the least page of the site; it names no icon, so the browser may ask for one that is not there
    page.expected_errors = ("404 (Not Found)",)  # type: ignore[attr-defined]
    page.goto("/healthz")
    parts, colours, most = page.evaluate(COMPARED, pngs)
    assert parts == 240 * 280 * 4 * ratio * ratio
    assert colours > 50
    # a GPU may round a blended part the other way, once for each of the layers
    assert most <= 3


def test_a_software_gpu_is_left_for_the_2d_canvas(gl_browser: Browser, site: Site) -> None:
    context = patient(gl_browser, base_url=site.url)
    page = context.new_page()
    open_map(page, "/syria/?at=2017-06-30")
    assert not page.evaluate(
        """() => !!document.querySelector("control-map").shadowRoot
            .querySelector(".control-canvas").getContext("webgl2")"""
    )
    context.close()


def fixture(name: str) -> list[dict[str, str]]:
    with (Path(__file__).parents[2] / "events/fixtures/syria" / name).open(
        encoding="utf-8"
    ) as file:
        return list(csv.DictReader(file))


def test_the_pixel_at_every_towns_point_has_the_colour_of_its_holder(page: Page) -> None:
    open_map(page, "/syria/?at=2017-06-30#7/35.0/38.5")
    colours = {
        row["slug"]: [int(row["colour"][at : at + 2], 16) for at in (1, 3, 5)]
        for row in fixture("actors.csv")
    }
    towns = [
        [row["slug"], float(row["lat"]), float(row["lon"])]
        for row in fixture("places.csv")
        if row["kind"] == "town" and row["lat"]
    ]
    assert len(towns) > 80
    box = page.evaluate(
        """() => {const {x, y, width, height} = document.querySelector("control-map").shadowRoot
            .querySelector(".map").getBoundingClientRect(); return {x, y, width, height}}"""
    )
    for day in ("2012-07-01", "2014-12-01", "2016-12-22", "2017-06-30", "2019-10-10"):
        page.evaluate("day => document.querySelector('control-map').seek(day)", day)
        png = base64.b64encode(page.screenshot(clip=box)).decode()
        # with several holders the dot is cut into sectors, and the point lies where they meet
        held = [
            (slug, colour, standing["holds"][0])
            for slug, colour, standing in page.evaluate(AT_POINTS, [towns, png, box])
            if standing["state"] == "held" and not standing["disputed"]
        ]
        right = [
            slug
            for slug, colour, holder in held
            if max(abs(a - b) for a, b in zip(colour, colours[holder], strict=True)) <= 4
        ]
        assert len(held) > 40, day
        # what a panel, a name or a larger town's dot covers has another colour
        assert len(right) >= 0.8 * len(held), (
            day,
            sorted({slug for slug, *_ in held} - set(right)),
        )
