"""PostgreSQL is away: callers and readers are told to come again, and nothing is blamed on them or on us."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.db import connections
from django.test import Client

from events import replay
from events.models import Conflict
from tests.ports import own_port

CALLS = [
    "/api/v1/conflicts",
    "/api/v1/conflicts/war/standing?at=2017-06-30",
    "/api/v1/conflicts/war/changes",
    "/api/v1/conflicts/war/replay",
]
PAGES = [
    "/",
    "/war/",
    "/war/embed/",
    "/war/map.svg",
    "/war/map.png",
    "/war/places/",
    "/war/feed.atom",
    "/desk/",
]


@contextmanager
def nobody_listens() -> Iterator[None]:
    """Connections are refused: at the port where the database is looked for nobody listens."""
    there = connections["default"]
    gone = there.copy()
    gone.settings_dict = {**there.settings_dict, "HOST": "127.0.0.1", "PORT": str(own_port())}
    connections["default"] = gone
    try:
        yield
    finally:
        gone.close()
        connections["default"] = there


@pytest.fixture
def away(war: Conflict) -> Iterator[None]:
    with nobody_listens():
        yield


@pytest.fixture
def reader() -> Client:
    return Client(raise_request_exception=False)


@pytest.mark.parametrize("address", CALLS)
def test_the_api_says_when_to_ask_again(reader: Client, away: None, address: str) -> None:
    response = reader.get(address)
    assert response.status_code == 503
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.json()["status"] == 503
    assert int(response.headers["Retry-After"]) > 0
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "ETag" not in response.headers


def test_what_writes_is_told_so_too(reader: Client, away: None) -> None:
    response = reader.post(
        "/api/v1/conflicts/war/drafts", {}, "application/json",
        headers={"Authorization": "Bearer tracker_x"},
    )  # fmt: skip
    assert response.status_code == 503
    assert "Retry-After" in response.headers


@pytest.mark.parametrize("address", PAGES)
def test_a_page_says_so_plainly(reader: Client, away: None, address: str) -> None:
    # who is signed in is looked up before any view is asked
    reader.cookies[settings.SESSION_COOKIE_NAME] = "x" * 32
    response = reader.get(address)
    html = response.content.decode()
    assert response.status_code == 503
    assert int(response.headers["Retry-After"]) > 0
    assert "cannot be read just now" in html
    assert "psycopg" not in html
    assert "frame-ancestors" in response.headers["Content-Security-Policy"]


def test_the_readers_files_need_no_database(reader: Client, war: Conflict) -> None:
    manifest = replay.build(war).manifest
    with nobody_listens():
        response = reader.get(manifest["files"]["places"])
        assert response.status_code == 200
        assert b"".join(response.streaming_content)  # type: ignore[attr-defined]


def test_it_answers_again_when_the_database_is_back(reader: Client, war: Conflict) -> None:
    with nobody_listens():
        assert reader.get(CALLS[1]).status_code == 503
    assert reader.get(CALLS[1]).status_code == 200


def test_what_is_our_own_fault_stays_a_500(
    reader: Client, war: Conflict, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: object, **kwargs: object) -> None:
        raise RuntimeError("the secret")

    monkeypatch.setattr("events.api.conflicts._about", broken)
    monkeypatch.setattr("events.reading.maps.asked_of_map", broken)
    answer = reader.get("/api/v1/conflicts")
    assert (answer.status_code, answer.headers["Content-Type"]) == (500, "application/problem+json")
    page = reader.get("/war/")
    assert page.status_code == 500
    assert "secret" not in answer.content.decode() + page.content.decode()
