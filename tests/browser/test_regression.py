"""The page looks as it did: at two sizes, light and dark, right to left, with and without motion."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PHONE, WIDE, at_rest, open_map, patient
from tests.browser.pictures import FOLDER, UPDATE, hold_against, keep
from tests.browser.site import Site

ADDRESS = "/syria/?at=2017-06-30"
PLACE = f"{ADDRESS}&place=raqqa&from=2017-06-05&to=2017-07-05"
# name -> (size, scheme, language, motion, address)
PICTURES: dict[str, tuple[dict[str, int], Any, str, Any, str]] = {
    "wide-light": (WIDE, "light", "en-GB", "reduce", ADDRESS),
    "wide-dark": (WIDE, "dark", "en-GB", "reduce", PLACE),
    "wide-arabic": (WIDE, "light", "ar", "reduce", PLACE),
    "phone-light": (PHONE, "light", "en-GB", "reduce", ADDRESS),
    "phone-dark": (PHONE, "dark", "en-GB", "reduce", PLACE),
    "phone-arabic": (PHONE, "light", "ar", "reduce", ADDRESS),
}
MOST_BYTES = 1_500_000


def taken(browser: Browser, site: Site, of: tuple[dict[str, int], Any, str, Any, str]) -> bytes:
    viewport, scheme, language, motion, address = of
    context = patient(
        browser, viewport=viewport, base_url=site.url, locale=language, color_scheme=scheme,
        reduced_motion=motion, has_touch=viewport == PHONE,
    )  # fmt: skip
    page = context.new_page()
    open_map(page, address)
    at_rest(page)
    expect(page.locator("control-map .histogram")).to_be_visible()
    png = page.screenshot(animations="disabled", caret="hide")
    context.close()
    return png


@pytest.mark.parametrize("name", PICTURES)
def test_the_page_looks_as_it_did(
    browser: Browser, site: Site, desk: Page, tmp_path: Path, name: str
) -> None:
    png = taken(browser, site, PICTURES[name])
    if UPDATE:
        keep(desk, name, png)
    assert hold_against(desk, name, png, tmp_path) == ""


def test_what_has_moved_comes_to_rest_where_it_would_have_stood(
    browser: Browser, site: Site, desk: Page, tmp_path: Path
) -> None:
    size, scheme, language, _, address = PICTURES["wide-light"]
    png = taken(browser, site, (size, scheme, language, "no-preference", address))
    assert hold_against(desk, "wide-light", png, tmp_path) == ""


@pytest.mark.parametrize(
    "other",
    [ADDRESS.replace("06-30", "06-05"), f"{ADDRESS}&known=2012-01-01", f"{ADDRESS}#7/35/38"],
)
def test_another_day_or_view_is_told_apart(
    browser: Browser, site: Site, desk: Page, tmp_path: Path, other: str
) -> None:
    context = patient(
        browser,
        viewport=WIDE,
        base_url=site.url,
        locale="en-GB",
        reduced_motion="reduce",
    )
    page = context.new_page()
    open_map(page, other)
    png = page.screenshot(animations="disabled", caret="hide")
    context.close()
    assert "wide-light: " in hold_against(desk, "wide-light", png, tmp_path)


def test_the_pictures_are_small() -> None:
    assert sum(path.stat().st_size for path in FOLDER.glob("*.webp")) <= MOST_BYTES
