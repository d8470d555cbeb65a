"""Fixtures: the object storage that an operator pushes to, and a release whose script can be pushed."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import storages

from tests.store import BUCKET, KEY, REGION, SECRET, client, store


@pytest.fixture
def server() -> Iterator[str]:
    with store() as address:
        yield address


@pytest.fixture
def bucket(server: str, settings: Any) -> Iterator[Any]:
    access = {"access_key": KEY, "secret_key": SECRET, "region_name": REGION}
    options = {
        "bucket_name": BUCKET, "endpoint_url": server, "location": "maps",
        "file_overwrite": True, "querystring_auth": False, **access,
    }  # fmt: skip
    settings.STORAGES = {
        **settings.STORAGES,
        "readers": {"BACKEND": "events.replay.readers.ReadersStorage", "OPTIONS": options},
    }
    settings.SITE_URL = "https://tracker.example/"
    yield client(server)
    storages._storages.pop("readers", None)


def stored(bucket: Any) -> dict[str, dict[str, Any]]:
    listed = bucket.list_objects_v2(Bucket=BUCKET).get("Contents", [])
    return {one["Key"]: bucket.get_object(Bucket=BUCKET, Key=one["Key"]) for one in listed}


@pytest.fixture
def release(settings: Any, tmp_path: Path) -> Path:
    """Where a release has the one script of the element."""
    settings.STATIC_ROOT, settings.STATIC_BUNDLES = tmp_path, True
    script = tmp_path / "js" / "pages" / "control-map.js"
    script.parent.mkdir(parents=True)
    script.write_text("the first release")
    return script


@pytest.fixture
def page_release(release: Path) -> Path:
    """The same with what the copy's page is made of; the folder of it all."""
    static = release.parents[2]
    (static / "css").mkdir()
    for name in ("js/pages/copy.js", "css/base.css", "css/no-script.css", "icon.svg"):
        (static / name).write_text(f"{name} of the first release")
    return static
