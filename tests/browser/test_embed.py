"""The map in a frame on another site's page."""

import re

import pytest
from playwright.sync_api import Frame, Page, expect

from tests.browser.conftest import assert_accessible
from tests.browser.elsewhere import Elsewhere
from tests.browser.site import Site

ARTICLE = "<h1>Al-Senaa changes hands</h1><p>Three days of fighting.</p>"


@pytest.fixture
def hosts(site: Site, elsewhere: Elsewhere) -> tuple[str, ...]:
    return (site.url, elsewhere.url)


def framed(page: Page, elsewhere: Elsewhere, site: Site, address: str, more: str = "") -> Frame:
    """Open an article with that address of the map's site in a frame; once its map is painted."""
    iframe = f'<iframe id="f" src="{site.url}{address}" width="640" height="480" {more}></iframe>'
    page.goto(elsewhere.put("article", ARTICLE + iframe))
    frame = page.locator("#f").element_handle().content_frame()  # type: ignore[union-attr]
    assert frame
    frame.wait_for_function("() => customElements.get('control-map')")
    frame.evaluate("document.querySelector('control-map').ready")
    return frame


def test_the_frame_shows_the_day_the_place_and_the_view_it_is_asked_for(
    page: Page, elsewhere: Elsewhere, site: Site
) -> None:
    address = "/syria/embed/?at=2017-06-30&amp;place=raqqa&amp;controls#9/35.95/39"
    frame = framed(page, elsewhere, site, address)
    found = frame.evaluate(
        """() => { const map = document.querySelector("control-map");
            return [map.date, map.getAttribute("place"), map.standing("raqqa").state, map.position]; }"""
    )
    assert found[:3] == ["2017-06-30", "raqqa", "divided"]
    assert found[3] == pytest.approx({"zoom": 9, "lat": 35.95, "lon": 39}, abs=0.01)
    expect(page.frame_locator("#f").get_by_role("button", name="Play")).to_be_visible()


def test_the_link_opens_the_whole_page_as_the_frame_is_now(
    page: Page, elsewhere: Elsewhere, site: Site
) -> None:
    frame = framed(page, elsewhere, site, "/syria/embed/?at=2017-06-30")
    frame.evaluate(
        """async () => { const map = document.querySelector("control-map");
            map.position = {zoom: 8, lat: 36, lon: 38}; await map.seek("2014-12-01"); }"""
    )
    expect(page.frame_locator("#f").locator("#day")).to_have_text("1 December 2014")
    link = page.frame_locator("#f").get_by_role("link", name="Open the full map")
    with page.context.expect_page() as opened:
        link.click()
    whole = opened.value
    whole.wait_for_url(re.compile(r"/syria/\?at=2014-12-01#8/36/38$"))
    assert whole.url.startswith(site.url)


def test_the_frame_leaves_the_pages_own_history_alone(
    page: Page, elsewhere: Elsewhere, site: Site
) -> None:
    frame = framed(page, elsewhere, site, "/syria/embed/?controls")
    before = page.evaluate("history.length")
    frame.evaluate("document.querySelector('control-map').seek('2014-12-01')")
    frame.evaluate("document.querySelector('control-map').setAttribute('place', 'raqqa')")
    frame.evaluate("document.querySelector('control-map').seek('2015-12-01')")
    assert page.evaluate("history.length") == before


def test_without_controls_there_is_the_map_alone(
    page: Page, elsewhere: Elsewhere, site: Site
) -> None:
    framed(page, elsewhere, site, "/syria/embed/?at=2017-06-30")
    frame = page.frame_locator("#f")
    expect(frame.get_by_role("region", name=re.compile("Map"))).to_be_visible()
    expect(frame.get_by_role("button")).to_have_count(0)


def test_no_cookie_is_set_by_the_frame_or_by_what_it_loads(
    page: Page, elsewhere: Elsewhere, site: Site
) -> None:
    framed(page, elsewhere, site, "/syria/embed/?controls")
    assert page.context.cookies() == []


def test_a_frame_that_may_run_scripts_and_nothing_else_is_enough(
    page: Page, elsewhere: Elsewhere, site: Site
) -> None:
    """As content management systems frame what they do not know: the map is of no origin at all."""
    address = "/syria/embed/?at=2017-06-30"
    iframe = f'<iframe id="f" sandbox="allow-scripts" src="{site.url}{address}"></iframe>'
    page.goto(elsewhere.put("sandboxed", iframe))
    frame = page.frame_locator("#f")
    region = frame.get_by_role("region", name=re.compile("Map of control on 30 June 2017"))
    expect(region).to_be_visible()


def test_no_other_page_can_be_framed(page: Page, elsewhere: Elsewhere, site: Site) -> None:
    page.expected_errors = ("frame-ancestors", "X-Frame-Options")  # type: ignore[attr-defined]
    page.goto(elsewhere.put("hostile", f'<iframe id="f" src="{site.url}/desk/"></iframe>'))
    frame = page.locator("#f").element_handle().content_frame()  # type: ignore[union-attr]
    assert frame
    assert frame.locator("main, form").count() == 0


@pytest.mark.parametrize("width", [1440, 390])
def test_the_embed_is_accessible(page: Page, site: Site, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 600})
    page.goto(f"{site.url}/syria/embed/?at=2017-06-30&controls")
    page.evaluate("document.querySelector('control-map').ready")
    assert_accessible(page)
