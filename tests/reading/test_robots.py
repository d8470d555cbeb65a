"""Who searches the web finds the record, and not the desk."""

from urllib.robotparser import RobotFileParser

import pytest
from django.test import Client


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("/syria/", True),
        ("/syria/places/raqqa/", True),
        ("/api/v1/conflicts/syria/replay", True),
        ("/static/js/pages/reader.js", True),
        ("/desk/syria/new/", False),
        ("/admin/", False),
        ("/accounts/login/", False),
    ],
)
def test_what_is_found_by_searching(client: Client, path: str, found: bool) -> None:
    response = client.get("/robots.txt")
    assert response.headers["Content-Type"].startswith("text/plain")
    rules = RobotFileParser()
    rules.parse(b"".join(response).decode().splitlines())  # type: ignore[arg-type]
    assert rules.can_fetch("AnySearch", path) is found
