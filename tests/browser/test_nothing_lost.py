"""No typed word is lost: the browser closes, the session ends, the connection drops, another person saves."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import assert_accessible, patient, saved, say, sign_in
from tests.browser.site import Site

NEW = "/desk/syria/new/"


def note(page: Page, words: str) -> None:
    page.locator("summary", has_text="Headline, note, ruling").click()
    page.locator("#id_note").press_sequentially(words)


def show_note(page: Page) -> None:
    if not page.locator("#id_note").is_visible():
        page.locator("summary", has_text="Headline, note, ruling").click()


@pytest.fixture
def other(context: BrowserContext, page: Page) -> Iterator[Page]:
    """A second person, in a browser of his own."""
    mine = patient(context.browser, base_url=page_base(page), reduced_motion="reduce")
    second = mine.new_page()
    sign_in(second, "chief")
    yield second
    mine.close()


def page_base(page: Page) -> str:
    page.goto("/")
    return page.url.rstrip("/")


def test_what_is_typed_is_saved_while_one_types_and_outlives_the_browser(
    page: Page, context: BrowserContext
) -> None:
    sign_in(page, "editor", NEW)
    note(page, "words before the crash")
    saved(page)
    page.wait_for_url("**/desk/drafts/*/")
    address = page.url
    page.close(run_before_unload=False)
    again = context.new_page()
    again.goto(address)
    show_note(again)
    expect(again.locator("#id_note")).to_have_value("words before the crash")


def test_a_connection_that_drops_loses_nothing(page: Page, context: BrowserContext) -> None:
    page.expected_errors = ("Failed to load resource", "ERR_INTERNET_DISCONNECTED", "htmx:")  # type: ignore[attr-defined]
    sign_in(page, "editor", NEW)
    context.set_offline(True)
    note(page, "typed in a tunnel")
    status = page.locator("#autosave [data-status]")
    expect(status).to_contain_text("The server is not reached")
    page.close(run_before_unload=False)
    context.set_offline(False)
    again = context.new_page()
    again.goto(NEW)
    kept = again.locator("#autosave [data-kept]")
    expect(kept).to_contain_text("typed in a tunnel")
    kept.get_by_role("button", name="Bring it back").click()
    show_note(again)
    expect(again.locator("#id_note")).to_have_value("typed in a tunnel")
    expect(again.locator("#autosave [data-status]")).to_contain_text("Saved at")


def test_a_server_that_restarts_in_mid_typing_loses_no_word(page: Page, site: Site) -> None:
    page.expected_errors = ("Failed to load resource", "ERR_CONNECTION_REFUSED", "htmx:")  # type: ignore[attr-defined]
    sign_in(page, "editor", NEW)
    note(page, "before, ")
    saved(page)
    page.wait_for_url("**/desk/drafts/*/")
    page.locator("#id_note").press_sequentially("while it goes, ")
    site.stop_web()
    try:
        page.locator("#id_note").press_sequentially("while it is away, ")
        status = page.locator("#autosave [data-status]")
        expect(status).to_contain_text("The server is not reached")
    finally:
        site.start_web()
        site.wait_until_ready()
    with page.expect_response(lambda r: r.ok and "and after" in (r.request.post_data or "")):
        page.locator("#id_note").press_sequentially("and after")
    page.reload()
    show_note(page)
    whole = "before, while it goes, while it is away, and after"
    expect(page.locator("#id_note")).to_have_value(whole)


def test_a_session_that_ends_loses_nothing(page: Page, context: BrowserContext) -> None:
    page.expected_errors = ("Failed to load resource",)  # type: ignore[attr-defined]
    sign_in(page, "editor", NEW)
    note(page, "first words")
    saved(page)
    context.clear_cookies(name="sessionid")
    page.locator("#id_note").press_sequentially(", and last words")
    status = page.locator("#autosave [data-status]")
    expect(status).to_contain_text("You have been signed out")
    tab = context.new_page()
    sign_in(tab, "editor")
    tab.close()
    page.bring_to_front()
    page.evaluate("dispatchEvent(new Event('focus'))")
    saved(page)
    page.reload()
    show_note(page)
    expect(page.locator("#id_note")).to_have_value("first words, and last words")


def test_two_people_on_one_draft_see_each_other_and_neither_is_overwritten(
    page: Page, other: Page
) -> None:
    page.expected_errors = ("Failed to load resource",)  # type: ignore[attr-defined]
    sign_in(page, "editor", NEW)
    note(page, "the editor's words")
    saved(page)
    page.wait_for_url("**/desk/drafts/*/")
    other.goto(page.url)
    expect(other.locator("#presence")).to_contain_text("editor has this draft open too")
    show_note(other)
    other.locator("#id_note").fill("the chief's words")
    saved(other)
    page.locator("#id_note").press_sequentially(" go on")
    status = page.locator("#autosave [data-status]")
    expect(status).to_contain_text("chief saved this draft while you were writing")
    assert_accessible(page)
    status.get_by_role("button", name="Show both").click()
    expect(page.locator("#stale")).to_contain_text("the chief's words")
    expect(page.locator("#stale")).to_contain_text("the editor's words go on")


def test_the_queue_is_worked_by_keyboard_alone(page: Page, other: Page) -> None:
    other.goto(NEW)
    note(other, "for the queue")
    saved(other)
    other.get_by_role("button", name="Submit for review").first.click()
    expect(other.locator("main")).to_contain_text("submitted")
    sign_in(page, "editor", "/desk/syria/queue/")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("next draft")
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    expect(page.locator("[data-open]").first).to_be_focused()
    assert_accessible(page)
    page.keyboard.press("r")
    page.wait_for_url("**/review/")
    expect(page.locator("#id_return")).to_be_focused()
    assert_accessible(page)
    page.keyboard.type("Which source?")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/syria/queue/")
    expect(page.locator(".messages")).to_contain_text("Returned with your comment")


@pytest.mark.parametrize("button", ["Save draft", "Publish"])
def test_what_a_button_saved_before_the_page_could_is_not_offered_again(
    page: Page, raqqa: str, button: str
) -> None:
    page.expected_errors = ("Failed to load resource",)  # type: ignore[attr-defined]
    sign_in(page, "editor", f"/desk/{raqqa}/new/")
    page.route(
        "**/new/", lambda r: r.abort() if r.request.resource_type == "fetch" else r.continue_()
    )
    say(page, "IS attacked Raqqa, 3 May 2016; SOHR")
    expect(page.locator("#preview")).to_contain_text("IS attacks")
    page.get_by_role("button", name=button).click()
    page.wait_for_url("**/desk/drafts/**")
    expect(page.get_by_role("button", name="Bring it back")).to_have_count(0)
    page.goto(f"/desk/{raqqa}/new/")
    expect(page.locator("#id_sentence")).to_be_focused()
    expect(page.get_by_role("button", name="Bring it back")).to_have_count(0)
