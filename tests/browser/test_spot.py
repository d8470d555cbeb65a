"""A place made on the spot: pointed out by mouse or by keys, named, used, published, and then on the readers' map."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, assert_accessible, sign_in
from tests.browser.site import Site


def painted(page: Page) -> None:
    expect(page.locator("point-map canvas").first).to_be_attached()


def test_from_a_word_nobody_knows_to_a_place_on_the_map(page: Page, raqqa: str, site: Site) -> None:
    sign_in(page, "editor", f"/desk/{raqqa}/new/")
    page.keyboard.type("SDF captured Wxyzabad, 5 July 2017; SOHR")
    expect(page.locator(".unread")).to_have_text("Wxyzabad")
    page.get_by_role("link", name="Make “Wxyzabad” a place").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label("Name", exact=True)).to_have_value("Wxyzabad")
    painted(page)
    page.locator("point-map").click(position={"x": 200, "y": 200})
    expect(dialog.get_by_label("Latitude")).to_have_value(re.compile(r"^3\d\.\d"))
    expect(page.locator("#spot_found")).to_contain_text(re.compile("district|province"))
    assert_accessible(page)
    dialog.get_by_role("button", name="Make this place").click()
    expect(dialog).to_have_count(0)
    expect(page.locator(".unread")).to_have_count(0)
    expect(page.locator("#id_places-0")).to_have_value("Wxyzabad")
    expect(page.locator("#preview")).to_contain_text("SDF captures Wxyzabad")
    known = page.request.get(f"/api/v1/conflicts/{raqqa}/standing?place=wxyzabad")
    assert known.status == 422
    page.get_by_role("button", name=re.compile("^Publish")).click()
    page.wait_for_url("**/published/**")
    site.manage("build_replay", raqqa)
    page.goto(f"/{raqqa}/?at=2017-07-05&place=wxyzabad")
    page.evaluate("document.querySelector('control-map').ready")
    assert page.evaluate("document.querySelector('control-map').standing('wxyzabad').holds") == [
        "sdf"
    ]


def test_the_map_opens_on_the_day_of_the_sentence(page: Page, raqqa: str) -> None:
    sign_in(page, "editor", f"/desk/{raqqa}/new/")
    page.keyboard.type("SDF captured Qwertabad in Raqqa province, 5 July 2017; SOHR")
    expect(page.locator("#id_date")).to_have_value("2017-07-05")
    page.get_by_role("link", name="Make “Qwertabad” a place").click()
    expect(page.get_by_role("dialog")).to_contain_text("The map is that of 5 July 2017.")
    expect(page.locator("point-map")).to_have_attribute("at", "2017-07-05")
    painted(page)


@pytest.mark.parametrize("viewport", [PHONE])
def test_by_keys_alone_and_one_nearby_is_offered_first(page: Page, raqqa: str) -> None:
    sign_in(page, "editor", f"/desk/{raqqa}/new/")
    link = page.get_by_role("link", name="a place that is not in the gazetteer")
    link.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label("Name", exact=True)).to_be_focused()
    page.keyboard.type("Senaah")
    dialog.get_by_label("Latitude").focus()
    page.keyboard.type("35.95")
    page.keyboard.press("Tab")
    page.keyboard.type("39.03")
    painted(page)
    dialog.locator("point-map .map").focus()
    page.keyboard.press("ArrowRight")
    expect(dialog.get_by_label("Longitude")).not_to_have_value("39.03")
    expect(dialog).to_contain_text("Is it one of these")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    dialog.get_by_role("button", name=re.compile("al-Senaa|Al-Sinaa")).press("Enter")
    expect(dialog).to_have_count(0)
    expect(page.locator("#id_places-0")).to_have_value(re.compile("Senaa|Sinaa"))
    expect(page.locator("#id_places-0")).to_be_focused()
