"""An operator's CDN: pages read the record from the bucket that it is pushed to, by a policy that allows just that."""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Page, Request, expect

from tests.browser.conftest import open_map
from tests.browser.elsewhere import Elsewhere
from tests.browser.site import ROOT, Site
from tests.ports import own_port
from tests.store import BUCKET, KEY, REGION, SECRET, store

PUSH = """
from events import replay
from events.models import Conflict
print(replay.push(Conflict.objects.get(slug="syria")))
"""


@pytest.fixture(scope="module")
def bucket() -> Iterator[str]:
    """The address of a bucket that anybody may read, also from other sites."""
    with store() as address:
        yield f"{address}/{BUCKET}"


@pytest.fixture(scope="module")
def edge(site: Site, bucket: str) -> Iterator[Site]:
    """The same site with one more web process, whose operator has a CDN."""
    url = f"http://127.0.0.1:{own_port()}"
    endpoint = bucket.rpartition("/")[0]
    env = {
        **site.env, "SITE_URL": url, "READERS_URL": f"{bucket}/maps", "READERS_S3_BUCKET": BUCKET,
        "READERS_S3_ENDPOINT": endpoint, "READERS_S3_PREFIX": "maps", "READERS_S3_KEY": KEY,
        "READERS_S3_SECRET": SECRET, "READERS_S3_REGION": REGION,
        "READERS_S3_ACL": "public-read",
    }  # fmt: skip
    edge = replace(site, url=url, env=env, processes=[])
    pushed = subprocess.run(
        [sys.executable, "manage.py", "shell", "-c", PUSH],
        cwd=ROOT, env={**os.environ, **env}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert pushed.returncode == 0, pushed.stderr
    edge.start_web()
    edge.wait_until_ready()
    yield edge
    edge.stop_web()


@pytest.fixture
def hosts(edge: Site, bucket: str, elsewhere: Elsewhere) -> tuple[str, ...]:
    return (edge.url, bucket, elsewhere.url)


@pytest.mark.parametrize("page_of", ["/syria/?at=2017-06-30", "/syria/embed/?at=2017-06-30"])
def test_the_record_comes_from_the_bucket(
    page: Page, edge: Site, bucket: str, page_of: str
) -> None:
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request))
    open_map(page, f"{edge.url}{page_of}")
    found = page.evaluate(
        """async () => {
            const map = document.querySelector("control-map");
            await map.seek("2014-12-01");
            return [map.src, map.date, map.standing("raqqa").holds];
        }"""
    )
    assert found == [f"{bucket}/maps/syria/manifest.json", "2014-12-01", ["is"]]
    from_bucket = [request.url for request in asked if request.url.startswith(bucket)]
    assert len(from_bucket) >= 6
    own = [
        request.url.removeprefix(edge.url) for request in asked if request.url not in from_bucket
    ]
    assert [path for path in own if path.startswith(("/replay/", "/api/"))] == []


def test_the_policy_allows_the_bucket_and_nothing_more(page: Page, edge: Site, bucket: str) -> None:
    policy = page.request.get(f"{edge.url}/syria/").headers["content-security-policy"]
    origin = bucket.rpartition("/")[0]
    rules = {rule.split()[0]: rule.split()[1:] for rule in policy.split("; ")}
    assert rules["connect-src"] == ["'self'", origin]
    assert rules["img-src"] == ["'self'", "data:", origin]
    assert {name for name, allowed in rules.items() if origin in allowed} == {
        "connect-src",
        "img-src",
    }


def test_words_come_from_the_bucket_too(page: Page, edge: Site, bucket: str) -> None:
    page.context.add_cookies([{"name": "django_language", "value": "ar", "url": edge.url}])
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    open_map(page, f"{edge.url}/syria/?at=2017-06-30")
    expect(page.get_by_role("heading", name="البلدات المسيطر عليها")).to_be_visible()
    assert len([url for url in asked if url.startswith(f"{bucket}/maps/syria/words-ar.")]) == 1
    assert [url for url in asked if "/jsi18n/" in url] == []


def test_while_the_site_is_down_a_map_has_its_words_and_goes_on(
    page: Page, edge: Site, bucket: str, elsewhere: Elsewhere
) -> None:
    """On a newspaper's page, whose reader's browser has our script and its styles."""
    html = f"""<script type="module" src="{edge.url}/static/js/pages/control-map.js"></script>
        <div style="block-size: 600px"><control-map id="map" controls lang="ar" at="2017-06-30"></control-map></div>"""
    page.goto(elsewhere.put("cdn", html))
    page.wait_for_function("() => customElements.get('control-map')")
    page.evaluate("map.styled")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.route(f"{edge.url}/**", lambda route: route.abort())
    page.evaluate(
        "(src) => { map.setAttribute('src', src); return map.ready; }",
        f"{bucket}/maps/syria/manifest.json",
    )
    expect(page.get_by_role("heading", name="البلدات المسيطر عليها")).to_be_visible()
    page.evaluate("map.seek('2014-12-01')")
    assert page.evaluate("map.standing('raqqa').holds") == ["is"]
    page.locator("control-map .changes-panel .change").first.wait_for()
    assert [url for url in asked if not url.startswith(bucket)] == []


@pytest.mark.parametrize("place", ["raqqa", "al-sinaa", "kobani"])
def test_while_the_site_is_down_a_place_has_what_made_it_change_hands(
    page: Page, edge: Site, place: str
) -> None:
    address = f"{edge.url}/api/v1/conflicts/syria/places/{place}/history"
    whole = [change["url"] for change in page.request.get(address).json()["changes"]]
    page.expected_errors = ["net::ERR_FAILED"]  # type: ignore[attr-defined]
    page.route("**/history", lambda route: route.abort())
    open_map(page, f"{edge.url}/syria/?at=2019-01-01&place={place}")
    panel = page.locator("control-map .place-panel")
    expect(panel.get_by_text("the whole history could not be loaded")).to_be_visible()
    cards = panel.locator(".change h3 a")
    links = cards.evaluate_all("(links) => links.map((link) => new URL(link.href).pathname)")
    assert links
    assert set(links) <= set(whole)
    assert panel.locator(".change .sources li").count() >= len(links)
