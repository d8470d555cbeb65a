"""Two clocks: the map as we know it now, or as published then, with the difference lit up, listed and said."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import PHONE, assert_accessible, open_map
from tests.browser.land import bring
from tests.browser.site import Site

THEN = "2020-06-01"
# Between the first import and the second: red held the west until we learnt better.
ADDRESS = "?at=2019-02-10#7.5/36/38.6"
RETRACT = """
from django.contrib.auth import get_user_model
from events import ledger
from events.models import Change, Membership
change = Change.objects.get(conflict__slug="SLUG", public_id="c")
chief = get_user_model().objects.get(username="chief")
Membership.objects.create(user=chief, conflict=change.conflict, role="chief")
ledger.retract(change, reason="The source took it back.", by=chief)
"""


def root(page: Page) -> Locator:
    return page.locator("control-map")


def clock(page: Page) -> Locator:
    return root(page).get_by_role("dialog", name="As known when")


def choose_clock(page: Page) -> Locator:
    root(page).locator("button.clock").click()
    expect(clock(page)).to_be_visible()
    return clock(page)


def west(page: Page) -> list[str]:
    return list(page.evaluate("document.querySelector('control-map').standing('west').holds"))


def expect_west(page: Page, *holders: str) -> None:
    page.wait_for_function(
        """holders => JSON.stringify(document.querySelector("control-map").standing("west")?.holds)
            === JSON.stringify(holders)""",
        arg=list(holders),
    )


@pytest.mark.parametrize(
    ("typed", "known"),
    [
        ("1 June 2020", "2020-06-01"),
        ("2020-06-01 12:30", "2020-06-01T12:30:00.000Z"),
        ("June 2020", "2020-06-30"),
    ],
)
def test_an_instant_is_typed_and_the_map_is_as_published_by_then(
    page: Page, land: str, typed: str, known: str
) -> None:
    open_map(page, f"/{land}/{ADDRESS}")
    assert west(page) == ["blue"]
    dialog = choose_clock(page)
    dialog.get_by_role("textbox", name="As published by").fill(typed)
    page.keyboard.press("Enter")
    expect_west(page, "red")
    page.wait_for_url(f"**known={known}**")
    expect(root(page).locator("button.clock")).to_be_focused()
    expect(root(page).locator("button.clock")).to_have_text("as published then")
    assert page.evaluate("document.querySelector('control-map').date") == "2019-02-10"
    choose_clock(page).get_by_role("button", name="As we know it now").click()
    expect_west(page, "blue")
    page.wait_for_function("() => !location.search.includes('known')")


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("6/30/2020", "there is no month 30"),
        ("1 June 2020 25:00", "a time goes from 00:00 to 23:59"),
        ("1 June 2999", "is in the future"),
        ("before the war", "is not a date"),
    ],
)
def test_what_is_no_instant_is_said_why_and_changes_nothing(
    page: Page, land: str, typed: str, why: str
) -> None:
    open_map(page, f"/{land}/{ADDRESS}")
    dialog = choose_clock(page)
    field = dialog.get_by_role("textbox", name="As published by")
    field.fill(typed)
    dialog.get_by_role("button", name="Show", exact=True).click()
    expect(dialog.get_by_role("alert")).to_contain_text(why)
    expect(field).to_have_value(typed)
    expect(field).to_be_focused()
    assert west(page) == ["blue"]
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


def test_it_is_picked_from_what_was_published_when(page: Page, site: Site, own_land: str) -> None:
    site.manage("shell", "-c", RETRACT.replace("SLUG", own_land))
    site.manage("build_replay", own_land)
    open_map(page, f"/{own_land}/{ADDRESS}")
    assert west(page) == ["red"]
    rows = choose_clock(page).get_by_role("listitem")
    expect(rows).to_have_count(3)
    expect(rows.nth(0)).to_contain_text("1 taken back · the latest")
    expect(rows.nth(1)).to_have_text(re.compile(r"^1 January 2021.*1 change$"))
    expect(rows.nth(2)).to_have_text(re.compile(r"^1 January 2020.*2 changes$"))
    rows.nth(1).get_by_role("button").click()
    expect_west(page, "blue")
    page.wait_for_url("**known=2021-01-01T00:00:00.000000Z**")
    rows = choose_clock(page).get_by_role("listitem")
    expect(rows.nth(1).get_by_role("button")).to_have_attribute("aria-current", "true")


def test_what_differs_is_counted_listed_lit_and_said(page: Page, land: str) -> None:
    open_map(page, f"/{land}/?at=2019-02-10&known={THEN}#7.5/36/38.6")
    summary = root(page).get_by_text("1 place differs from what we say now")
    expect(summary.first).to_be_visible()
    summary.first.click()
    row = root(page).locator(".differing li")
    expect(row).to_have_count(1)
    expect(row).to_contain_text("West")
    expect(row).to_contain_text("then: Red holds")
    expect(row).to_contain_text("now: Blue holds")
    expect(root(page).locator(".differs-sign:visible")).to_have_count(1)
    expect(root(page).locator("[aria-live=polite]")).to_contain_text(
        "1 place differs from what we say now: West."
    )
    # in March both clocks say that the east is blue; the west still differs
    page.evaluate("document.querySelector('control-map').seek('2019-01-15')")
    expect(root(page).get_by_text("On this day nothing differs")).to_be_visible()
    expect(root(page).locator(".differs-sign:visible")).to_have_count(0)
    row = root(page).locator(".differing li")
    page.evaluate("document.querySelector('control-map').seek('2019-03-02')")
    expect(summary.first).to_be_visible()
    root(page).locator(".differing li").get_by_role("button", name="West").click()
    expect(root(page).get_by_role("region", name="Place: West")).to_be_visible()


def test_what_is_published_while_one_reads_the_past_joins_the_difference(
    page: Page, site: Site, own_land: str, tmp_path: Path
) -> None:
    open_map(page, f"/{own_land}/?at=2019-03-02&known={THEN}#7.5/36/38.6")
    expect(root(page).get_by_text("1 place differs").first).to_be_visible()
    head = "id,date,actor,verb,place,source\n"
    bring(site, tmp_path, own_land, f"{head}e,2019-03-02,red,retook,east,sohr\n")
    site.manage("build_replay", own_land)
    expect(root(page).get_by_text("2 places differ").first).to_be_visible()
    assert page.evaluate("document.querySelector('control-map').standing('east').holds") == ["blue"]


@pytest.mark.parametrize("viewport", [{"width": 1440, "height": 900}, PHONE], ids=["wide", "phone"])
def test_the_second_clock_is_accessible(page: Page, land: str, viewport: dict[str, int]) -> None:
    open_map(page, f"/{land}/?at=2019-02-10&known={THEN}")
    root(page).get_by_text("1 place differs").first.click()
    assert_accessible(page)
    choose_clock(page)
    assert_accessible(page)
