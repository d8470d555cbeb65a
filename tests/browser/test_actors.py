"""Actors at the desk in a real browser: by keyboard, seen before they are saved, followed by the readers' legend."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, assert_accessible, open_map, sign_in


def test_one_is_made_by_keyboard_alone_with_a_colour_that_is_offered(
    page: Page, raqqa: str
) -> None:
    sign_in(page, "editor", f"/desk/{raqqa}/new-actor/")
    expect(page.locator("#id_short")).to_be_focused()
    page.keyboard.type("Druze")
    page.keyboard.press("Tab")
    page.keyboard.type("Local Druze factions")
    offers = page.locator("[data-paint]")
    second = offers.nth(1)
    for _step in range(12):
        page.keyboard.press("Tab")
        if second.evaluate("(offer) => offer === document.activeElement"):
            break
    expect(second).to_be_focused()
    colour, pattern = (second.get_attribute("value") or "").split(" ")
    page.keyboard.press("Enter")
    expect(page.locator("#id_colour")).to_have_value(colour)
    expect(page.locator("#id_pattern")).to_have_value(pattern)
    expect(page.locator("#actor-look .sample-one").first).to_contain_text("Druze")
    page.keyboard.press("Control+s")
    expect(page.locator(".messages")).to_contain_text("Druze is saved")
    expect(page.locator("#actor-druze")).to_contain_text(colour)


def test_a_colour_that_is_like_anothers_is_told_by_name_while_one_chooses(
    page: Page, raqqa: str
) -> None:
    page.expected_errors = ("Failed to load resource",)  # type: ignore[attr-defined]
    sign_in(page, "editor", f"/desk/{raqqa}/new-actor/")
    look = page.locator("#actor-look")
    page.locator("#id_short").fill("Shadows")
    page.locator("#id_name").fill("The shadows")
    page.locator("#id_colour").fill("#1b1b1b")
    page.locator("#id_pattern").select_option("solid")
    expect(look).to_contain_text("could not be told from IS")
    page.locator("#id_pattern").select_option("cross")
    expect(look).to_contain_text("hardly told from that of IS by everybody")
    assert_accessible(page)
    page.get_by_role("button", name="Save the actor").click()
    # among what else the desk may have to say
    asked = page.get_by_role("alert").filter(has_text="Before it is saved")
    expect(asked).to_contain_text("hardly told from that of IS")
    assert_accessible(page)
    page.get_by_role("button", name="Save it all the same").click()
    expect(page.locator(".messages")).to_contain_text("Shadows is saved")


@pytest.mark.parametrize("viewport", [PHONE])
def test_the_readers_legend_follows_what_was_edited_on_a_phone(page: Page, raqqa: str) -> None:
    sign_in(page, "editor", f"/desk/{raqqa}/actors/")
    page.get_by_role("link", name="SDF", exact=True).click()
    page.locator("#id_short").fill("QSD")
    look = page.locator("#actor-look").bounding_box()
    colour = page.locator("#id_colour").bounding_box()
    when = page.locator("#when").bounding_box()
    assert look and colour and when
    assert colour["y"] < look["y"] < when["y"], "it is seen beside what it is painted with"
    page.get_by_role("button", name="Save the actor").click()
    expect(page.locator(".messages")).to_contain_text("QSD is saved")
    page.wait_for_function(
        """async (address) => {
            const manifest = await (await fetch(address)).json();
            const places = await (await fetch(manifest.files.places)).text();
            return places.includes('"short":"QSD"') || places.includes('"short": "QSD"');
        }""",
        arg=f"/api/v1/conflicts/{raqqa}/replay",
        polling=1000,
    )
    open_map(page, f"/{raqqa}/?at=2017-06-30")
    expect(page.locator("control-map .legend .name", has_text=re.compile("^QSD$"))).to_have_count(1)
