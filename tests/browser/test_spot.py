"""A place made on the spot: pointed out by mouse or by keys, named, used, published, and then on the readers' map."""

import re
from collections import Counter

import pytest
from playwright.sync_api import Page, expect

from events.looks.palette import palette
from tests.browser.conftest import PHONE, assert_accessible, open_map, say, sign_in
from tests.browser.pixels import colours
from tests.browser.raqqa import IS, SDF
from tests.browser.site import Site

# As the desk makes one; its first Change comes later than the neighbours'.
LATER = """
from events import ledger
from events.gazetteer import spot
from events.models import Actor, Conflict, Report
from django.contrib.auth import get_user_model
conflict = Conflict.objects.get(slug="SLUG")
place = spot.make(
    conflict,
    spot.Wanted(name="Later", lat="35.7", lon="39.3", parent="raqqa-province"),
    by=get_user_model().objects.get(username="editor"),
)
ledger.publish(
    ledger.NewChange(
        conflict=conflict, public_id="later", verb="captured", date="2017-07-05", places=[place],
        actor=Actor.objects.get(conflict=conflict, slug="sdf"),
        citations=[ledger.NewCitation(Report.objects.first())],
    ),
    by=None,
)
"""


def painted(page: Page) -> None:
    expect(page.locator("point-map canvas").first).to_be_attached()


def test_from_a_word_nobody_knows_to_a_place_on_the_map(page: Page, raqqa: str, site: Site) -> None:
    sign_in(page, "editor", f"/desk/{raqqa}/new/")
    say(page, "SDF captured Wxyzabad, 5 July 2017; SOHR")
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
    expect(page.locator(".place-panel .inferred")).to_have_count(0)


def test_before_its_first_date_a_place_is_no_hole_in_the_map(
    page: Page, raqqa: str, site: Site
) -> None:
    """What is said later does not take away what was shown of the ground before: it is inferred."""
    site.manage("shell", "-c", LATER.replace("SLUG", raqqa))
    site.manage("build_replay", raqqa)
    paper = palette("light")
    inferred, evidence = (
        paper.on_paper(paper.actor(actor), strength)
        for actor, strength in ((IS, "inferred"), (SDF, "fill"))
    )
    ground = paper["land"], paper["ownLand"], paper["sea"]

    def beside(day: str) -> Counter[str]:
        # in a frame the map has no panels, and the place lies in its middle
        open_map(page, f"/{raqqa}/embed/?at={day}#10/35.7/39.3")
        box = page.locator("control-map .map").bounding_box()
        assert box
        return colours(
            page, box["x"] + box["width"] / 2 - 24, box["y"] + box["height"] / 2 + 24, 16
        )

    found = beside("2017-07-01")
    assert found[inferred] > 20
    assert not any(found[colour] for colour in ground)
    said = page.evaluate("document.querySelector('control-map').standing('later').state")
    assert said == "no_data"
    found = beside("2017-07-06")
    assert found[evidence] > 100
    assert found[inferred] == 0
    assert sum(beside("2013-06-01")[colour] for colour in ground) == 256
    page.goto(f"/{raqqa}/?at=2017-07-01&place=later")
    panel = page.locator(".place-panel .standing")
    expect(panel).to_contain_text("No data: the record says nothing yet")
    expect(panel).to_contain_text("Inferred on the map from Raqqa")


def test_the_map_opens_on_the_day_of_the_sentence(page: Page, raqqa: str) -> None:
    sign_in(page, "editor", f"/desk/{raqqa}/new/")
    say(page, "SDF captured Qwertabad in Raqqa province, 5 July 2017; SOHR")
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
