"""What a reader's first map takes, and what comes after it."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from events.replay import geometry
from tests.browser.conftest import WIDE, assert_accessible, open_map, patient
from tests.browser.site import Site

# Code, styles and data of a small conflict, as they go over the wire.
MOST_BYTES = 150_000

# By the browser's own clock: what comes after the first map may be there by the time that one asks.
BEFORE_READY = """async () => {
    await customElements.whenDefined("control-map");
    await document.querySelector("control-map").ready;
    const ready = performance.now();
    const taken = ["navigation", "resource"].flatMap((kind) => performance.getEntriesByType(kind))
        .filter((entry) => entry.responseEnd > 0 && entry.responseEnd <= ready);
    return taken.reduce((sum, entry) => sum + entry.transferSize, 0);
}"""

BUILD = """
from events import replay
from events.models import Conflict
from events.replay import geometry
geometry.SMALL = %d
replay.build(Conflict.objects.get(slug="syria"), afresh=True)
"""


@pytest.fixture
def coarse_first(site: Site) -> Iterator[None]:
    """The demo as if it were a large gazetteer."""
    site.manage("shell", "-c", BUILD % 0)
    yield
    site.manage("shell", "-c", BUILD % geometry.SMALL)


@pytest.mark.usefixtures("coarse_first")
def test_finer_shapes_come_with_a_closer_look(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    open_map(page, "/syria/?at=2017-06-30#6.5/35/38.5")
    shapes = [url.rsplit("/", 1)[-1].split(".")[0] for url in asked if url.endswith(".bin")]
    assert "coarse" in shapes
    assert "geometry" not in shapes
    with page.expect_response("**/geometry.*.bin"):
        page.evaluate(
            """() => {document.querySelector("control-map").position =
                {zoom: 12, lat: 35.95, lon: 39.02};}"""
        )
    page.evaluate("document.querySelector('control-map').step(1)")
    assert page.evaluate("document.querySelector('control-map').standing('raqqa').state")


@pytest.mark.usefixtures("coarse_first")
def test_a_date_asked_for_with_the_first_map_brings_the_whole_record_to_the_page(
    page: Page,
) -> None:
    page.add_init_script(
        """customElements.whenDefined("control-map").then(async () => {
            const map = document.querySelector("control-map");
            await map.ready;
            window.asked = map.seek("2017-06-30");
        })"""
    )
    open_map(page, "/syria/")
    page.evaluate("asked")
    legend = page.locator("control-map").locator(".legend .actor:visible")
    legend.filter(has_text="IS").wait_for()


def test_the_search_finds_places_whose_names_come_after_the_first_map(page: Page) -> None:
    open_map(page, "/syria/")
    box = page.locator("control-map").get_by_role("combobox", name="Find a place")
    box.fill("al-meshleb")
    option = page.locator("control-map").get_by_role("option").first
    option.wait_for()
    assert "Meshleb" in option.inner_text()


def test_a_place_in_the_address_is_no_reason_to_draw_the_whole_map_before_the_first(
    page: Page,
) -> None:
    page.add_init_script(
        """customElements.whenDefined("control-map").then(async () => {
            const map = document.querySelector("control-map");
            await map.ready;
            const frame = new Promise((resolve) => requestAnimationFrame(() => resolve("first map")));
            window.seen = await Promise.race([map.drawn.then(() => "whole map"), frame]);
        })"""
    )
    open_map(page, "/syria/?at=2017-06-30&place=raqqa")
    assert page.evaluate("seen") == "first map"


def test_a_first_map_in_public_takes_few_bytes_and_each_file_once(
    browser: Browser, public: str
) -> None:
    context = patient(browser, viewport=WIDE)
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    asked: list[str] = []
    wrong: list[str] = []
    session.on("Network.responseReceived", lambda event: asked.append(event["response"]["url"]))
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto(f"{public}/syria/", wait_until="commit")
    before = page.evaluate(BEFORE_READY)
    assert 60_000 < before <= MOST_BYTES, asked
    page.evaluate("document.querySelector('control-map').drawn")
    page.wait_for_load_state("networkidle")
    # the browser itself asks for a page's icon, and may do so twice
    files = [url for url in asked if re.search(r"/(static/(js|css)|replay)/", url)]
    assert sorted(set(files)) == sorted(files)
    assert len([url for url in files if url.endswith(".js")]) == 1
    assert not [url for url in asked if "/jsi18n/" in url]
    page.wrong = wrong  # type: ignore[attr-defined]
    assert_accessible(page)
    assert wrong == []
    context.close()
