"""The readers' page in object storage, while no server of ours runs at all: the map, a day, a place, both languages,
and the picture where scripts are off. Whatever it asks but the bucket fails the test.
"""

import json
import os
import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Response, ViewportSize, expect

from tests.browser.conftest import PHONE, WIDE, assert_accessible, open_map, patient
from tests.browser.elsewhere import Elsewhere
from tests.browser.site import Site, database
from tests.browser.test_first_map import BEFORE_READY, MOST_BYTES
from tests.ports import own_port
from tests.release import released
from tests.store import BUCKET, KEY, REGION, SECRET, store

# Where the site would be: no browser of the tests finds it.
SITE = "https://tracker.example"
PUSH = """
from events import tasks
print(tasks.sweep_replays())
"""
STANDING = """
import json
from django.test import Client
given = {}
for day in %r:
    rows = Client(SERVER_NAME="127.0.0.1").get("/api/v1/conflicts/syria/standing", {"at": day}).json()
    rows = rows["places"] if isinstance(rows, dict) else rows
    given[day] = {row["place"]: [row[key] for key in %r] for row in rows}
print(json.dumps(given))
"""
HISTORY = """
import json
from django.test import Client
answer = Client(SERVER_NAME="127.0.0.1").get("/api/v1/conflicts/syria/places/%s/history").json()
print(json.dumps([change["url"] for change in answer["changes"]]))
"""
DRAWN = """async ([day, places, keys]) => {
    const map = document.querySelector("control-map");
    await map.seek(day);
    return Object.fromEntries(places.map((place) => {
        const standing = map.standing(place);
        return [place, standing && keys.map((key) => standing[key])];
    }));
}"""
ROLES = ["state", "holds", "contests", "besieges", "present", "disputed"]
CARDS = """(links) => links.map((link) => new URL(link.href).pathname)"""
# A place on which the record says more than one thing, and one inside it.
PLACES = ["raqqa", "al-sinaa"]
DAYS = ["2013-03-06", "2014-12-01", "2017-06-30", "2024-12-08"]


@pytest.fixture(scope="module")
def bucket() -> Iterator[str]:
    with store() as address:
        yield f"{address}/{BUCKET}"


@pytest.fixture(scope="module")
def site(
    request: pytest.FixtureRequest, bucket: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    """What an operator's worker has pushed; no process of the site runs. He has a CDN, or else a bucket alone."""
    prefix = getattr(request, "param", "cdn")
    folder = tmp_path_factory.mktemp("gone")
    with database(f"test_gone_{os.getpid()}") as own:
        env = {
            **os.environ, "DATABASE_URL": own, "TRACKER_DATA_DIR": str(folder),
            "DJANGO_SETTINGS_MODULE": "tests.browser.settings", "STATIC_ROOT": str(released()),
            "SITE_URL": SITE, "READERS_S3_BUCKET": BUCKET, "READERS_S3_PREFIX": prefix,
            "READERS_S3_ENDPOINT": bucket.rpartition("/")[0], "READERS_S3_KEY": KEY,
            "READERS_S3_SECRET": SECRET, "READERS_S3_REGION": REGION,
            "READERS_S3_ACL": "public-read",
            "READERS_URL": f"{bucket}/cdn" if prefix == "cdn" else "",
        }  # fmt: skip
        site = Site(f"http://127.0.0.1:{own_port()}", env, folder)
        try:
            # its files lie in the site's folder, and not in the database that was copied
            site.manage("build_replay", "syria", "--afresh")
            site.manage("shell", "-v0", "-c", PUSH)
            yield site
        finally:
            site.shell.close()


@pytest.fixture
def hosts(bucket: str, elsewhere: Elsewhere) -> tuple[str, ...]:
    return (f"{bucket}/", f"{elsewhere.url}/")


@pytest.fixture
def folder(site: Site, bucket: str) -> str:
    return f"{bucket}/{site.env['READERS_S3_PREFIX']}/syria"


def api(site: Site, asked: str) -> Any:
    """What the record says, in the site's own process, which nobody else can ask."""
    return json.loads(site.manage("shell", "-v0", "-c", asked))


def test_every_place_stands_as_in_the_record_on_each_day(
    page: Page, site: Site, folder: str
) -> None:
    record = api(site, STANDING % (DAYS, ROLES))
    open_map(page, f"{folder}/index.html")
    expect(page.get_by_role("heading", level=1)).to_have_text("Syria, 2011–2024")
    for day in DAYS:
        places = list(record[day])
        assert len(places) > 100
        assert page.evaluate(DRAWN, [day, places, ROLES]) == record[day], day


@pytest.mark.parametrize("place", PLACES)
def test_a_place_has_what_made_it_change_hands_and_says_that_there_is_more_at_the_site(
    page: Page, site: Site, folder: str, place: str
) -> None:
    whole = api(site, HISTORY % place)
    open_map(page, f"{folder}/index.html?at=2019-01-01&place={place}")
    panel = page.locator("control-map .place-panel")
    expect(panel.get_by_text("The whole history is on the place's page.")).to_be_visible()
    cards = panel.locator(".change h3 a").evaluate_all(CARDS)
    assert cards
    assert set(cards) <= set(whole)
    assert panel.locator(".change .sources li").count() >= len(cards)
    link = panel.get_by_role("link", name="The place's page")
    expect(link).to_have_attribute("href", f"{SITE}/syria/places/{place}/")


def test_the_address_and_the_links_follow_the_view(page: Page, folder: str) -> None:
    open_map(page, f"{folder}/index.html?at=2017-06-30#8/35.9/39")
    assert page.evaluate("[map.date, map.position.zoom]") == ["2017-06-30", 8]
    page.evaluate("map.seek('2014-12-01')")
    page.wait_for_url(re.compile(r"index\.html\?at=2014-12-01#8/"))
    site = page.get_by_role("link", name="tracker.example")
    expect(site).to_have_attribute("href", re.compile(f"^{SITE}/syria/.at=2014-12-01#8/35"))
    page.get_by_role("link", name="العربيّة").click()
    page.wait_for_url(re.compile(r"index\.ar\.html\?at=2014-12-01#8/"))
    page.evaluate("map.drawn")
    assert page.evaluate("[map.date, map.standing('raqqa').holds]") == ["2014-12-01", ["is"]]


def test_in_arabic_the_map_speaks_arabic_from_right_to_left(page: Page, folder: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    open_map(page, f"{folder}/index.ar.html?at=2017-06-30&place=raqqa")
    expect(page.get_by_role("heading", name="البلدات المسيطر عليها")).to_be_visible()
    expect(page.locator("control-map .place-panel h2")).to_contain_text("الرقة")
    assert page.evaluate("[document.documentElement.dir, map.root.dir]") == ["rtl", "rtl"]
    assert len([url for url in asked if f"{folder}/words-ar." in url]) == 1


@pytest.mark.parametrize("name", ["index.html", "index.ar.html"])
def test_without_a_script_there_are_a_picture_and_the_latest_changes(
    browser: Browser, folder: str, name: str
) -> None:
    context = patient(browser, viewport=PHONE, java_script_enabled=False)
    page = context.new_page()
    answers: list[Response] = []
    page.on("response", lambda response: answers.append(response))
    page.goto(f"{folder}/{name}", wait_until="load")
    box = page.locator("figure img").bounding_box()
    assert box
    assert box["width"] > 300
    changes = page.locator("ol.changes > li")
    assert changes.count() == 20
    expect(changes.first.locator(".citation")).to_have_count(1)
    assert {answer.status for answer in answers} == {200}
    asked = [answer.url.removeprefix(f"{folder}/").split(".")[0] for answer in answers]
    # one picture, of the reader's scheme and language
    language = "ar" if ".ar." in name else "en"
    assert [one for one in asked if one.startswith("map-")] == [f"map-{language}-light"]
    assert "page-no_script" in asked
    assert "page-script" not in asked
    context.close()


def test_a_map_whose_script_does_not_come_leaves_the_picture(page: Page, folder: str) -> None:
    page.expected_errors = ["net::ERR_FAILED"]  # type: ignore[attr-defined]
    page.route("**/control-map.js", lambda route: route.abort())
    page.goto(f"{folder}/index.html")
    expect(page.locator("figure img")).to_be_visible()
    expect(page.locator("ol.changes > li")).to_have_count(20)
    assert_accessible(page)


def test_a_cdn_may_serve_it_in_the_sites_own_place(
    page: Page, folder: str, elsewhere: Elsewhere
) -> None:
    """At an address that has nothing else: all that the page asks is by whole addresses."""
    for place, name in (("/", "../index.html"), ("/syria/", "index.html")):
        elsewhere.pages[place] = (page.request.get(f"{folder}/{name}").text(), {})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{elsewhere.url}/")
    expect(page.locator(".conflict img")).to_have_js_property("complete", True)
    open_map(page, f"{elsewhere.url}/syria/?at=2014-12-01&place=raqqa")
    assert page.evaluate("[map.date, map.standing('raqqa').holds]") == ["2014-12-01", ["is"]]
    expect(page.locator("control-map .place-panel .change").first).to_be_visible()
    own = {url for url in asked if url.startswith(elsewhere.url)}
    assert own == {f"{elsewhere.url}/", f"{elsewhere.url}/syria/?at=2014-12-01&place=raqqa"}


@pytest.mark.parametrize("size", [WIDE, PHONE])
def test_it_is_for_everybody(page: Page, folder: str, size: ViewportSize) -> None:
    page.set_viewport_size(size)
    open_map(page, f"{folder}/index.html?at=2017-06-30")
    assert_accessible(page)
    # nothing is cut off, nor scrolls sideways
    assert page.evaluate("document.documentElement.scrollWidth") == size["width"]
    foot = page.locator(".copy-note").bounding_box()
    assert foot
    assert foot["y"] + foot["height"] <= size["height"]


def test_a_first_map_takes_no_more_than_at_the_site(page: Page, folder: str) -> None:
    page.goto(f"{folder}/index.html")
    assert 50_000 < page.evaluate(BEFORE_READY) <= MOST_BYTES


@pytest.mark.parametrize("site", ["bucket"], indirect=True)
def test_a_bucket_whose_address_nobody_knows_is_enough(page: Page, folder: str) -> None:
    page.goto(f"{folder}/../index.ar.html")
    assert_accessible(page)
    width = page.locator(".conflict img").evaluate(
        "async (one) => (await one.decode(), one.naturalWidth)"
    )
    assert width == 1200
    page.get_by_role("link", name="Syria, 2011–2024").click()
    page.wait_for_url(f"{folder}/index.ar.html")
    page.evaluate("map.drawn")
    page.get_by_role("link", name="Control tracker").click()
    page.wait_for_url(re.compile("/bucket/index.ar.html$"))
    open_map(page, f"{folder}/index.html?at=2014-12-01&place=raqqa")
    assert page.evaluate("[map.date, map.standing('raqqa').holds]") == ["2014-12-01", ["is"]]
    expect(page.locator("control-map .place-panel .change").first).to_be_visible()
