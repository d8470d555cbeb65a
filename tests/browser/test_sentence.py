"""One line typed and one confirmation, by keyboard alone."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, assert_accessible, saved, say, sign_in

LINE = "IS retook al-Senaa from SDF, 29-30 June 2017 — SOHR https://example.org/report"


def test_from_opening_the_desk_to_published_with_one_line_and_one_confirmation(
    page: Page, raqqa: str
) -> None:
    sign_in(page, "editor")
    page.goto(f"/desk/{raqqa}/new/")
    expect(page.get_by_label("What happened, in a sentence")).to_be_focused()
    say(page, LINE)
    expect(page.get_by_label("Place", exact=True).last).to_have_value("al-Senaa")
    expect(page.locator("#preview")).to_contain_text("IS retakes al-Senaa")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/published/**")
    expect(page.locator("main")).to_contain_text("IS")
    expect(page.locator("main")).to_contain_text("al-Senaa")


def test_a_publication_that_outruns_the_reading_is_shown_first(page: Page, raqqa: str) -> None:
    sign_in(page, "editor", f"/desk/{raqqa}/new/")
    page.route("**/sentence/", lambda route: route.abort())
    page.expected_errors = ("Failed to load resource", "Failed to fetch")  # type: ignore[attr-defined]
    say(page, "SDF captured al-Senaa, 5 July 2017; SOHR")
    page.keyboard.press("Control+Enter")
    expect(page.locator("main, .messages").first).to_be_visible()
    expect(page.get_by_text("This is how your sentence was understood")).to_be_visible()
    expect(page.locator("#id_verb")).to_have_value("captured")


def test_a_guess_is_put_right_with_tab_and_arrows(page: Page, raqqa: str) -> None:
    sign_in(page, "editor", f"/desk/{raqqa}/new/")
    say(page, "SDF captured al-Sinaa and Atlantis, 5 July; SOHR")
    expect(page.locator(".unread")).to_have_text("Atlantis")
    expect(page.get_by_role("status").filter(has_text="Not understood")).to_contain_text("Atlantis")
    chip = page.locator("#chip_date")
    expect(chip).to_have_value("2017-07-05")
    expect(page.locator(".heard-chip--guess").filter(has_text="Date")).to_have_count(1)
    page.keyboard.press("Tab")
    for _step in range(8):
        if page.evaluate("document.activeElement.id") == "chip_date":
            break
        page.keyboard.press("Tab")
    expect(chip).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("Date", exact=True).last).to_have_value(re.compile("2016-07-05"))


def test_a_right_guess_is_confirmed_with_one_key(page: Page, raqqa: str) -> None:
    sign_in(page, "editor", f"/desk/{raqqa}/new/")
    say(page, "SDF captured al-Senaa, 5 July; SOHR")
    guesses = page.locator(".heard-chip--guess, .note--guess")
    expect(page.locator(".desk-fields").locator(guesses)).to_have_count(2)
    page.locator("#chip_date").focus()
    page.keyboard.press("Enter")
    expect(guesses).to_have_count(0)
    expect(page.locator("#chip_date")).to_be_focused()
    expect(page.locator("#id_date")).to_have_value("2017-07-05")
    saved(page)
    page.reload()
    expect(page.locator("#id_date")).to_have_value("2017-07-05")
    expect(guesses).to_have_count(0)


@pytest.mark.parametrize("viewport", [PHONE])
def test_on_a_phone_and_from_right_to_left(page: Page, raqqa: str) -> None:
    sign_in(page, "editor", f"/desk/{raqqa}/new/")
    page.locator("#id_sentence").fill("داعش استعاد الصناعة من قسد، 30 حزيران 2017، SOHR")
    expect(page.locator("#id_places-0")).to_have_value("al-Senaa")
    expect(page.locator("#id_date")).to_have_value("2017-06-30")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert_accessible(page)
