"""Every page of the desk: nothing that axe finds, nothing wider than the screen, one way to the other pages."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, WIDE, assert_accessible, say, sign_in
from tests.browser.site import Site

OF_THE_DESK = (
    *("queue/?where=open", "shift/", "record/", "stale/", "people/"),
    *("actors/", "actors/sdf/", "new-actor/", "sources/", "sources/the-paper/", "new-source/"),
)
# Cited by no record, so that whoever publishes anywhere may edit it.
PAPER = """
from events.models import Source
Source.objects.get_or_create(slug="the-paper", defaults={"name": "The paper"})
"""


def draft(page: Page, war: str) -> str:
    """Its address: a draft with a warning, handed in and talked about."""
    sign_in(page, "chief", f"/desk/{war}/new/")
    say(page, "IS captured Raqqa, 3 May 2016; SOHR")
    expect(page.locator("#preview")).to_contain_text("Before you publish")
    page.get_by_role("button", name="Submit for review").click()
    page.wait_for_url("**/desk/drafts/*/")
    address = re.sub(r"^https?://[^/]*", "", page.url)
    page.goto(f"{address}review/")
    page.get_by_label("Comment", exact=True).fill("Who else has it? @editor")
    page.get_by_role("button", name="Comment", exact=True).click()
    expect(page.locator(".comment")).to_contain_text("Who else has it?")
    return address


@pytest.mark.parametrize("viewport", [WIDE, PHONE])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_page_is_accessible_and_as_wide_as_the_screen(
    page: Page, raqqa: str, site: Site, language: str
) -> None:
    site.manage("shell", "-c", PAPER)
    mine = draft(page, raqqa)
    desk = f"/desk/{raqqa}/"
    if language == "ar":
        page.emulate_media(color_scheme="dark")
        page.locator(".site-tools").get_by_role("button", name="العربيّة").click()
        expect(page.locator("html")).to_have_attribute("dir", "rtl")
    pages = ["/desk/", "/desk/me/", f"{desk}new/", mine, f"{mine}review/", f"{mine}versions/"]
    pages += [desk + name for name in OF_THE_DESK]
    pages += [f"{desk}changes/r2/{way}/" for way in ("correct", "retract")]
    for address in pages:
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 200, address
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
        if address != "/desk/me/":
            expect(page.locator(".desk-nav").first).to_be_visible()
        assert_accessible(page)


def test_no_step_of_the_review_is_cut_off(page: Page, raqqa: str) -> None:
    address = draft(page, raqqa)
    page.goto(f"{address}review/")
    page.get_by_text("Approve under embargo").first.click()
    cut = page.evaluate(
        """() => [...document.querySelectorAll(".desk-side .card")]
            .filter((card) => card.scrollHeight > card.clientHeight + 1).length"""
    )
    assert cut == 0


def test_n_logs_a_change_from_the_queue(page: Page, raqqa: str) -> None:
    sign_in(page, "editor", f"/desk/{raqqa}/queue/")
    page.keyboard.press("n")
    page.wait_for_url(f"**/desk/{raqqa}/new/")
    expect(page.get_by_label("What happened, in a sentence")).to_be_focused()


@pytest.mark.parametrize("viewport", [PHONE])
def test_on_a_phone_publish_is_in_sight_and_covers_nothing_that_has_the_focus(
    page: Page, raqqa: str
) -> None:
    sign_in(page, "editor", f"/desk/{raqqa}/new/")
    say(page, "IS captured Raqqa, 3 May 2016; SOHR")
    expect(page.locator("#preview")).to_contain_text("Before you publish")
    publish = page.get_by_role("button", name="Publish", exact=False).first
    assert page.evaluate("document.documentElement.scrollHeight > innerHeight * 2")
    seen: list[str] = []
    for _step in range(80):
        expect(publish).to_be_in_viewport(ratio=1)
        page.keyboard.press("Tab")
        where, covered = page.evaluate(
            """() => {
                const on = document.activeElement, bar = document.querySelector(".desk-actions--bar");
                const box = on.getBoundingClientRect(), over = bar.getBoundingClientRect();
                const covered = box.bottom > over.top + 1 && box.top < over.bottom;
                return [on.id || on.value || on.tagName, covered && !bar.contains(on)];
            }"""
        )
        assert not covered, where
        seen.append(where)
        if where == "publish":
            break
    assert seen[-1] == "publish"
    assert "id_override_reason" in seen, "what is to be said before publishing comes before it"


@pytest.mark.parametrize("viewport", [PHONE])
def test_on_a_phone_the_review_leads_to_publishing_at_once(page: Page, raqqa: str) -> None:
    address = draft(page, raqqa)
    page.goto(f"{address}review/")
    there = page.get_by_role("link", name="To publishing")
    expect(there).to_be_in_viewport()
    there.click()
    expect(page.locator("#step-publish").get_by_role("button", name="Publish")).to_be_in_viewport()
