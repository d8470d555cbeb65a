"""What a reader's first map takes, and what comes after it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from events.replay import geometry
from tests.browser.conftest import open_map
from tests.browser.site import Site

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


def test_the_search_finds_places_whose_names_come_after_the_first_map(page: Page) -> None:
    open_map(page, "/syria/")
    box = page.locator("control-map").get_by_role("combobox", name="Find a place")
    box.fill("al-meshleb")
    option = page.locator("control-map").get_by_role("option").first
    option.wait_for()
    assert "Meshleb" in option.inner_text()
