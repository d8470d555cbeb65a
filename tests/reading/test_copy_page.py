"""The readers' page beside the record in object storage: whole without us, and honest about what it has not."""

import gzip
import re
from datetime import timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError
from django.utils import timezone
from kombu.exceptions import OperationalError

from events import replay, tasks
from events.models import Conflict, ReplayBuild
from events.reading.copied import release_of_page, static_files
from events.replay import page as pages
from tests.bucket import bucket as bucket
from tests.bucket import page_release as page_release
from tests.bucket import release as release
from tests.bucket import server as server
from tests.bucket import stored
from tests.factories import ConflictFactory
from tests.war import NASTY, say

SITE = "https://tracker.example"
pytestmark = pytest.mark.usefixtures("page_release")


class Tags(HTMLParser):
    """Every tag with its attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.found if name == tag]


@pytest.fixture(autouse=True)
def enqueued(monkeypatch: Any) -> list[int]:
    """The conflicts whose page is to be pushed, as the broker would have them."""
    asked: list[int] = []
    monkeypatch.setattr(tasks.push_page, "delay", asked.append)
    return asked


def pushed(war: Conflict) -> None:
    tasks.build_replay(war.pk)
    tasks.push_page(war.pk)


def page(bucket: Any, name: str = "index.html") -> str:
    return gzip.decompress(stored(bucket)[f"maps/war/{name}"]["Body"].read()).decode()


def addresses(html: str) -> set[str]:
    """Everything that a browser would load, by itself or by the map."""
    tags = Tags(html)
    loaded = {
        *(one["src"] for tag in ("script", "img", "control-map") for one in tags.all(tag)),
        *(one["srcset"] for one in tags.all("source")),
        *(one["href"] for one in tags.all("link") if one["rel"] != "canonical"),
    }
    return {address for address in loaded if address}


def policy_of(html: str) -> dict[str, list[str]]:
    """Directive -> what it allows."""
    policies = [
        str(one["content"])
        for one in Tags(html).all("meta")
        if one.get("http-equiv") == "Content-Security-Policy"
    ]
    assert len(policies) == 1
    return {rule.split()[0]: rule.split()[1:] for rule in policies[0].split("; ")}


def test_all_that_the_page_loads_lies_beside_it(war: Conflict, bucket: Any) -> None:
    pushed(war)
    there = stored(bucket)
    for name in ("index.html", "index.ar.html"):
        loaded = addresses(page(bucket, name))
        assert len(loaded) >= 12
        for address in loaded:
            key = "maps/control-map.js" if address == "../control-map.js" else f"maps/war/{address}"
            assert key in there, address


def test_it_may_be_read_without_brotli_and_is_as_new_as_the_manifest(
    war: Conflict, bucket: Any
) -> None:
    pushed(war)
    there = stored(bucket)
    for name in ("index.html", "index.ar.html"):
        one = there[f"maps/war/{name}"]
        assert (one["ContentType"], one["ContentEncoding"]) == ("text/html; charset=utf-8", "gzip")
        assert one["CacheControl"] == there["maps/war/manifest.json"]["CacheControl"]
    named = [key for key in there if re.search(r"/(map|page)-[-\w]+\.[0-9a-f]{20}\.\w+$", key)]
    assert len(named) == 8
    for key in named:
        assert "immutable" in there[key]["CacheControl"], key
        assert there[key]["ContentEncoding"] == ("br" if key.endswith(".js") else "gzip"), key


def test_its_policy_allows_its_own_place_alone_and_nothing_in_line(
    war: Conflict, bucket: Any
) -> None:
    pushed(war)
    html = page(bucket)
    tags = Tags(html)
    rules = policy_of(html)
    assert rules["default-src"] == ["'none'"]
    assert rules["script-src"] == rules["style-src"] == rules["connect-src"] == ["'self'"]
    assert rules["img-src"] == ["'self'", "data:"]
    # a policy of the page itself cannot say who may frame it
    assert "frame-ancestors" not in rules
    assert all(one["src"] for one in tags.all("script"))
    assert tags.all("style") == []
    assert not any(name.startswith(("style", "on")) for _, attrs in tags.found for name in attrs)


def test_with_a_cdn_it_is_the_same_wherever_it_is_served(
    war: Conflict, bucket: Any, settings: Any
) -> None:
    """As from the site's own address, when a CDN turns to it because the site does not answer."""
    settings.READERS_URL = "https://cdn.example/maps"
    settings.TILE_HOSTS = ["https://tiles.example"]
    pushed(war)
    html = page(bucket)
    assert {address.partition("/maps/")[0] for address in addresses(html)} == {
        "https://cdn.example"
    }
    rules = policy_of(html)
    for kind in ("script-src", "style-src", "connect-src"):
        assert rules[kind] == ["https://cdn.example"], kind
    assert rules["img-src"] == ["https://cdn.example", "data:", "https://tiles.example"]


def test_what_only_the_site_has_is_linked_there_and_said_to_be(war: Conflict, bucket: Any) -> None:
    pushed(war)
    html = page(bucket)
    assert f'<link rel="canonical" href="{SITE}/war/">' in html
    links = [str(one["href"]) for one in Tags(html).all("a")]
    assert f"{SITE}/war/changes/c3/" in links
    others = {link for link in links if not link.startswith((f"{SITE}/", "map-en-light."))}
    assert others == {
        "#main", "../index.html", "index.ar.html", "https://monitor.example/daily",
    }  # fmt: skip
    said = re.sub(r"<[^>]+>", "", html)
    assert "A copy of tracker.example for when it is down; pages of places, " in said


def test_without_a_script_there_are_the_picture_and_the_latest_changes_with_their_sources(
    war: Conflict, bucket: Any
) -> None:
    pushed(war)
    html = page(bucket)
    without = html.split("<control-map")[1].split("<noscript>")[1].split("</noscript>")[0]
    assert without.index("IS retook East") < without.index("/war/changes/c2/")
    assert "claims" in without
    assert "A monitor" in without
    assert "Towns held: " in without
    assert NASTY not in html
    light, dark = (re.search(rf'"(map-en-{s}\.\w+\.svg)"', without) for s in ("light", "dark"))
    assert light
    assert dark
    there = stored(bucket)
    pictures = [
        gzip.decompress(there[f"maps/war/{one[1]}"]["Body"].read()) for one in (light, dark)
    ]
    assert all(picture.startswith(b"<svg") for picture in pictures)
    assert pictures[0] != pictures[1]


def test_each_language_has_its_page_and_leads_to_the_other(war: Conflict, bucket: Any) -> None:
    pushed(war)
    html = page(bucket, "index.ar.html")
    assert '<html lang="ar" dir="rtl">' in html
    assert 'controls lang="ar"' in html
    assert 'href="index.html"' in html
    assert "داعش" in html, html
    assert re.search(r'as="fetch" crossorigin href="words-ar\.\w+\.json"', html)
    assert '<html lang="en" dir="ltr">' in page(bucket)


def test_a_publication_brings_a_new_page_and_the_old_ones_files_go_in_their_time(
    war: Conflict, bucket: Any, settings: Any
) -> None:
    settings.REPLAY_KEEP_DAYS = 7
    pushed(war)
    before = set(stored(bucket))
    say(war, "c4", "2017-07-02", "sdf", "captured", "city")
    pushed(war)
    assert "/war/changes/c4/" in page(bucket)
    after = set(stored(bucket))
    assert before < after
    pictures = {key for key in before if "/map-" in key}
    assert len(pictures) == 4
    now = timezone.now()
    replay.collect(war, now + timedelta(days=6))
    assert set(stored(bucket)) == after
    replay.collect(war, now + timedelta(days=8))
    left = set(stored(bucket))
    assert not left & pictures
    assert {f"maps/war/{one}" for one in addresses(page(bucket)) if "/" not in one} <= left
    assert {"maps/war/index.html", "maps/war/index.ar.html"} <= left


def test_the_page_follows_the_record_and_holds_it_up_nowhere(
    war: Conflict, bucket: Any, enqueued: list[int]
) -> None:
    tasks.build_replay(war.pk)
    assert "maps/war/manifest.json" in stored(bucket)
    assert "maps/war/index.html" not in stored(bucket)
    assert enqueued == [war.pk]
    tasks.push_page(war.pk)
    tasks.build_replay(war.pk)
    assert enqueued == [war.pk]


def test_without_a_broker_the_sweep_brings_the_page(
    war: Conflict, bucket: Any, monkeypatch: Any
) -> None:
    def refuse(conflict_id: int) -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr(tasks.push_page, "delay", refuse)
    tasks.build_replay(war.pk)
    assert "maps/war/index.html" not in stored(bucket)
    tasks.sweep_replays()
    assert "maps/war/index.html" in stored(bucket)


def test_a_release_brings_a_new_page_of_the_same_record(
    war: Conflict, bucket: Any, page_release: Path
) -> None:
    pushed(war)
    assert not tasks.push_page(war.pk)
    (page_release / "css" / "base.css").write_text("the second release")
    tasks.sweep_replays()
    style = next(one for one in addresses(page(bucket)) if one.startswith("page-style"))
    body = stored(bucket)[f"maps/war/{style}"]["Body"].read()
    assert gzip.decompress(body) == b"the second release"
    assert not tasks.push_page(war.pk)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SITE_NAME", "Another"),
        ("READERS_URL", "https://cdn.example"),
        ("TILE_HOSTS", ["https://t"]),
    ],
)
def test_what_an_operator_sets_is_part_of_the_release(settings: Any, name: str, value: Any) -> None:
    before = release_of_page(static_files())
    assert before == release_of_page(static_files())
    setattr(settings, name, value)
    assert release_of_page(static_files()) not in ("", before)


def test_a_push_that_breaks_off_is_made_up_for_and_leaves_nothing_behind(
    war: Conflict, bucket: Any, monkeypatch: Any, settings: Any
) -> None:
    settings.REPLAY_KEEP_DAYS = 7
    tasks.build_replay(war.pk)
    record = set(stored(bucket))
    whole = pages.replace

    def broken(there: Any, name: str, data: bytes) -> None:
        if name.endswith(".html"):
            raise ClientError({"Error": {"Code": "503"}}, "PutObject")
        whole(there, name, data)

    monkeypatch.setattr(pages, "replace", broken)
    assert not tasks.push_page(war.pk)
    half = set(stored(bucket)) - record
    assert len(half) == 8
    assert "maps/war/index.html" not in half
    monkeypatch.undo()
    # as if what was brought there were of no use any more
    say(war, "c4", "2017-07-02", "sdf", "captured", "city")
    pushed(war)
    assert "/war/changes/c4/" in page(bucket)
    replay.collect(war, timezone.now() + timedelta(days=8))
    left = set(stored(bucket))
    assert {key for key in half if "/map-" in key}.isdisjoint(left)
    assert {key for key in half if "/page-" in key} <= left


def test_the_page_waits_for_its_record_and_a_build_keeps_it_in_mind(
    war: Conflict, bucket: Any
) -> None:
    replay.build(war)
    assert not tasks.push_page(war.pk)
    assert stored(bucket) == {}
    pushed(war)
    kept = ReplayBuild.objects.get(conflict=war).parts["page"]
    say(war, "c4", "2017-07-02", "sdf", "captured", "city")
    replay.build(war)
    assert ReplayBuild.objects.get(conflict=war).parts["page"] == kept
    assert not tasks.push_page(war.pk)


def test_no_page_is_made_where_nothing_is_pushed(war: Conflict) -> None:
    pushed(war)
    assert "page" not in ReplayBuild.objects.get(conflict=war).parts


def test_no_page_is_pushed_where_scripts_are_apart(
    war: Conflict, bucket: Any, settings: Any
) -> None:
    settings.STATIC_BUNDLES = False
    pushed(war)
    assert not [key for key in stored(bucket) if key.endswith(".html")]


def index(bucket: Any, name: str = "index.html") -> str:
    return gzip.decompress(stored(bucket)[f"maps/{name}"]["Body"].read()).decode()


def test_above_all_is_a_page_that_leads_to_every_conflict_that_has_one(
    war: Conflict, bucket: Any
) -> None:
    ConflictFactory(slug="silent", title="Not built yet")
    other = ConflictFactory(slug="other", title="Another <war>", summary="What it is about.")
    pushed(war)
    assert "Another" not in index(bucket)
    pushed(other)
    there = stored(bucket)
    for name, language in (("index.html", "en"), ("index.ar.html", "ar")):
        html = index(bucket, name)
        assert f'<html lang="{language}"' in html
        assert "Another &lt;war&gt;" in html
        assert "What it is about." in html
        assert "Not built yet" not in html
        links = {str(one["href"]) for one in Tags(html).all("a")}
        assert {f"./war/{name}", f"./other/{name}"} <= links
        loaded = {f"maps/{address.removeprefix('./')}" for address in addresses(html)}
        assert len([one for one in loaded if f"/map-{language}-" in one]) == 4
        assert loaded <= set(there)
        assert "script-src" not in policy_of(html)
        assert f'<link rel="canonical" href="{SITE}/">' in html
    assert there["maps/index.html"]["CacheControl"] == there["maps/war/index.html"]["CacheControl"]


def test_it_names_no_picture_that_is_cleared_away(
    war: Conflict, bucket: Any, settings: Any
) -> None:
    settings.REPLAY_KEEP_DAYS = 7
    pushed(war)
    say(war, "c4", "2017-07-02", "sdf", "captured", "city")
    pushed(war)
    replay.collect(war, timezone.now() + timedelta(days=8))
    left = set(stored(bucket))
    assert {f"maps/{address.removeprefix('./')}" for address in addresses(index(bucket))} <= left


def test_a_page_above_that_could_not_be_brought_is_tried_again(
    war: Conflict, bucket: Any, monkeypatch: Any
) -> None:
    tasks.build_replay(war.pk)
    whole = pages.replace

    def broken(there: Any, name: str, data: bytes) -> None:
        if name == "index.html":
            raise ClientError({"Error": {"Code": "503"}}, "PutObject")
        whole(there, name, data)

    monkeypatch.setattr(pages, "replace", broken)
    assert not tasks.push_page(war.pk)
    monkeypatch.undo()
    tasks.sweep_replays()
    assert "./war/index.html" in index(bucket)
