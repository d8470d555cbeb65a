"""Pushing to object storage, against an S3-compatible server of our own; and clearing away what is out of use."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import brotli
import pytest
from django.utils import timezone

from events import replay, tasks
from events.models import Conflict, ReplayBuild
from events.replay.files import put, storage
from tests.bucket import bucket as bucket
from tests.bucket import release as release
from tests.bucket import server as server
from tests.bucket import stored
from tests.golden.world import published, timeline
from tests.replay.test_build import addresses, publish


@pytest.fixture
def conflict(db: None) -> Conflict:
    """Its folder is its own: what other tests left would be cleared away, too."""
    return published(timeline("raqqa"), f"golden-{uuid4().hex[:12]}")


def test_all_that_a_manifest_leads_to_is_there_as_it_goes_over_the_wire(
    conflict: Conflict, bucket: Any
) -> None:
    build = replay.build(conflict)
    assert replay.is_behind(build)
    took = replay.push(conflict)
    found = stored(bucket)
    files = {f"maps/{conflict.slug}/{url.rsplit('/', 1)[-1]}" for url in addresses(build.manifest)}
    assert found.keys() == {*files, f"maps/{conflict.slug}/manifest.json"}
    assert took == len(files)
    for key, one in found.items():
        assert one["ContentEncoding"] == "br", key
        body = brotli.decompress(one["Body"].read())
        if key.endswith("manifest.json"):
            assert one["CacheControl"].startswith("public, max-age=2, stale-while-revalidate")
            manifest = json.loads(body)
        else:
            assert "immutable" in one["CacheControl"]
            assert body == storage.open(key.removeprefix("maps/")).read()
    assert manifest["etag"] == build.etag
    assert manifest["files"]["places"] in {key.rsplit("/", 1)[-1] for key in found}
    assert f"maps/{conflict.slug}/{manifest['words']['ar']}" in found
    assert manifest["links"]["place"] == f"https://tracker.example/{conflict.slug}/places/{{slug}}/"
    build.refresh_from_db()
    assert not replay.is_behind(build)


def test_the_script_that_reads_the_record_is_beside_it_and_follows_releases(
    conflict: Conflict, bucket: Any, release: Path
) -> None:
    replay.build(conflict)
    replay.push(conflict)
    script = stored(bucket)["maps/control-map.js"]
    assert brotli.decompress(script["Body"].read()) == b"the first release"
    assert script["ContentType"] == "text/javascript; charset=utf-8"
    assert "immutable" not in script["CacheControl"]
    assert "stale-if-error=604800" in script["CacheControl"]
    publish(conflict)
    build = replay.build(conflict)
    replay.push(conflict)
    build.refresh_from_db()
    assert not replay.is_behind(build)
    release.write_text("the second release")
    assert replay.is_behind(build)
    assert replay.push(conflict) == 0
    script = stored(bucket)["maps/control-map.js"]
    assert brotli.decompress(script["Body"].read()) == b"the second release"
    build.refresh_from_db()
    assert not replay.is_behind(build)


def test_where_scripts_are_apart_none_is_pushed(
    conflict: Conflict, bucket: Any, release: Path, settings: Any
) -> None:
    settings.STATIC_BUNDLES = False
    build = replay.build(conflict)
    replay.push(conflict)
    build.refresh_from_db()
    assert not replay.is_behind(build)
    assert not replay.has_script(conflict)
    assert "maps/control-map.js" not in stored(bucket)


def test_a_second_push_takes_only_what_is_new(conflict: Conflict, bucket: Any) -> None:
    replay.build(conflict)
    replay.push(conflict)
    assert replay.push(conflict) == 0
    publish(conflict)
    build = replay.build(conflict)
    assert replay.is_behind(build)
    # now or not, the timeline, what is known of it, the changes and their index
    assert replay.push(conflict) in (4, 5)


def test_a_build_without_news_is_not_pushed_again(conflict: Conflict, bucket: Any) -> None:
    replay.build(conflict)
    replay.push(conflict)
    assert not replay.is_behind(replay.build(conflict))


def test_a_store_that_is_down_delays_its_readers_and_fails_nothing(
    conflict: Conflict, bucket: Any, server: str, settings: Any
) -> None:
    options = settings.STORAGES["readers"]["OPTIONS"]
    down = {**options, "bucket_name": "no-such-bucket"}
    settings.STORAGES = {
        **settings.STORAGES,
        "readers": {**settings.STORAGES["readers"], "OPTIONS": down},
    }
    tasks.build_replay(conflict.pk)
    assert replay.is_behind(ReplayBuild.objects.get())
    settings.STORAGES = {
        **settings.STORAGES,
        "readers": {**settings.STORAGES["readers"], "OPTIONS": options},
    }
    tasks.sweep_replays()
    assert not replay.is_behind(ReplayBuild.objects.get())
    assert f"maps/{conflict.slug}/manifest.json" in stored(bucket)


def test_without_a_store_nothing_is_pushed(conflict: Conflict) -> None:
    assert not replay.is_behind(replay.build(conflict))


def test_files_out_of_use_go_after_their_time_and_no_sooner(
    conflict: Conflict, settings: Any
) -> None:
    settings.REPLAY_KEEP_DAYS = 7
    first = replay.build(conflict).manifest
    publish(conflict)
    second = replay.build(conflict).manifest
    old = addresses(first) - addresses(second)
    assert len(old) >= 4

    def there(urls: set[str]) -> set[bool]:
        names = {url.removeprefix("/replay/") for url in urls}
        return {storage.exists(f"{name}{form}") for name in names for form in ("", ".br", ".gz")}

    now = timezone.now()
    assert replay.collect(conflict, now + timedelta(days=6)) == 0
    assert there(old) == {True}
    assert replay.collect(conflict, now + timedelta(days=8)) == len(old)
    assert there(old) == {False}
    assert there(addresses(second)) == {True}
    assert replay.collect(conflict, now + timedelta(days=9)) == 0


def test_a_file_that_is_named_again_stays(conflict: Conflict) -> None:
    first = replay.build(conflict).manifest
    place = conflict.places.get(slug="al-senaa")
    for name in ("Another name", place.name):
        place.name = name
        place.save()
        last = replay.build(conflict).manifest
    assert last["files"] == first["files"]
    replay.collect(conflict, timezone.now() + timedelta(days=30))
    names = {url.removeprefix("/replay/") for url in addresses(last)}
    assert {storage.exists(name) for name in names} == {True}


def test_what_a_broken_off_build_left_goes_too(conflict: Conflict) -> None:
    replay.build(conflict)
    stray = put(conflict.slug, "timeline-all", b"left behind")
    replay.collect(conflict, timezone.now())
    assert storage.exists(stray)
    assert replay.collect(conflict, timezone.now() + timedelta(days=8)) == 1
    assert not storage.exists(stray)
