"""At work there is no release: pages load their modules one by one from the checkout, and do the same."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import WIDE, at_rest, open_map, patient, say, sign_in
from tests.browser.pictures import difference


@pytest.fixture
def context(browser: Browser, work: str) -> Iterator[BrowserContext]:
    context = patient(browser, viewport=WIDE, base_url=work, locale="en-GB")
    yield context
    context.close()


def scripts_of(page: Page) -> int:
    return int(
        page.evaluate(
            """performance.getEntriesByType("resource")
                .filter(({name}) => new URL(name).pathname.endsWith(".js")).length"""
        )
    )


def test_a_map_in_public_shows_what_the_one_at_work_does(
    browser: Browser, work: str, public: str, desk: Page, tmp_path: Path
) -> None:
    pictures, scripts = [], []
    for address in (work, public):
        context = patient(browser, viewport=WIDE, reduced_motion="reduce", locale="en-GB")
        page = context.new_page()
        open_map(page, f"{address}/syria/?at=2017-06-30")
        at_rest(page)
        pictures.append(page.screenshot(animations="disabled"))
        scripts.append(scripts_of(page))
        context.close()
    assert difference(desk, "public", *pictures, tmp_path) == ""
    assert scripts[0] > 50
    assert scripts[1] == 1


@pytest.mark.parametrize("address", ["/syria/embed/?at=2017-06-30&controls", "/syria/"])
def test_a_map_is_drawn_from_its_modules(page: Page, address: str) -> None:
    open_map(page, address)
    assert page.evaluate("document.querySelector('control-map').standing('raqqa').state")


def test_the_desk_hears_a_sentence_and_draws_its_map_from_modules(page: Page, raqqa: str) -> None:
    sign_in(page, "editor", f"/desk/{raqqa}/new/")
    say(page, "SDF captured Wxyzabad, 5 July 2017; SOHR")
    expect(page.locator(".unread")).to_have_text("Wxyzabad")
    page.get_by_role("link", name="Make “Wxyzabad” a place").click()
    expect(page.locator("point-map canvas").first).to_be_attached()
    assert scripts_of(page) > 30
