"""What all answers share: problems, ETag and 304, CORS, HEAD; and the manifest."""

import pytest
from django.test import Client

from events import replay
from events.models import Conflict
from tests.war import say

from .asking import V1, get

READABLE = [
    "",
    "/war/standing?at=2017-06-30",
    "/war/standing?format=csv",
    "/war/standing?format=geojson",
    "/war/changes",
    "/war/places?q=east",
    "/war/places/east/history",
    "/war/replay",
]


@pytest.fixture
def built(war: Conflict) -> Conflict:
    replay.build(war)
    return war


@pytest.mark.parametrize("path", READABLE)
def test_what_the_caller_has_is_not_sent_again(client: Client, built: Conflict, path: str) -> None:
    first = client.get(V1 + path)
    assert first.status_code == 200
    again = client.get(V1 + path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert again.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("path", ["/war/standing", "/war/changes", "/war/places/east/history"])
def test_news_alters_the_etag(client: Client, built: Conflict, path: str) -> None:
    etag = client.get(V1 + path).headers["ETag"]
    say(built, "c9", "2018", "sdf", "captured", "city")
    assert client.get(V1 + path, headers={"If-None-Match": etag}).status_code == 200


@pytest.mark.parametrize("path", [*READABLE, "/war/standing?at=soon", "/nope/standing", "/war/x/y"])
def test_any_page_may_read(client: Client, built: Conflict, path: str) -> None:
    response = client.get(V1 + path, headers={"Origin": "https://elsewhere.example"})
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "Set-Cookie" not in response.headers
    preflight = client.options(V1 + path)
    assert preflight.status_code == 204
    assert "If-None-Match" in preflight.headers["Access-Control-Allow-Headers"]


@pytest.mark.parametrize("path", READABLE)
def test_head_is_get_without_the_body(client: Client, built: Conflict, path: str) -> None:
    response = client.head(V1 + path)
    assert (response.status_code, response.content) == (200, b"")
    assert response.headers["Content-Length"] == str(len(client.get(V1 + path).content))


@pytest.mark.parametrize(
    "address",
    [
        "/api/v1/",
        "/api/v1/nope",
        "/api/v1/conflicts/",
        "/api/v1/conflicts/nope/standing",
        "/api/v1/conflicts/war%00/standing",
        "/api/v1/conflicts/war/places/<script>/history",
        "/api/v1/conflicts/war/replay",
    ],
)
def test_not_found_is_a_problem_too(client: Client, war: Conflict, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 404
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.json()["title"] == "Not Found"


def test_only_reading(client: Client, war: Conflict) -> None:
    for method in (client.post, client.put, client.patch, client.delete):
        response = method(f"{V1}/war/standing")
        assert response.status_code == 405
        assert response.headers["Content-Type"] == "application/problem+json"
        assert response.headers["Allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize("debug", [True, False])
def test_the_unexpected_tells_no_secrets(
    client: Client, war: Conflict, monkeypatch: pytest.MonkeyPatch, settings: object, debug: bool
) -> None:
    def broken(*args: object, **kwargs: object) -> None:
        raise RuntimeError("the secret")

    settings.DEBUG = debug  # type: ignore[attr-defined]
    monkeypatch.setattr("events.api.standing.shown_parts", broken)
    response = client.get(f"{V1}/war/standing")
    assert response.status_code == 500
    assert response.headers["Content-Type"] == "application/problem+json"
    assert "secret" not in response.content.decode()
    assert "Traceback" not in response.content.decode()


def test_the_manifest_has_its_own_etag(client: Client, built: Conflict) -> None:
    manifest = get(client, "/war/replay")
    response = client.get(f"{V1}/war/replay")
    assert response.headers["ETag"] == f'"{manifest["etag"]}"'
    assert client.get(manifest["files"]["now"]).status_code == 200


def test_a_replay_that_is_not_built_yet_says_so(client: Client, war: Conflict) -> None:
    assert "not been built" in client.get(f"{V1}/war/replay").json()["detail"]


def test_the_conflicts(client: Client, war: Conflict) -> None:
    (only,) = get(client, "")["conflicts"]
    assert (only["slug"], only["timezone"], only["end"]) == ("war", "Asia/Damascus", None)
