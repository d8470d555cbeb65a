"""The readers' files on their way: what is published while one reads, what was published then, what goes wrong."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import open_map
from tests.browser.land import THIRD, bring
from tests.browser.site import Site


def holds(page: Page, place: str) -> list[str]:
    return page.evaluate(
        "place => document.querySelector('control-map').standing(place).holds", place
    )


def expect_problem(page: Page, *texts: str) -> None:
    page.expected_errors = ("Failed to load", "net::", "LoadError", *texts)  # type: ignore[attr-defined]


def test_a_publication_is_seen_without_a_reload_in_the_same_view(
    page: Page, site: Site, own_land: str, tmp_path: Path
) -> None:
    open_map(page, f"/{own_land}/?at=2019-03-06&place=west#9/36/38.2")
    assert holds(page, "west") == ["blue"]
    page.evaluate("document.body.dataset.same = 'yes'")
    bring(site, tmp_path, own_land, THIRD)
    site.manage("build_replay", own_land)
    page.wait_for_function(
        "() => document.querySelector('control-map').standing('west').holds[0] === 'red'"
    )
    assert page.evaluate("document.body.dataset.same") == "yes"
    assert page.evaluate("document.querySelector('control-map').date") == "2019-03-06"
    panel = page.locator("control-map").get_by_role("region", name="Place")
    expect(panel).to_contain_text("Red is back in the west")
    # a map that was given another size since, as by letters that came late, has its middle on a whole pixel
    position = page.evaluate("document.querySelector('control-map').position")
    assert position == pytest.approx({"zoom": 9, "lat": 36, "lon": 38.2}, abs=0.01)


def test_a_history_that_comes_late_does_not_replace_a_newer_one(
    page: Page, site: Site, own_land: str, tmp_path: Path
) -> None:
    late: list[Route] = []
    page.route(
        re.compile("/places/west/history"),
        lambda route: route.continue_() if late else late.append(route),
    )
    with page.expect_request(re.compile("/places/west/history")):
        open_map(page, f"/{own_land}/?at=2019-03-06&place=west")
    while not late:
        page.evaluate("new Promise(requestAnimationFrame)")
    old = page.request.get(late[0].request.url).text()
    bring(site, tmp_path, own_land, THIRD)
    site.manage("build_replay", own_land)
    panel = page.locator("control-map").get_by_role("region", name="Place")
    expect(panel).to_contain_text("Red is back in the west")
    with page.expect_event("requestfinished", lambda request: request == late[0].request):
        late[0].fulfill(body=old, content_type="application/json")
    # what was asked later and drawn since, the page has had both
    page.evaluate("fetch('/healthz').then(() => new Promise(requestAnimationFrame))")
    expect(panel).to_contain_text("Red is back in the west")


def test_a_newer_gazetteer_is_taken_in_the_same_view(page: Page, site: Site, own_land: str) -> None:
    open_map(page, f"/{own_land}/?at=2019-03-06&place=west#9/36/38.2")
    rename = f"""
from events.models import Place
place = Place.objects.get(conflict__slug="{own_land}", slug="west"); place.name = "Wester"; place.save()
"""
    site.manage("shell", "-c", rename)
    site.manage("build_replay", own_land)
    panel = page.locator("control-map").get_by_role("region", name="Place")
    expect(panel).to_contain_text("Wester")
    assert page.evaluate("document.querySelector('control-map').date") == "2019-03-06"
    position = page.evaluate("document.querySelector('control-map').position")
    assert position == pytest.approx({"zoom": 9, "lat": 36, "lon": 38.2}, abs=0.01)


@pytest.mark.parametrize(
    "known", ["2020-06-01", "2020-06-01T12:00:00Z", "2019-06-01", "2022-01-01"]
)
def test_the_map_as_published_then_is_what_the_api_says(page: Page, land: str, known: str) -> None:
    open_map(page, f"/{land}/?at=2019-02-10&known={known}")
    for day in ("2019-01-01", "2019-02-10", "2019-03-02", "2019-12-31"):
        answer = page.request.get(
            f"/api/v1/conflicts/{land}/standing?at={day}&known_at={known}"
        ).json()
        said = {p["place"]: [p["state"], p["holds"]] for p in answer["places"]}
        drawn = page.evaluate(
            """async ([day, slugs]) => {
                const map = document.querySelector("control-map");
                await map.seek(day);
                return Object.fromEntries(slugs.map((slug) => {
                    const {state, holds} = map.standing(slug);
                    return [slug, [state, holds]];
                }));
            }""",
            [day, list(said)],
        )
        assert drawn == said, day
    root = page.locator("control-map")
    expect(root.get_by_role("status").filter(has_text="As published by")).to_be_visible()


def test_what_was_published_later_is_neither_listed_nor_counted(page: Page, land: str) -> None:
    open_map(page, f"/{land}/?at=2019-02-01&known=2020-06-01")
    listed = page.locator("control-map").get_by_role("region", name="Changes of the day")
    expect(listed).to_contain_text("Red holds the land")
    expect(listed).not_to_contain_text("Blue had the west")
    page.get_by_role("button", name="Show what is known now").click()
    expect(listed).to_contain_text("Blue had the west")
    assert page.evaluate("document.querySelector('control-map').getAttribute('known')") is None


def damaged(route: Route) -> None:
    response = route.fetch()
    body = response.body()
    route.fulfill(response=response, body=body[: len(body) // 2])


def future(route: Route) -> None:
    route.fulfill(json={**route.fetch().json(), "format": 3})


def missing(route: Route) -> None:
    route.fulfill(status=404, body="gone")


@pytest.mark.parametrize(
    ("pattern", "wrong", "text"),
    [
        ("**/replay/*/places.*", damaged, "damaged"),
        ("**/replay/*/geometry.*", missing, "not there"),
        # a small record's first map is made from its timeline, and from `now` where that cannot be had
        ("**/replay/*/{now.,timeline-}*", damaged, "damaged"),
        ("**/conflicts/*/replay", future, "newer form"),
        ("**/conflicts/*/replay", lambda route: route.fulfill(body="<html>"), "damaged"),
        ("**/conflicts/*/replay", lambda route: route.fulfill(status=503), "cannot answer"),
        ("**/conflicts/*/replay", lambda route: route.abort(), "No connection"),
    ],
)
def test_what_cannot_be_loaded_is_said_and_can_be_tried_again(
    page: Page, land: str, pattern: str, wrong: Any, text: str
) -> None:
    expect_problem(page)
    page.route(pattern, wrong)
    page.goto(f"/{land}/")
    alert = page.locator("control-map").get_by_role("alert")
    expect(alert).to_contain_text("The map could not be loaded.")
    expect(alert).to_contain_text(text)
    page.unroute(pattern)
    alert.get_by_role("button", name="Try again").click()
    page.evaluate("document.querySelector('control-map').ready")
    assert holds(page, "west") == ["blue"]


@pytest.mark.parametrize(
    ("pattern", "wrong", "text"),
    [
        ("**/replay/*/timeline-*", damaged, "damaged"),
        ("**/replay/*/timeline-*", missing, "not there"),
        ("**/replay/*/timeline-*", lambda route: route.abort(), "No connection"),
    ],
)
def test_without_its_timeline_the_first_map_stays_and_says_so(
    page: Page, land: str, pattern: str, wrong: Any, text: str
) -> None:
    expect_problem(page)
    page.route(pattern, wrong)
    open_map(page, f"/{land}/")
    note = page.locator("control-map").get_by_role("status").filter(has_text=text)
    expect(note).to_be_visible()
    assert holds(page, "west") == ["blue"]
    page.unroute(pattern)
    expect(note).to_be_hidden()
    page.evaluate("document.querySelector('control-map').seek('2019-01-15')")
    page.wait_for_function(
        "() => document.querySelector('control-map').standing('west').holds[0] === 'red'"
    )


@pytest.mark.parametrize(
    ("pattern", "wrong", "text"),
    [
        ("**/replay/*/timeline-*", damaged, "damaged"),
        ("**/replay/*/timeline-*", missing, "not there"),
        ("**/conflicts/*/replay", future, "newer form"),
        ("**/conflicts/*/replay", lambda route: route.abort(), "No connection"),
    ],
)
def test_a_newer_record_that_cannot_be_loaded_leaves_the_last_good_picture(
    page: Page, site: Site, own_land: str, tmp_path: Path, pattern: str, wrong: Any, text: str
) -> None:
    expect_problem(page)
    open_map(page, f"/{own_land}/?at=2019-03-06")
    page.route(pattern, wrong)
    bring(site, tmp_path, own_land, THIRD)
    site.manage("build_replay", own_land)
    note = page.locator("control-map").get_by_role("status").filter(has_text=text)
    expect(note).to_be_visible()
    assert holds(page, "west") == ["blue"]
    page.unroute(pattern)
    page.wait_for_function(
        "() => document.querySelector('control-map').standing('west').holds[0] === 'red'"
    )
    expect(note).to_be_hidden()


@pytest.mark.parametrize(("wrong", "text"), [(damaged, "damaged"), (missing, "not there")])
def test_what_is_known_now_is_never_shown_for_what_was_known_then(
    page: Page, land: str, wrong: Any, text: str
) -> None:
    expect_problem(page)
    page.route("**/replay/*/known-*", wrong)
    page.goto(f"/{land}/?at=2019-02-10&known=2020-06-01")
    alert = page.locator("control-map").get_by_role("alert")
    expect(alert).to_contain_text(text)
    assert page.evaluate("document.querySelector('control-map').standing('west')") is None
    page.unroute("**/replay/*/known-*")
    alert.get_by_role("button", name="Try again").click()
    page.evaluate("document.querySelector('control-map').ready")
    assert holds(page, "west") == ["red"]


def test_a_clock_that_cannot_be_had_leaves_the_other_one_as_it_is(page: Page, land: str) -> None:
    expect_problem(page)
    open_map(page, f"/{land}/?at=2019-02-10")
    page.route("**/replay/*/known-*", damaged)
    choose = "document.querySelector('control-map').setAttribute('known', '2020-06-01')"
    page.evaluate(choose)
    note = page.locator("control-map").get_by_role("status").filter(has_text="damaged")
    expect(note).to_be_visible()
    assert holds(page, "west") == ["blue"]
    assert page.evaluate("document.querySelector('control-map').getAttribute('known')") is None
    page.unroute("**/replay/*/known-*")
    page.evaluate(choose)
    page.wait_for_function(
        "() => document.querySelector('control-map').standing('west').holds[0] === 'red'"
    )


@pytest.mark.parametrize("wrong", [damaged, missing, lambda route: route.abort()])
def test_without_its_texts_the_map_stays_and_the_list_says_so(
    page: Page, land: str, wrong: Any
) -> None:
    expect_problem(page)
    page.route("**/replay/*/changes-*", wrong)
    open_map(page, f"/{land}/?at=2019-03-01")
    listed = page.locator("control-map").get_by_role("region", name="Changes of the day")
    expect(listed.get_by_role("alert")).to_contain_text("could not be loaded")
    assert holds(page, "east") == ["blue"]
    page.unroute("**/replay/*/changes-*")
    page.evaluate("document.querySelector('control-map').step(1)")
    expect(listed).to_contain_text("Blue takes the east")


def test_a_reader_who_is_offline_keeps_the_replay(page: Page, land: str) -> None:
    expect_problem(page)
    open_map(page, f"/{land}/?at=2019-03-06")
    page.context.set_offline(True)
    note = page.locator("control-map").get_by_role("status").filter(has_text="No connection")
    expect(note).to_be_visible()
    page.evaluate("document.querySelector('control-map').seek('2019-01-15')")
    page.wait_for_function(
        "() => document.querySelector('control-map').standing('west').holds[0] === 'red'"
    )
    page.context.set_offline(False)
    expect(note).to_be_hidden()


ANOTHER = """(src) => {
    const old = document.querySelector("control-map");
    const map = document.createElement("control-map");
    map.setAttribute("src", src || old.getAttribute("src"));
    map.setAttribute("lang", "en");
    map.toggleAttribute("controls", true);
    old.replaceWith(map);
}"""


CANVAS = (
    "document.querySelector('control-map').shadowRoot.querySelector('.control-canvas').toDataURL()"
)


def test_a_map_that_is_opened_offline_is_the_last_good_picture_and_says_so(
    page: Page, land: str
) -> None:
    """The page is there, the network is not: files never change, and the browser has kept the manifest."""
    # a context that looks at each request has no cache
    page.context.unroute_all()
    expect_problem(page)
    open_map(page, f"/{land}/?at=2019-03-06")
    before = page.evaluate(CANVAS)
    assert len(before) > 20_000, "a picture, and not a blank one"
    page.context.set_offline(True)
    page.evaluate(ANOTHER, "")
    note = page.locator("control-map").get_by_role("status").filter(has_text="No connection")
    expect(note).to_contain_text("You see what was loaded last")
    page.evaluate("document.querySelector('control-map').drawn")
    assert holds(page, "west") == ["blue"]
    page.evaluate("document.querySelector('control-map').seek('2019-01-15')")
    page.wait_for_function(
        "() => document.querySelector('control-map').standing('west').holds[0] === 'red'"
    )
    page.evaluate("document.querySelector('control-map').seek('2019-03-06')")
    assert page.evaluate(CANVAS) == before
    page.context.set_offline(False)
    expect(note).to_be_hidden()


def test_a_map_that_was_never_loaded_says_offline_that_it_cannot_be_and_comes_when_asked_again(
    page: Page, land: str
) -> None:
    expect_problem(page)
    open_map(page, f"/{land}/")
    page.context.set_offline(True)
    page.evaluate(ANOTHER, "/api/v1/conflicts/syria/replay")
    alert = page.locator("control-map").get_by_role("alert")
    expect(alert).to_contain_text("The map could not be loaded.")
    expect(alert).to_contain_text("No connection")
    # neither a map of another conflict, nor an empty one
    expect(page.locator("control-map canvas")).to_have_count(0)
    assert page.evaluate("document.querySelector('control-map').standing('west')") is None
    assert page.evaluate("document.querySelector('control-map').date") is None
    page.context.set_offline(False)
    alert.get_by_role("button", name="Try again").click()
    page.evaluate("document.querySelector('control-map').ready")
    assert page.evaluate("document.querySelector('control-map').standing('raqqa').state")
