"""A real Chromium against a running site; any request to another host fails the test that made it."""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect, sync_playwright

from .elsewhere import Elsewhere, another_site
from .land import land as land
from .land import own_land as own_land
from .raqqa import raqqa as raqqa
from .site import Site, at_work, in_public, running_site

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
NO_OTHER_HOST = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
# Nothing is under way: fonts are there, the view is built, its cards are listed and its rings settled.
AT_REST = """async () => {
    await document.fonts.ready;
    const root = document.querySelector("control-map").shadowRoot;
    for (let frame = 0; frame < 3; frame += 1) await new Promise(requestAnimationFrame);
    return root.querySelectorAll(".side .change").length > 0
        && root.querySelectorAll(".change-ring:not([hidden])").length > 0
        && !/scale/.test(root.querySelector(".control-picture").style.transform)
        && !root.querySelector("[aria-live=polite]").textContent.includes("…")
        && root.querySelector("[aria-live=polite]").textContent !== "";
}"""
WIDE, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
# Milliseconds for whatever is waited for: what never comes fails, and what is late on a busy machine does not.
PATIENCE = 90_000
expect.set_options(timeout=PATIENCE)


# Before xdist looks for groups: it comes first where this folder is named on the command line.
@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The tests of one file on one worker: they share a conflict. Each worker has a site and a browser of its own."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group(f"browser-{item.path.stem}"))


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with running_site(f"test_site_{os.getpid()}", tmp_path_factory.mktemp("site")) as site:
        yield site


@pytest.fixture(scope="session")
def public(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the same record as a public installation serves it."""
    with in_public(site, tmp_path_factory.mktemp("public")) as address:
        yield address


@pytest.fixture(scope="session")
def work(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the same record as a checkout serves it to who works on it."""
    with at_work(site, tmp_path_factory.mktemp("work")) as address:
        yield address


@pytest.fixture(scope="session")
def chromium() -> Iterator[Callable[..., Browser]]:
    """Starts a browser with more flags; Playwright's loop can run once in a process, whatever the browsers."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:

        def start(*flags: str) -> Browser:
            args = ["--no-sandbox", NO_OTHER_HOST, *flags]
            return playwright.chromium.launch(executable_path=path, args=args)

        yield start


@pytest.fixture(scope="session")
def browser(chromium: Callable[..., Browser]) -> Iterator[Browser]:
    browser = chromium()
    yield browser
    browser.close()


def patient(browser: Browser, **options: Any) -> BrowserContext:
    """A browser of somebody's own, with `options` of `Browser.new_context`."""
    context = browser.new_context(**options)
    context.set_default_timeout(PATIENCE)
    return context


@pytest.fixture
def viewport() -> dict[str, int]:
    return WIDE


@pytest.fixture(scope="session")
def elsewhere() -> Iterator[Elsewhere]:
    with another_site() as elsewhere:
        yield elsewhere


@pytest.fixture
def hosts(site: Site) -> tuple[str, ...]:
    """All that a page may ask."""
    return (site.url,)


@pytest.fixture
def context(
    browser: Browser, site: Site, hosts: tuple[str, ...], viewport: dict[str, int]
) -> Iterator[BrowserContext]:
    context = patient(
        browser, viewport=viewport, base_url=site.url, locale="en-GB", reduced_motion="reduce"
    )
    strangers: list[str] = []

    def asked(request: Request) -> None:
        if not request.url.startswith((*hosts, "data:", "blob:")):
            strangers.append(request.url)

    # Listened to, not held up: to let each request pass would take longer than to answer it, and no cache be used.
    context.on("request", asked)
    yield context
    context.close()
    assert strangers == [], "a page asked another host"


@pytest.fixture
def desk(browser: Browser) -> Iterator[Page]:
    """A blank page, where nothing forbids to compare."""
    page = browser.new_page()
    yield page
    page.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """Any error of a script, and anything that the Content-Security-Policy refuses, fails the test."""
    page = context.new_page()
    wrong: list[str] = []
    page.wrong = wrong  # type: ignore[attr-defined]
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on(
        "console",
        lambda said: (
            wrong.append(said.text)
            if said.type == "error" and "Applying inline style" not in said.text
            else None
        ),
    )
    yield page
    expected = getattr(page, "expected_errors", ())
    assert [text for text in wrong if not any(e in text for e in expected)] == []


def sign_in_by_hand(page: Page, name: str, then: str = "/desk/") -> None:
    page.goto(f"/accounts/login/?next={then}")
    page.get_by_label("Username").or_(page.get_by_label("Login")).first.fill(name)
    page.get_by_label("Password").fill("demo")
    page.locator("main").get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"**{then}")


def sign_in(page: Page, name: str, then: str = "/desk/") -> None:
    """As by hand, without the page: its form is sent as it is, and `then` is opened."""
    form, address = page.request, "/accounts/login/"
    token = TOKEN.search(form.get(address).text())
    assert token, "the form of signing in has no token"
    sent = {"login": name, "password": "demo", "csrfmiddlewaretoken": token[1], "next": then}
    answer = form.post(address, form=sent, max_redirects=0)
    assert answer.headers.get("location") == then, "nobody is signed in"
    page.goto(then)


def say(page: Page, sentence: str) -> None:
    """Typed where the page of a new change begins, which has the focus from its first frame on: after its loading."""
    expect(page.locator("#id_sentence")).to_be_focused()
    page.keyboard.type(sentence)


def saved(page: Page) -> None:
    """Wait until the server has all that is typed: of who types slowly, it has a part before."""
    expect(page.locator("#autosave [data-status]")).to_contain_text("Saved at")
    page.wait_for_function(
        "() => !Object.keys(localStorage).some((name) => name.startsWith('desk:'))"
    )


def assert_accessible(page: Page) -> None:
    """axe-core finds nothing, by WCAG 2.2 AA and best practice."""
    said: list[str] = page.wrong  # type: ignore[attr-defined]
    before = len(said)
    # What sticks to the foot of the screen covers part of what scrolls beneath it, but at the end of the page.
    page.evaluate(
        """() => document.querySelector(".desk-actions--bar") && scrollTo(0, document.body.scrollHeight)"""
    )
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(
        """async () => (await axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa",
            "wcag22aa", "best-practice"]})).violations.map(v => `${v.id}: ${v.help}: ` +
            v.nodes.map(n => n.target.join(" ") + " " + n.failureSummary).join("; "))"""
    )
    # What axe brought about is said by the next frame, and so is known after it.
    with page.expect_console_message(lambda said: said.text == "axe has run"):
        page.evaluate(
            """() => new Promise((done) => requestAnimationFrame(() => setTimeout(() => {
                console.info("axe has run"); done(null)})))"""
        )
    # axe itself tries inline styles in a shadow tree, which the page's policy rightly refuses
    said[before:] = [text for text in said[before:] if "inline style" not in text]
    assert found == [], page.url


def open_map(page: Page, address: str) -> None:
    """Go there and wait until the map is painted, names and all."""
    page.goto(address)
    page.evaluate("document.querySelector('control-map').drawn")


def at_rest(page: Page) -> None:
    """Wait until nothing on the page of a map will look otherwise."""
    page.wait_for_function(AT_REST)
