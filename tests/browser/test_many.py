"""Many at once in a real browser: by keyboard, both ways between words and proposals, and nothing lost."""

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import PHONE, assert_accessible, sign_in

ARTICLE = """Raqqa squeezed

The SDF captured al-Senaa on Friday, SOHR said. Residents spoke of hunger.

IS retook al-Senaa and SDF captured Raqqa.
"""
TABLE = (
    "date\twho\twhat\twhere\tsource\n30/06/2017\tIS\tretook\tal-Senaa\tSOHR\n"
    "31/02/2017\tSDF\tcaptured\tRaqqa\tSOHR\n29/06/2017\tSDF\tcaptured\tXyzzy\tSOHR\n"
)


def start(page: Page, raqqa: str, text: str) -> None:
    sign_in(page, "editor", f"/desk/{raqqa}/many/")
    page.locator("#id_text").fill(text)


def press_in_arabic(page: Page, letter: str, code: str) -> None:
    """As a keyboard with Arabic letters does; Playwright's own knows Latin ones."""
    page.evaluate(
        """([key, code]) => document.activeElement.dispatchEvent(
            new KeyboardEvent("keydown", {key, code, bubbles: true, cancelable: true}))""",
        [letter, code],
    )


def test_the_keys_are_those_of_their_place_on_an_arabic_keyboard(page: Page, raqqa: str) -> None:
    start(page, raqqa, ARTICLE)
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    expect(page.locator("[data-proposal]")).to_have_count(3)
    press_in_arabic(page, "ت", "KeyJ")
    expect(page.locator("#proposal-1 [data-proposal-link]")).to_be_focused()
    press_in_arabic(page, "ء", "KeyX")
    expect(page.locator("#proposal-1")).to_have_class(re.compile("proposal--dropped"))
    press_in_arabic(page, "؟", "Slash")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    press_in_arabic(page, "ى", "KeyN")
    page.wait_for_url("**/new/")


def test_what_is_guessed_in_a_proposal_is_confirmed_with_one_key(page: Page, raqqa: str) -> None:
    start(page, raqqa, ARTICLE)
    page.locator("#id_source").fill("SOHR")
    page.locator("#id_published").fill("2017-07-03")
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    second = page.locator("#proposal-2")
    expect(second.get_by_text("guessed")).to_have_count(1)
    second.locator("[data-proposal-link]").focus()
    page.keyboard.press("y")
    expect(second.get_by_text("guessed")).to_have_count(0)
    expect(second.locator("[data-proposal-link]")).to_be_focused()
    page.keyboard.press("a")
    expect(second).to_have_class(re.compile("proposal--accepted"))
    second.get_by_role("link", name=re.compile("^Draft #")).click()
    expect(page.locator("#id_date")).to_have_value("../2017-07-03")
    expect(page.locator(".note--guess")).to_have_count(0)


def test_an_article_is_decided_by_keyboard_alone(page: Page, raqqa: str) -> None:
    sign_in(page, "editor", f"/desk/{raqqa}/many/")
    expect(page.locator("#id_text")).to_be_focused()
    page.keyboard.insert_text(ARTICLE)
    page.locator("#id_source").fill("SOHR")
    page.locator("#id_published").fill("2017-07-03")
    # to the end of its loading: only then the page has its keys
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    expect(page.locator("[data-proposal]")).to_have_count(3)
    assert_accessible(page)
    page.keyboard.press("j")
    expect(page.locator("#proposal-1 [data-proposal-link]")).to_be_focused()
    expect(page.locator("#words-1")).to_have_class(re.compile("paired"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/*#words-1")
    mark = page.locator("#words-1 a")
    mark.focus()
    expect(page.locator("#proposal-1")).to_have_class(re.compile("paired"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/*#proposal-1")
    page.locator("#proposal-1 [data-proposal-link]").focus()
    page.keyboard.press("a")
    expect(page.locator("#proposal-1")).to_have_class(re.compile("proposal--accepted"))
    expect(page.locator("#proposal-2 [data-proposal-link]")).to_be_focused()
    expect(page.locator("#paste-said")).to_contain_text("Accepted: draft #")
    page.keyboard.press("x")
    expect(page.locator("#proposal-2")).to_have_class(re.compile("proposal--dropped"))
    expect(page.locator("#proposal-3 [data-proposal-link]")).to_be_focused()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("drop it")
    page.keyboard.press("Escape")
    page.locator("#proposal-3 [data-proposal-link]").focus()
    page.keyboard.press("o")
    page.wait_for_url(re.compile(r"/desk/drafts/\d+/"))
    expect(page.locator(".origin mark")).to_have_text("IS retook al-Senaa and SDF captured Raqqa.")
    expect(page.locator("#id_actor")).to_have_value("SDF")


def test_a_table_is_mended_where_it_is_wrong(page: Page, raqqa: str) -> None:
    start(page, raqqa, TABLE)
    page.get_by_role("button", name="Read it").click()
    expect(page.locator("[data-proposal]")).to_have_count(2)
    expect(page.locator("main")).to_contain_text("“Xyzzy” is not a known place")
    assert_accessible(page)
    card = page.locator("[data-proposal]").first
    card.get_by_label(re.compile("^Date")).fill("28 June 2017")
    card.get_by_role("button", name="Mend and accept").click()
    expect(card).to_have_class(re.compile("proposal--accepted"))
    page.get_by_role("button", name="Accept the one that is ready").click()
    expect(page.locator(".messages")).to_contain_text("1 draft is made")
    expect(page.locator("[data-proposal]")).to_have_count(1)
    expect(page.locator("[data-proposal] .words")).to_contain_text("Xyzzy")


def test_what_is_pasted_outlives_the_browser_and_the_session(
    page: Page, context: BrowserContext, raqqa: str
) -> None:
    page.expected_errors = ("Failed to load resource",)  # type: ignore[attr-defined]
    start(page, raqqa, "half an article")
    expect(page.locator("#autosave [data-status]")).to_contain_text("Saved at")
    page.wait_for_url("**/many/*/")
    context.clear_cookies(name="sessionid")
    page.locator("#id_text").fill("half an article, and the other half")
    expect(page.locator("#autosave [data-status]")).to_contain_text("You have been signed out")
    address = page.url
    page.close(run_before_unload=False)
    again = context.new_page()
    sign_in(again, "editor", f"/desk/{raqqa}/many/")
    again.goto(address)
    expect(again.locator("#id_text")).to_have_value(re.compile("half an article"))
    again.get_by_role("button", name="Bring it back").click()
    expect(again.locator("#id_text")).to_have_value(re.compile("and the other half"))
    expect(again.locator("#autosave [data-status]")).to_contain_text("Saved at")


def test_more_than_two_megabytes_are_refused_before_they_are_sent_and_stay_in_the_box(
    page: Page, raqqa: str
) -> None:
    start(page, raqqa, "")
    page.evaluate(
        """() => { const box = document.getElementById("id_text");
            box.value = "30/06/2017\\tSDF\\tcaptured\\tal-Senaa\\tSOHR\\n".repeat(56_000);
            box.dispatchEvent(new Event("input", {bubbles: true})); }"""
    )
    expect(page.locator("#too-long")).to_contain_text("This is 2.1 MB; at most 2 MB")
    page.get_by_role("button", name="Read it").click()
    expect(page.locator("#id_text")).to_be_focused()
    kept = page.evaluate("[document.getElementById('id_text').value.length, id_text.dir]")
    # with a direction for each of its lines the page would stand still for a minute
    assert kept == [2_128_000, "ltr"]


def paste(page: Page, box: str, text: str) -> None:
    """As from another window: by the clipboard."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator(box).focus()
    page.evaluate("(text) => navigator.clipboard.writeText(text)", text)
    page.keyboard.press("Control+v")


@pytest.mark.parametrize(
    "row", ["30/06/2017\tSDF\tcaptured\tal-Senaa\tSOHR\n", "سيطر الجيش على مسكنة\n"]
)
def test_five_megabytes_are_never_put_into_the_box_that_would_stand_still(
    page: Page, raqqa: str, row: str
) -> None:
    start(page, raqqa, "what stands here")
    paste(page, "#id_text", row * (5_000_000 // len(row.encode())))
    note = page.locator(".paste-text [role=alert]", has_text="That would be 5.0 MB; at most 2 MB")
    expect(note).to_contain_text("Paste it in parts")
    box = page.evaluate("[document.getElementById('id_text').value, id_text.dir]")
    assert box == ["what stands here", "auto"]
    paste(page, "#id_text", ", and a little more")
    expect(page.locator("#id_text")).to_have_value(re.compile("a little more"))
    expect(note).to_have_count(0)


def test_a_field_of_the_form_takes_no_article_and_says_where_it_goes(
    page: Page, raqqa: str
) -> None:
    sign_in(page, "editor", f"/desk/{raqqa}/new/")
    paste(page, "#id_sentence", "IS retook al-Senaa. " * 10_000)
    note = page.locator(".sentence [role=alert]", has_text="a field takes at most 0.1 MB")
    expect(note).to_contain_text("Many at once")
    expect(page.locator("#id_sentence")).to_have_value("")


def test_a_sentence_of_several_changes_is_taken_as_drafts(page: Page, raqqa: str) -> None:
    sign_in(page, "editor", f"/desk/{raqqa}/new/")
    page.locator("#id_sentence").fill(
        "IS retook al-Senaa and SDF captured Raqqa, 30 June 2017; SOHR"
    )
    expect(page.locator(".heard-more")).to_contain_text("SDF captures Raqqa")
    page.get_by_role("button", name="Take all 2 as drafts").click()
    expect(page.locator(".messages")).to_contain_text("Saved as drafts: this one, and #")
    expect(page.locator(".heard-more")).to_have_count(0)


@pytest.mark.parametrize("viewport", [PHONE])
def test_on_a_phone(page: Page, raqqa: str) -> None:
    start(page, raqqa, ARTICLE)
    page.get_by_role("button", name="Read it").click()
    expect(page.locator("[data-proposal]").first).to_be_attached()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert_accessible(page)
