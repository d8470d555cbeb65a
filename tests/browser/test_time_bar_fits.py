"""The time bar at every size: all of it is on the screen, whole, and reached by everybody."""

import pytest
from playwright.sync_api import FloatRect, Page, expect

from tests.browser.conftest import PHONE, assert_accessible, open_map
from tests.browser.site import Site
from tests.browser.test_time_bar import bar, date_field


@pytest.mark.parametrize("viewport", [{"width": 1440, "height": 900}, PHONE], ids=["wide", "phone"])
def test_the_time_bar_with_all_its_tools_is_accessible(
    page: Page, viewport: dict[str, int]
) -> None:
    open_map(page, "/syria/?at=2017-06-30&place=raqqa&from=2017-06-05&to=2017-07-05")
    assert_accessible(page)


NARROW = {"width": 320, "height": 640}


@pytest.mark.parametrize("viewport", [PHONE, NARROW], ids=["phone", "narrow"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_no_control_leaves_the_screen_of_a_phone(
    page: Page, site: Site, viewport: dict[str, int], language: str
) -> None:
    page.context.add_cookies([{"name": "django_language", "value": language, "url": site.url}])
    for query in ("", "&place=deir-ez-zor&from=2017-06-05&to=2017-12-05"):
        open_map(page, f"/syria/?at=2017-09-30{query}")
        boxes = page.locator("control-map").evaluate(
            """map => [...map.shadowRoot.querySelectorAll(
                ".time-bar :is(button, select, a, .date-field, .track)")]
                .filter((one) => one.checkVisibility())
                .map((one) => [one.className, one.getBoundingClientRect()])
                .map(([name, {left, right}]) => [name, left, right])"""
        )
        assert len(boxes) > 8
        assert [box for box in boxes if box[1] < 0 or box[2] > viewport["width"]] == []


SIZES = [{"width": 1440, "height": 900}, {"width": 800, "height": 600}, PHONE]


@pytest.mark.parametrize("viewport", SIZES, ids=["wide", "frame", "phone"])
def test_the_longest_date_is_read_whole(page: Page, viewport: dict[str, int]) -> None:
    open_map(page, "/syria/?at=2017-09-30")
    expect(date_field(page)).to_have_value("30 September 2017")
    assert date_field(page).evaluate("field => field.scrollWidth - field.clientWidth") == 0


@pytest.mark.parametrize("viewport", SIZES, ids=["wide", "frame", "phone"])
def test_a_long_name_that_is_followed_covers_no_other_tool(
    page: Page, viewport: dict[str, int]
) -> None:
    open_map(page, "/syria/?at=2017-06-30&place=al-sinaa")
    followed = bar(page).get_by_role("group", name="Changes of Al-Senaa (industrial district)")
    expect(followed).to_be_visible()
    histogram = page.locator("control-map .histogram")
    boxes = [one.bounding_box() for one in (followed, histogram)]
    boxes.append(bar(page).get_by_role("button", name="Range").bounding_box())
    for at, one in enumerate(boxes):
        assert one and one["x"] >= 0 and one["x"] + one["width"] <= viewport["width"]
        for other in boxes[at + 1 :]:
            assert other and not overlap(one, other), (one, other)


@pytest.mark.parametrize("viewport", SIZES, ids=lambda size: str(size["width"]))
def test_the_words_of_a_button_stay_inside_it(page: Page, viewport: dict[str, int]) -> None:
    open_map(page, "/syria/?at=2017-06-30")
    for name in ("Range", "Help"):
        inside = (
            bar(page)
            .get_by_role("button", name=name)
            .evaluate(
                """(button) => {
                const words = document.createRange();
                words.selectNodeContents(button);
                const [text, box] = [words, button].map((one) => one.getBoundingClientRect());
                return Math.min(text.left - box.left, box.right - text.right);
            }"""
            )
        )
        assert inside >= 4, name


def overlap(one: FloatRect, other: FloatRect) -> bool:
    return all(
        one[start] < other[start] + other[size] - 1 and other[start] < one[start] + one[size] - 1
        for start, size in (("x", "width"), ("y", "height"))
    )
