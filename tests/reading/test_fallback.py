"""The page of the map for who has no script: a picture of the day, and its changes in words."""

import re

import pytest
from django.core.cache import cache
from django.test import Client
from redis.exceptions import ConnectionError

from events import replay
from events.models import Conflict
from tests.war import NASTY, constant, more_of_everything, say


def without_script(client: Client, address: str) -> str:
    """What is between the tags in the page's body."""
    html = client.get(address, headers={"Accept-Language": "en"}).content.decode()
    return html.split("<control-map")[1].split("<noscript>")[1].split("</noscript>")[0]


def test_the_picture_and_the_changes_of_the_day_are_there(client: Client, war: Conflict) -> None:
    html = without_script(client, "/war/?at=2017-06-30&place=east")
    pictures = re.findall(r'src(?:set)?="([^"]+)"', html)
    assert len(pictures) == 2
    for address in pictures:
        response = client.get(address.replace("&amp;", "&"))
        assert response.status_code == 200
        assert b"30 June 2017" in response.content
    assert "What changed on 30 June 2017" in html
    assert '<a href="/war/changes/c3/">IS retook East</a>' in html
    assert "/war/changes/c2/" not in html
    assert '<a href="/war/places/east/?at=2017-06-30">East</a>' in html


def test_a_day_without_changes_lists_the_last_before_it(client: Client, war: Conflict) -> None:
    html = without_script(client, "/war/?at=2017-06-20")
    assert "Nothing. The last before it:" in html
    assert "/war/changes/c2/" in html
    assert "/war/changes/c3/" not in html
    assert NASTY not in html


def test_what_was_published_later_is_not_listed(client: Client, war: Conflict) -> None:
    first = war.changes.get(public_id="c1").recorded_at.isoformat()
    html = client.get("/war/", {"at": "2017-06-30", "known": first}).content.decode()
    assert "/war/changes/c1/" in html
    assert "/war/changes/c3/" not in html


def test_a_publication_is_listed_as_soon_as_the_map_has_it(client: Client, war: Conflict) -> None:
    replay.build(war)
    address = "/war/?at=2017-06-30"
    assert "/war/changes/late/" not in without_script(client, address)
    say(war, "late", "2017-06-30", "sdf", "captured", "west")
    replay.build(war)
    assert "/war/changes/late/" in without_script(client, address)


def test_it_is_made_once_for_a_build(client: Client, war: Conflict) -> None:
    replay.build(war)
    first = without_script(client, "/war/?at=2017-06-30")
    before, after = constant(client, "/war/?at=2017-06-30", lambda: more_of_everything(war))
    assert before == after <= 4
    assert without_script(client, "/war/?at=2017-06-30") == first


def test_a_cache_that_is_down_costs_nobody_the_page(
    client: Client, war: Conflict, monkeypatch: pytest.MonkeyPatch
) -> None:
    def down(*args: object, **kwargs: object) -> None:
        raise ConnectionError("refused")

    replay.build(war)
    monkeypatch.setattr(cache, "get", down)
    monkeypatch.setattr(cache, "set", down)
    assert "What changed on" in without_script(client, "/war/?at=2017-06-30")
