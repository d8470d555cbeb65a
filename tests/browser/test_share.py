"""The dialog that gives the map to take along: by keyboard, into the clipboard, and what is copied works."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import PHONE, WIDE, assert_accessible, open_map
from tests.browser.elsewhere import Elsewhere
from tests.browser.site import Site


@pytest.fixture
def hosts(site: Site, elsewhere: Elsewhere) -> tuple[str, ...]:
    return (site.url, elsewhere.url)


@pytest.fixture
def shared(page: Page, context: BrowserContext, site: Site) -> Iterator[Page]:
    """The dialog of a map of 30 June 2017 at Raqqa, open."""
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=site.url)
    open_map(page, "/syria/?at=2017-06-30&place=raqqa#9/35.95/39")
    page.get_by_role("button", name="Share").click()
    expect(page.get_by_role("dialog", name="Share this map")).to_be_visible()
    yield page


def text_of(page: Page, name: str) -> str:
    return page.get_by_role("dialog").get_by_role("textbox", name=name).input_value()


def test_it_is_opened_used_and_closed_by_keyboard(
    page: Page, context: BrowserContext, site: Site
) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=site.url)
    open_map(page, "/syria/?at=2017-06-30")
    button = page.get_by_role("button", name="Share")
    button.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Share this map")
    expect(dialog).to_be_visible()
    expect(dialog).to_contain_text("30 June 2017")
    copy = dialog.get_by_role("button", name="Copy the link")
    copy.focus()
    page.keyboard.press("Enter")
    expect(dialog.get_by_role("status")).to_have_text("Copied: Link")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == text_of(page, "Link")
    assert copied.startswith(f"{site.url}/syria/?at=2017-06-30")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(button).to_be_focused()


def test_the_frame_that_is_copied_shows_the_same(shared: Page, elsewhere: Elsewhere) -> None:
    shared.goto(elsewhere.put("framed", text_of(shared, "Map for your page, as a frame")))
    frame = shared.frame_locator("iframe")
    name = re.compile("Map of control on 30 June 2017")
    expect(frame.get_by_role("region", name=name)).to_be_visible()
    handle = shared.locator("iframe").element_handle().content_frame()  # type: ignore[union-attr]
    assert handle
    found = handle.evaluate(
        "[document.querySelector('control-map').getAttribute('place'),"
        " document.querySelector('control-map').position.zoom]"
    )
    assert found == ["raqqa", 9]


def test_the_element_that_is_copied_shows_the_same(shared: Page, elsewhere: Elsewhere) -> None:
    html = text_of(shared, "Map for your page, with a script")
    shared.goto(elsewhere.put("element", html))
    shared.wait_for_function("() => customElements.get('control-map')")
    shared.evaluate("document.querySelector('control-map').ready")
    found = shared.evaluate(
        "[document.querySelector('control-map').date, document.querySelector('control-map').getAttribute('place')]"
    )
    assert found == ["2017-06-30", "raqqa"]


def test_a_citation_says_the_day_what_was_known_and_where_from(shared: Page) -> None:
    text = text_of(shared, "Citation")
    assert text.startswith("Syria, 2011–2024: map of control on 30 June 2017, as published by ")
    assert "Control tracker, " in text
    assert "GeoNames (CC BY 4.0)" in text
    (address,) = re.findall(r"http\S+known=\S+", text)
    assert re.search(r"known=[-\dT:.]+Z", address)
    shared.keyboard.press("Escape")
    open_map(shared, address)
    found = shared.evaluate(
        "[document.querySelector('control-map').date, document.querySelector('control-map').getAttribute('known')]"
    )
    assert found[0] == "2017-06-30"
    assert found[1]


def test_without_a_day_it_is_always_the_latest(shared: Page) -> None:
    shared.get_by_role("checkbox", name="Not this day, but always the latest").check()
    for name in ("Link", "Map for your page, with a script", "Map for your page, as a frame"):
        assert "2017-06-30" not in text_of(shared, name)
    assert "30 June 2017" in text_of(shared, "Citation")


@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
def test_the_dialog_is_accessible(shared: Page, viewport: dict[str, int]) -> None:
    assert_accessible(shared)
    box = shared.get_by_role("dialog").bounding_box()
    assert box
    assert box["width"] <= viewport["width"]
