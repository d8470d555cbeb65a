"""/replay/…: immutable, in the reader's best encoding, open to other sites, and nothing else on the disk."""

import gzip

import brotli
import pytest
from django.core.files.base import ContentFile
from django.test import Client

from events import replay
from events.models import Conflict
from events.replay.files import storage


@pytest.fixture
def name(war: Conflict) -> str:
    address: str = replay.build(war).manifest["files"]["now"]
    return address


@pytest.mark.parametrize(
    ("accepts", "encoding", "decode"),
    [
        ("gzip, deflate, br", "br", brotli.decompress),
        ("gzip", "gzip", gzip.decompress),
        ("br;q=0, gzip", "gzip", gzip.decompress),
        ("", "", bytes),
        ("identity", "", bytes),
    ],
)
def test_the_best_encoding(
    client: Client, name: str, accepts: str, encoding: str, decode: object
) -> None:
    response = client.get(name, headers={"Accept-Encoding": accepts})
    body = b"".join(response.streaming_content)
    assert response.headers.get("Content-Encoding", "") == encoding
    assert int(response.headers["Content-Length"]) == len(body)
    assert decode(body).startswith(b"CTRP\x02")  # type: ignore[operator]
    assert "Accept-Encoding" in response.headers["Vary"]
    assert response.headers["Content-Type"].startswith("application/octet-stream")
    assert "immutable" in response.headers["Cache-Control"]
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "Content-Disposition" not in response.headers


def test_what_the_reader_has_is_not_sent_again(client: Client, name: str) -> None:
    etag = client.get(name).headers["ETag"]
    assert client.get(name, headers={"If-None-Match": etag}).status_code == 304
    assert (
        client.get(name, headers={"If-None-Match": etag, "Accept-Encoding": "br"}).status_code
        == 200
    )


@pytest.mark.parametrize(
    "path",
    [
        "../../etc/passwd",
        "war/../../../etc/passwd",
        "..%2f..%2fetc%2fpasswd",
        "%2e%2e/%2e%2e/etc/passwd",
        "/etc/passwd",
        "war/",
        "war",
        "war/timeline.json",
        "war/timeline.00000000000000000000.json",
        "war/timeline.00000000000000000000.json%00",
        "war/timeline.00000000000000000000.json/x",
        "war/secret.txt",
    ],
)
def test_nothing_else_is_served(client: Client, name: str, path: str) -> None:
    storage.save("war/secret.txt", ContentFile(b"secret"))
    assert client.get(f"/replay/{path}").status_code == 404


def test_only_reading(client: Client, name: str) -> None:
    assert client.post(name).status_code == 405
    assert client.head(name).status_code == 200
