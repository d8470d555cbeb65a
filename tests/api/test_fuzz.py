"""Whatever is asked, the fault is never ours: no 5xx, and every 4xx is a problem that can be read."""

import json
from urllib.parse import quote

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from events import replay
from events.models import Conflict

SETTINGS = settings(max_examples=150)
NAMES = "at known_at place kind bbox format from to actor verb cursor limit q known lang next scheme controls".split()
LIKELY = [
    *(
        "2017-06-30",
        "2017-06-29/2017-06-30",
        "2017",
        "../2017",
        "2017-06-30T14:00+03:00",
        "0000",
        "Y99999",
    ),
    *(
        "-0001-01-01",
        "9999-12-31",
        "east",
        "war",
        "is",
        "captured",
        "csv",
        "geojson",
        "0,0,1,1",
        "1e999",
    ),
    *(
        "W10",
        "eyJ9",
        "null",
        "\x00",
        "%",
        "'",
        "<script>",
        "2017-06-30T24:00",
        "0001-01-01T00:00+23:59",
    ),
    *(
        "[" * 3000,
        "9" * 400,
        "2017-W01-1",
        "20170630T000000Z",
        "-1",
        "nan,nan,nan,nan",
        "-180,-90,180,90",
    ),
]
value = st.one_of(
    st.sampled_from(LIKELY), st.text(max_size=40), st.dates().map(str), st.datetimes().map(str)
)
query = st.lists(st.tuples(st.sampled_from(NAMES), value), max_size=4)
API = [
    "",
    "/war/standing",
    "/war/changes",
    "/war/places",
    "/war/places/east/history",
    "/war/replay",
]
PAGES = [
    "/",
    "/war/",
    "/war/embed/",
    "/war/map.svg",
    "/war/map.png",
    "/war/places/",
    "/war/places/east/",
    "/war/changes/",
    "/war/changes/c1/",
    "/jsi18n/",
]


def address(path: str, asked: list[tuple[str, str]]) -> str:
    pairs = "&".join(f"{name}={quote(text, safe='')}" for name, text in asked)
    return f"{path}?{pairs}"


@pytest.fixture
def built(war: Conflict) -> Conflict:
    replay.build(war)
    return war


@SETTINGS
@given(path=st.sampled_from(API), asked=query)
def test_the_api_never_fails(
    client: Client, built: Conflict, path: str, asked: list[tuple[str, str]]
) -> None:
    response = client.get(address(f"/api/v1/conflicts{path}", asked))
    assert response.status_code in (200, 404, 422)
    if response.status_code != 200:
        assert response.headers["Content-Type"] == "application/problem+json"
        assert json.loads(response.content)["status"] == response.status_code
    if response.status_code == 422:
        assert all(error["field"] in NAMES for error in response.json()["errors"])


@SETTINGS
@given(path=st.sampled_from(PAGES), asked=query)
def test_no_page_fails(
    client: Client, built: Conflict, path: str, asked: list[tuple[str, str]]
) -> None:
    # what had not been published at the moment that is asked is not there
    fine = (200, 400, 404) if "/changes/c" in path else (200, 400)
    assert client.get(address(path, asked)).status_code in fine


@SETTINGS
@given(text=st.text(max_size=60))
def test_no_address_fails(client: Client, built: Conflict, text: str) -> None:
    for path in (
        "/",
        "/war/",
        "/war/changes/",
        "/war/places/",
        "/replay/",
        "/api/v1/conflicts/war/places/",
    ):
        response = client.get(path + quote(text, safe="/"))
        assert response.status_code in (200, 301, 302, 404), path
