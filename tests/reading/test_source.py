"""Where a page's map reads the record, and what an operator is told of addresses that cannot be."""

import re
from typing import Any

import pytest
from django.test import Client

from events import replay
from events.checks import copy_leads_to_the_site, readers_address_can_be_read
from events.models import Conflict, ReplayBuild

CDN = "https://cdn.example/maps"


@pytest.fixture
def cdn(settings: Any) -> None:
    settings.READERS_URL = CDN
    settings.STORAGES = {**settings.STORAGES, "readers": {"BACKEND": "nowhere"}}


def pushed(war: Conflict) -> str:
    build = replay.build(war)
    ReplayBuild.objects.filter(pk=build.pk).update(parts={**build.parts, "pushed": build.etag})
    return str(build.manifest["files"]["places"]).rpartition("/")[2]


@pytest.mark.parametrize("address", ["/war/", "/war/embed/"])
def test_a_page_reads_from_the_cdn_what_is_there(
    client: Client, war: Conflict, cdn: None, address: str
) -> None:
    name = pushed(war)
    html = client.get(address, headers={"accept-language": "ar"}).content.decode()
    assert f'src="{CDN}/war/manifest.json"' in html
    assert f'href="{CDN}/war/{name}"' in html
    assert re.search(rf'href="{CDN}/war/words-ar\.[0-9a-f]+\.json"', html)
    assert 'href="/replay/' not in html
    assert "/jsi18n/" not in html


@pytest.mark.parametrize(
    ("release", "script"),
    [("", "/static/js/pages/control-map.js"), ("0a1b2c", f"{CDN}/control-map.js")],
)
def test_a_shared_element_has_the_script_that_is_beside_its_record(
    client: Client, war: Conflict, cdn: None, release: str, script: str
) -> None:
    pushed(war)
    build = ReplayBuild.objects.get(conflict=war)
    ReplayBuild.objects.filter(pk=build.pk).update(parts={**build.parts, "script": release})
    assert f'data-script="{script}"' in client.get("/war/").content.decode()


@pytest.mark.parametrize("address", ["/war/", "/war/embed/"])
def test_until_a_build_is_there_a_page_reads_from_the_site(
    client: Client, war: Conflict, cdn: None, address: str
) -> None:
    pushed(war)
    war.title = "Another"
    war.save()
    replay.build(war, afresh=True)
    html = client.get(address).content.decode()
    assert 'src="/api/v1/conflicts/war/replay"' in html
    assert 'href="/replay/war/places.' in html


def test_without_a_cdn_a_page_reads_from_the_site(client: Client, war: Conflict) -> None:
    pushed(war)
    assert 'src="/api/v1/conflicts/war/replay"' in client.get("/war/").content.decode()


@pytest.mark.parametrize(
    ("address", "pushes", "found"),
    [("", False, []), (CDN, True, []), (CDN, False, ["events.E003"])]
    + [("cdn.example", True, ["events.E002"]), ("ftp://cdn.example", True, ["events.E002"])],
)
def test_an_address_that_cannot_be_read_stops_the_start(
    settings: Any, address: str, pushes: bool, found: list[str]
) -> None:
    settings.READERS_URL = address
    if pushes:
        settings.STORAGES = {**settings.STORAGES, "readers": {"BACKEND": "nowhere"}}
    assert [error.id for error in readers_address_can_be_read(None)] == found


@pytest.mark.parametrize(
    ("site", "pushed", "found"),
    [
        ("http://127.0.0.1:8000", True, ["events.W004"]),
        ("http://127.0.0.1:8000", False, []),
        ("https://tracker.example", True, []),
    ],
)
def test_a_copy_that_leads_to_the_readers_own_machine_is_warned_of(
    settings: Any, site: str, pushed: bool, found: list[str]
) -> None:
    settings.SITE_URL = site
    if pushed:
        settings.STORAGES = {**settings.STORAGES, "readers": {"BACKEND": "events.replay.readers"}}
    assert [warning.id for warning in copy_leads_to_the_site(None)] == found
