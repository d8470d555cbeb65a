"""Another size of the window changes what is around the middle of the map, and not the middle: not by a pixel."""

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import open_map

# Odd and even, by one pixel and by many, and back.
SIZES = [(1439, 900), (1438, 899), (1101, 777), (1102, 778), (1440, 900), (1441, 901), (1440, 900)]
POSITION = """() => {
  const { zoom, lat, lon } = document.querySelector("control-map").position;
  return [zoom, lat, lon];
}"""
DRAWN = """([width, height]) => {
  const root = document.querySelector("control-map").shadowRoot;
  const [stage] = root.querySelectorAll(".map");
  const [picture] = root.querySelectorAll(".control-picture canvas");
  const [seen, drawn] = [stage, picture].map((one) => one.getBoundingClientRect());
  return innerWidth === width && innerHeight === height && drawn.left <= seen.left && drawn.top <= seen.top
    && drawn.right >= seen.right && drawn.bottom >= seen.bottom;
}"""


def resize(page: Page, width: int, height: int) -> None:
    """Until the map covers its place anew, and what goes to the address has gone there."""
    page.set_viewport_size({"width": width, "height": height})
    page.wait_for_function(DRAWN, arg=[width, height])


def test_the_middle_stays_and_so_does_the_address(page: Page) -> None:
    open_map(page, "/syria/?at=2017-06-30#8/35.9/39")
    addresses = [page.url]
    page.on("framenavigated", lambda frame: addresses.append(frame.url))
    for size in SIZES:
        resize(page, *size)
        assert page.evaluate(POSITION) == [8, 35.9, 39], size
    page.evaluate("() => document.querySelector('control-map').step(1)")
    page.wait_for_url("**/syria/?at=2017-07-01#8/35.9/39")
    assert {address.partition("#")[2] for address in addresses} == {"8/35.9/39"}


def test_of_a_map_that_nobody_has_moved_the_address_stays_without_a_position(page: Page) -> None:
    open_map(page, "/syria/?at=2017-06-30")
    for size in SIZES[:3]:
        resize(page, *size)
    page.evaluate("() => document.querySelector('control-map').step(1)")
    page.wait_for_url(lambda url: "at=2017-07-01" in url)
    assert "#" not in page.url


@pytest.mark.parametrize("place", [(9, 36.20123, 37.16123), (16.25, 35.950123, 39.010456)])
def test_a_position_that_is_set_is_the_one_that_is_there(
    page: Page, place: tuple[float, float, float]
) -> None:
    open_map(page, "/syria/?at=2017-06-30")
    zoom, lat, lon = place
    for _time in range(2):
        # the second is near enough to be panned to
        page.evaluate(
            "(position) => { document.querySelector('control-map').position = position; }",
            {"zoom": zoom, "lat": lat, "lon": lon},
        )
        assert page.evaluate(POSITION) == [zoom, lat, lon]
        lat += 0.00037
