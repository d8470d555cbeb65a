"""What a browser asks for by itself, be it of a page that names no icon, is there."""

import runpy
import struct
from typing import Any

import pytest
from django.conf import settings
from django.test import Client


@pytest.fixture(scope="module")
def drawn() -> dict[str, bytes]:
    made: dict[str, Any] = runpy.run_path(str(settings.BASE_DIR / "script" / "lib" / "icons.py"))
    found: dict[str, bytes] = made["drawn"]()
    return found


@pytest.mark.parametrize(
    ("address", "kind"),
    [("/favicon.ico", "image/x-icon"), ("/apple-touch-icon.png", "image/png")],
)
def test_an_icon_that_nobody_links_to_is_at_the_root_and_as_it_is_drawn(
    client: Client, drawn: dict[str, bytes], address: str, kind: str
) -> None:
    response = client.get(address)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == kind
    assert b"".join(response) == drawn[address[1:]]  # type: ignore[arg-type]
    assert "Set-Cookie" not in response.headers


def test_the_favicon_has_the_sizes_of_tabs_and_of_shortcuts(drawn: dict[str, bytes]) -> None:
    data = drawn["favicon.ico"]
    _zero, kind, count = struct.unpack_from("<HHH", data)
    assert (kind, count) == (1, 3)
    for at, size in enumerate((16, 32, 48)):
        width, height, *_, length, start = struct.unpack_from("<BBBBHHII", data, 6 + 16 * at)
        assert (width, height) == (size, size)
        picture = data[start : start + length]
        assert picture.startswith(b"\x89PNG")
        assert struct.unpack_from(">II", picture, 16) == (size, size)
