"""The time bar: dates that are typed, a range drawn over the bars, and the way from one change to the next."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, FloatRect, Locator, Page, expect

from tests.browser.conftest import PHONE, assert_accessible, open_map, patient
from tests.browser.site import Site

FIRST, LAST = date(2011, 3, 15), date(2024, 12, 31)


def bar(page: Page) -> Locator:
    return page.locator("control-map").get_by_role("region", name="Time")


def date_field(page: Page) -> Locator:
    return bar(page).get_by_role("textbox", name="Date")


def expect_day(page: Page, day: str) -> None:
    page.wait_for_function("day => document.querySelector('control-map').date === day", arg=day)


def range_of(page: Page) -> list[str | None]:
    return list(
        page.evaluate(
            """() => ["from", "to"].map(
                (end) => document.querySelector("control-map").getAttribute(end))"""
        )
    )


def bars(page: Page) -> FloatRect:
    box = page.locator("control-map .bars").bounding_box()
    assert box
    return box


def x_of(box: FloatRect, day: date) -> float:
    return box["x"] + box["width"] * (day - FIRST).days / (LAST - FIRST).days


def days_apart(text: str | None, day: date) -> int:
    assert text
    return abs((date.fromisoformat(text) - day).days)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2016-12-22", "2016-12-22"),
        ("22 December 2016", "2016-12-22"),
        ("22/12/2016", "2016-12-22"),
        ("June 2014", "2014-06-01"),
        ("2015", "2015-01-01"),
        ("2011", "2011-03-15"),
    ],
)
def test_a_date_is_typed_in_any_usual_way(page: Page, typed: str, day: str) -> None:
    open_map(page, "/syria/?at=2017-06-30")
    date_field(page).fill(typed)
    date_field(page).press("Enter")
    expect_day(page, day)
    expect(date_field(page)).to_have_value(re.compile(day[:4]))


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("6/30/2017", "there is no month 30. The day comes first"),
        ("31 June 2017", "this month has the days 1 to 30"),
        ("30 June 17", "write the year with four digits"),
        ("last summer", "is not a date. Write it as 2017-06-30"),
        ("1 May 1945", "outside the record, from 15 March 2011"),
        ("<b>2017", "is not a date"),
    ],
)
def test_what_is_no_date_is_said_why_and_kept(page: Page, typed: str, why: str) -> None:
    open_map(page, "/syria/?at=2017-06-30")
    date_field(page).fill(typed)
    date_field(page).press("Enter")
    problem = bar(page).get_by_role("alert")
    expect(problem).to_contain_text(typed)
    expect(problem).to_contain_text(why)
    expect(date_field(page)).to_have_value(typed)
    expect(date_field(page)).to_have_attribute("aria-invalid", "true")
    expect_day(page, "2017-06-30")
    date_field(page).press("Escape")
    expect(date_field(page)).to_have_value("30 June 2017")
    expect(problem).to_be_hidden()


def test_a_range_is_drawn_over_the_bars(page: Page) -> None:
    open_map(page, "/syria/?at=2017-06-30")
    box, (start, end) = bars(page), (date(2016, 6, 1), date(2018, 1, 1))
    middle = box["y"] + box["height"] / 2
    page.mouse.move(x_of(box, end), middle)
    page.mouse.down()
    page.mouse.move(x_of(box, start), middle, steps=4)
    page.mouse.up()
    drawn = range_of(page)
    assert days_apart(drawn[0], start) < 9
    assert days_apart(drawn[1], end) < 9
    expect_day(page, "2017-06-30")
    page.wait_for_url(f"**from={drawn[0]}&to={drawn[1]}**")
    # the bars are where they were, and an end is moved by its handle
    assert bars(page) == box
    handle = bar(page).get_by_role("slider", name="Start of the range")
    grip = handle.bounding_box()
    assert grip
    page.mouse.move(grip["x"] + grip["width"] / 2, middle)
    page.mouse.down()
    page.mouse.move(x_of(box, date(2017, 3, 1)), middle, steps=4)
    page.mouse.up()
    assert days_apart(range_of(page)[0], date(2017, 3, 1)) < 9
    assert range_of(page)[1] == drawn[1]
    handle.press("Escape")
    assert range_of(page) == [None, None]
    page.wait_for_function("() => !location.search.includes('from=')")


def test_a_press_on_the_bars_goes_to_its_day_and_an_escape_gives_a_drag_up(page: Page) -> None:
    open_map(page, "/syria/?at=2017-06-30")
    box = bars(page)
    middle = box["y"] + box["height"] / 2
    page.mouse.click(x_of(box, date(2014, 12, 1)), middle)
    page.wait_for_function("() => document.querySelector('control-map').date < '2015'")
    assert days_apart(page.evaluate("document.querySelector('control-map').date"), date(2014, 12, 1)) < 9  # fmt: skip
    assert range_of(page) == [None, None]
    page.locator("control-map").evaluate("map => map.focus()")
    page.mouse.move(x_of(box, date(2013, 1, 1)), middle)
    page.mouse.down()
    page.mouse.move(x_of(box, date(2016, 1, 1)), middle, steps=3)
    page.keyboard.press("Escape")
    page.mouse.up()
    assert range_of(page) == [None, None]


def test_a_range_is_drawn_with_a_finger(browser: Browser, site: Site) -> None:
    context = patient(browser, viewport=PHONE, has_touch=True, base_url=site.url, locale="en-GB")
    page = context.new_page()
    open_map(page, "/syria/?at=2017-06-30")
    box = bars(page)
    middle = box["y"] + box["height"] / 2
    finger = context.new_cdp_session(page)

    def touch(kind: str, *days: date) -> None:
        points = [{"x": x_of(box, day), "y": middle} for day in days]
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", date(2013, 1, 1))
    for year in (2014, 2015, 2016):
        touch("touchMove", date(year, 1, 1))
    touch("touchEnd")
    page.wait_for_function("() => document.querySelector('control-map').hasAttribute('to')")
    drawn = range_of(page)
    assert days_apart(drawn[0], date(2013, 1, 1)) < 30
    assert days_apart(drawn[1], date(2016, 1, 1)) < 30
    context.close()


def test_a_range_is_drawn_and_its_ends_are_moved_by_keys(page: Page) -> None:
    open_map(page, "/syria/?at=2017-06-30")
    page.locator("control-map").evaluate("map => map.focus()")
    for key, expected in (
        ("Shift+ArrowRight", ["2017-06-30", "2017-07-01"]),
        ("Shift+PageDown", ["2017-06-30", "2017-08-01"]),
        ("Shift+ArrowLeft", ["2017-06-30", "2017-07-31"]),
        ("Shift+Home", ["2011-03-15", "2017-06-30"]),
        ("Shift+End", ["2017-06-30", "2024-12-31"]),
    ):
        page.keyboard.press(key)
        assert range_of(page) == expected, key
    end = bar(page).get_by_role("slider", name="End of the range")
    for key, day in (
        ("ArrowLeft", "2024-12-30"),
        ("PageUp", "2024-11-30"),
        ("Home", "2017-07-01"),
        ("ArrowLeft", "2017-07-01"),
    ):
        end.press(key)
        assert range_of(page) == ["2017-06-30", day]
    expect(end).to_have_attribute("aria-valuetext", "1 July 2017")
    expect_day(page, "2024-12-31")


def test_a_range_is_typed_and_compared(page: Page) -> None:
    open_map(page, "/syria/?at=2017-06-30")
    bar(page).get_by_role("button", name="Range").click()
    assert range_of(page) == ["2017-05-30", "2017-06-30"]
    bar(page).get_by_role("textbox", name="Start of the range").fill("May 2017")
    end = bar(page).get_by_role("textbox", name="End of the range")
    end.fill("June 2017")
    end.press("Enter")
    assert range_of(page) == ["2017-05-01", "2017-06-30"]
    # an end beyond the other takes it along
    end.fill("2016-01-01")
    end.press("Enter")
    assert range_of(page) == ["2015-12-31", "2016-01-01"]
    end.fill("June 2017")
    end.press("Enter")
    bar(page).get_by_role("link", name="Compare the two dates").click()
    page.wait_for_url("**/syria/compare/?from=2015-12-31&to=2017-06-30")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Two dates compared")


def listed(page: Page) -> Locator:
    return page.locator("control-map").get_by_role("region", name="Changes of the day")


def between(page: Page, first: str, last: str) -> list[dict[str, Any]]:
    """The API's changes of the days after `first`, up to `last`, by their day."""
    after = date.fromisoformat(first) + timedelta(days=1)
    end = date.fromisoformat(last) + timedelta(days=1)
    asked = f"/api/v1/conflicts/syria/changes?from={after}&to={end}&limit=200"
    answer = page.request.get(asked).json()
    assert answer["next"] is None
    return sorted(answer["changes"], key=lambda change: str(change["day"]))


def test_a_range_limits_the_list(page: Page) -> None:
    open_map(page, "/syria/?at=2017-06-30&from=2017-06-05&to=2017-07-05")
    expected = between(page, "2017-06-05", "2017-07-05")
    assert len(expected) > 35
    expect(listed(page).get_by_role("heading", level=2)).to_have_text(f"{len(expected)} changes")
    cards = listed(page).locator("li.change")
    # those of the day in view are pointed out; the rest comes when it is asked for
    expect(cards.first).to_have_attribute("data-day", expected[0]["day"])
    more = listed(page).get_by_role("button", name=re.compile("^Show"))
    while more.count():
        before = cards.count()
        more.click()
        expect(cards.nth(before)).to_be_visible()
    assert cards.evaluate_all("all => all.map(card => card.dataset.day)") == [
        change["day"] for change in expected
    ]
    page.evaluate("document.querySelector('control-map').seek('2017-06-15')")
    pointed = listed(page).locator("li[aria-current=date]")
    expect(pointed.first).to_have_attribute("data-day", "2017-06-15")
    expect(pointed).to_have_count(sum(change["day"] == "2017-06-15" for change in expected))


def test_playing_keeps_to_the_range(page: Page) -> None:
    open_map(page, "/syria/?at=2020-01-01&from=2017-06-05&to=2017-07-05")
    # of a frame that takes long, a quarter of a second is made up for: ten days
    page.evaluate(
        """() => {
            window.days = [];
            const map = document.querySelector("control-map");
            map.addEventListener("seek", () => window.days.push(map.date));
            map.play({daysPerSecond: 40});
        }"""
    )
    page.wait_for_function("() => !document.querySelector('control-map').playing")
    expect_day(page, "2017-07-05")
    days = page.evaluate("window.days")
    assert min(days) < "2017-06-20"
    assert min(days) >= "2017-06-05"
    assert max(days) == "2017-07-05"


def standing(page: Page, day: date, place: str) -> list[dict[str, Any]]:
    answer = page.request.get(f"/api/v1/conflicts/syria/standing?at={day}").json()
    return [p for p in answer["places"] if p["place"] == place]


def test_the_way_leads_from_change_to_change_of_a_place(page: Page) -> None:
    open_map(page, "/syria/?at=2014-06-01&place=manbij")
    days = []
    on = bar(page).get_by_role("button", name="Next change of Manbij (Shift+N)")
    while on.get_attribute("aria-disabled") == "false":
        before = page.evaluate("document.querySelector('control-map').date")
        on.click()
        page.wait_for_function(
            "day => document.querySelector('control-map').date > day", arg=before
        )
        days.append(page.evaluate("document.querySelector('control-map').date"))
    assert days
    for text in days:
        day = date.fromisoformat(text)
        was, now = (standing(page, at, "manbij") for at in (day - timedelta(days=1), day))
        assert was != now, day
    page.locator("control-map").evaluate("map => map.focus()")
    page.keyboard.press("Shift+P")
    expect_day(page, days[-2])
    page.keyboard.press("Shift+N")
    expect_day(page, days[-1])


def test_an_actor_of_the_legend_is_followed(page: Page) -> None:
    open_map(page, "/syria/?at=2014-01-13")
    root = page.locator("control-map")
    actor = root.get_by_role("region", name="Legend").get_by_role("button", name="IS", exact=True)
    actor.click()
    expect(actor).to_have_attribute("aria-pressed", "true")
    bar(page).get_by_role("button", name="Next change of IS (Shift+N)").click()
    expect_day(page, "2014-01-14")
    found = page.request.get("/api/v1/conflicts/syria/changes?from=2014-01-14&to=2014-01-15").json()
    assert any("is" in (c["actor"], c["other_actor"]) for c in found["changes"])
    actor.click()
    expect(bar(page).get_by_role("group", name="Changes of IS")).to_be_hidden()


def test_the_help_names_the_keys_and_closes_alone(page: Page) -> None:
    open_map(page, "/syria/?at=2017-06-30&place=raqqa")
    page.keyboard.press("?")
    dialog = page.locator("control-map").get_by_role("dialog", name="Keys and gestures")
    expect(dialog).to_contain_text("draw a range")
    assert_accessible(page)
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    panel = page.locator("control-map").get_by_role("region", name="Place: Raqqa")
    expect(panel).to_be_visible()
    bar(page).get_by_role("button", name="Help").click()
    expect(dialog).to_be_visible()
    dialog.get_by_role("button", name="Close").click()
    expect(dialog).to_be_hidden()
