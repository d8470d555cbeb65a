"""The reader's replay of the demo: dates, keyboard, links, accessibility, and no other host."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, assert_accessible, open_map
from tests.browser.site import Site

DATES = ["2014-12-01", "2017-06-30", "2019-04-01", "2024-12-09"]


def date_of(page: Page) -> str:
    return str(page.evaluate("document.querySelector('control-map').date"))


@pytest.mark.parametrize("day", DATES)
def test_a_link_reproduces_the_view(page: Page, day: str) -> None:
    open_map(page, f"/syria/?at={day}&place=raqqa#8/35.9/39.0")
    assert date_of(page) == day
    expect(
        page.locator("control-map").get_by_role("region", name=re.compile("Raqqa"))
    ).to_be_visible()
    page.evaluate("document.querySelector('control-map').seek('2016-01-01')")
    page.wait_for_url(re.compile(r"at=2016-01-01.*place=raqqa.*#8/"))


def test_what_is_drawn_is_what_the_api_says(page: Page) -> None:
    open_map(page, "/syria/?at=2017-06-30")
    for day in DATES:
        answer = page.request.get(f"/api/v1/conflicts/syria/standing?at={day}").json()
        said = {p["place"]: [p["state"], p["holds"], p["contests"]] for p in answer["places"]}
        drawn = page.evaluate(
            """async ([day, slugs]) => {
                const map = document.querySelector("control-map");
                await map.seek(day);
                return Object.fromEntries(slugs.map((slug) => {
                    const s = map.standing(slug);
                    return [slug, [s.state, s.holds, s.contests]];
                }));
            }""",
            [day, list(said)],
        )
        assert drawn == said
        assert len(said) == 240


def test_everything_can_be_done_from_the_keyboard(page: Page) -> None:
    open_map(page, "/syria/?at=2017-06-29")
    page.locator("control-map").evaluate("map => map.focus()")
    for key, day in (
        ("ArrowRight", "2017-06-30"),
        ("ArrowLeft", "2017-06-29"),
        ("PageDown", "2017-07-29"),
        ("PageUp", "2017-06-29"),
        ("Home", "2011-03-15"),
        ("End", "2024-12-31"),
    ):
        page.keyboard.press(key)
        page.wait_for_function("day => document.querySelector('control-map').date === day", arg=day)
    page.keyboard.press("Home")
    page.keyboard.press("Space")
    page.wait_for_function("() => document.querySelector('control-map').date > '2011-03-15'")
    page.keyboard.press("Space")


def test_the_element_keeps_its_contract(page: Page) -> None:
    open_map(page, "/syria/?at=2017-06-29")
    found = page.evaluate(
        """async () => {
            const map = document.querySelector("control-map");
            const heard = [];
            for (const name of ["seek", "play", "pause"]) map.addEventListener(name, () => heard.push(name));
            await map.step(1);
            const stepped = map.date;
            await map.seek("2014-12-01");
            map.play({daysPerSecond: 30});
            map.pause();
            return {stepped, at: map.getAttribute("at"), heard, knownAt: map.knownAt,
                    raqqa: map.standing("raqqa").holds};
        }"""
    )
    assert found["stepped"] == "2017-06-30"
    assert found["at"] == "2014-12-01"
    assert found["raqqa"] == ["is"]
    assert {"seek", "play", "pause"} <= set(found["heard"])


def test_a_place_is_found_by_its_arabic_name(page: Page) -> None:
    open_map(page, "/syria/?at=2017-06-30")
    box = (
        page.locator("control-map")
        .get_by_role("combobox", name=re.compile("place", re.IGNORECASE))
        .first
    )
    box.press_sequentially("الصناعة")
    page.locator("control-map").get_by_role("option").first.click()
    page.wait_for_url(re.compile("place=al-sinaa"))


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/syria/places/",
        "/syria/places/raqqa/",
        "/syria/places/al-sinaa/?at=2017-06-30",
        "/syria/changes/",
        "/syria/changes/c0650/",
        "/syria/compare/?from=2017-05-31&to=2017-06-29",
        "/accounts/login/",
        "/api/v1/docs",
        "/nowhere/",
    ],
)
def test_every_page_is_accessible(page: Page, address: str) -> None:
    page.expected_errors = ("404",)  # type: ignore[attr-defined]
    page.goto(address)
    assert_accessible(page)


@pytest.mark.parametrize("viewport", [{"width": 1440, "height": 900}, PHONE], ids=["wide", "phone"])
def test_the_map_is_accessible(page: Page, viewport: dict[str, int]) -> None:
    open_map(page, "/syria/?at=2017-06-30&place=raqqa")
    assert_accessible(page)


@pytest.mark.parametrize(
    "viewport", [{"width": 800, "height": 900}, PHONE], ids=["tablet", "phone"]
)
@pytest.mark.parametrize("address", ["/syria/", "/syria/places/"])
def test_the_header_of_a_narrow_screen_leads_everywhere_and_touches_no_edge(
    page: Page, address: str
) -> None:
    page.goto(address)
    if address == "/syria/":
        expect(page.get_by_role("button", name="Share")).to_be_visible()
    links = page.get_by_role("navigation", name="Site").get_by_role("link")
    names = ["Conflicts", "Map", "Places", "Changes", "Compare", "Corrections"]
    assert links.all_inner_texts() == names
    for name in names:
        link = page.get_by_role("navigation", name="Site").get_by_role("link", name=name)
        link.focus()
        assert link.evaluate(
            """(link) => {
                const { left, right, top, height } = link.getBoundingClientRect();
                const at = (x) => document.elementFromPoint(x, top + height / 2);
                return at(left + 2) === link && at(right - 2) === link;
            }"""
        ), name
    for part in page.locator(".site-name, .site-header button:visible, .sign-in").all():
        box = part.bounding_box()
        assert box
        assert box["y"] >= 3
        assert box["x"] + box["width"] <= page.viewport_size["width"]  # type: ignore[index]


def test_a_page_without_a_build_says_so(page: Page, site: Site) -> None:
    page.expected_errors = ("404", "503")  # type: ignore[attr-defined]
    site.manage(
        "create_conflict", "bare", "--title", "Bare", "--timezone", "UTC", "--start", "2020-01-01"
    )
    page.goto("/bare/")
    expect(page.locator("body")).to_contain_text("Bare")
