"""The readers' files: named by their content, complete, rebuilt exactly when the record moved on."""

import gzip
import json
from datetime import timedelta
from typing import Any

import brotli
import pytest
from django.utils import timezone

from events import ledger, replay
from events.models import Conflict, Orientation, ReplayBuild
from events.replay.files import storage
from events.replay.geometry import line, rings
from tests.factories import PlaceFactory
from tests.golden.world import make_world, new_changes, published, timeline


@pytest.fixture
def conflict(db: None) -> Conflict:
    return published(timeline("raqqa"))


def file(manifest: dict[str, Any], kind: str) -> dict[str, Any]:
    name = manifest["files"][kind].removeprefix("/replay/")
    return json.loads(storage.open(name).read())


def test_a_build_without_news_has_the_same_files_and_etag(conflict: Conflict) -> None:
    first, second = replay.build(conflict), replay.build(conflict)
    assert first.etag == second.etag
    assert first.manifest["files"] == second.manifest["files"]
    assert ReplayBuild.objects.count() == 1


def test_a_new_change_gives_new_names_only_to_what_it_altered(conflict: Conflict) -> None:
    before = replay.build(conflict).manifest
    row = {
        "id": "x",
        "date": "2017-07-03",
        "actor": "sdf",
        "verb": "retook",
        "places": ["al-senaa"],
    }
    ledger.publish(*new_changes(conflict, [row]), by=None)
    after = replay.build(conflict).manifest
    assert before["etag"] != after["etag"]
    assert before["files"]["timeline"] != after["files"]["timeline"]
    assert before["files"]["geometry"] == after["files"]["geometry"]
    old, new = before["files"]["changes"], after["files"]["changes"]
    assert {month for month in new if new[month] != old.get(month)} == {"2017-07"}


def test_every_file_lies_beside_its_compressed_forms(conflict: Conflict) -> None:
    manifest = replay.build(conflict).manifest
    names = [manifest["files"][kind] for kind in ("places", "geometry", "timeline")]
    for url in (*names, *manifest["files"]["changes"].values()):
        name = url.removeprefix("/replay/")
        plain = storage.open(name).read()
        assert brotli.decompress(storage.open(f"{name}.br").read()) == plain
        assert gzip.decompress(storage.open(f"{name}.gz").read()) == plain


def test_the_timeline_has_each_own_standing_by_day(conflict: Conflict) -> None:
    manifest = replay.build(conflict).manifest
    places, times = file(manifest, "places"), file(manifest, "timeline")
    at = [place["slug"] for place in places["places"]].index("al-senaa")
    day, seen = 0, []
    for step, place, standing in zip(times["day"], times["place"], times["standing"], strict=True):
        day += step
        if place == at:
            row = times["standings"][standing]
            iso = (conflict.start + timedelta(days=day)).isoformat()
            seen.append((iso, row["state"], [places["actors"][a]["slug"] for a in row["holds"]]))
    assert seen == [
        ("2014-01-14", "held", ["is"]),
        ("2017-06-15", "held", ["sdf"]),
        ("2017-06-29", "changing", ["sdf"]),
        ("2017-06-30", "held", ["is"]),
    ]


def test_changes_carry_their_sources(conflict: Conflict) -> None:
    manifest = replay.build(conflict).manifest
    name = manifest["files"]["changes"]["2017-06"].removeprefix("/replay/")
    changes = {c["id"]: c for c in json.loads(storage.open(name).read())["changes"]}
    retook = changes["r10"]
    assert retook["date_words"] == "some time between 29 June 2017 and 30 June 2017"
    assert "30 يونيو 2017" in retook["date_words_in"]["ar"]
    assert (retook["first_day"], retook["day"]) == ("2017-06-29", "2017-06-30")
    assert retook["citations"][0]["source_name"] == "A monitor"
    assert changes["r11"]["place_count"] == 17


def test_it_is_stale_after_a_publication_and_fresh_after_a_build(conflict: Conflict) -> None:
    now = timezone.now()
    assert replay.is_stale(conflict, now)
    replay.build(conflict)
    assert not replay.is_stale(conflict, now)
    assert replay.is_stale(conflict, now + timedelta(days=2)), "the day moved on"
    row = {
        "id": "x",
        "date": "2017-07-03",
        "actor": "sdf",
        "verb": "retook",
        "places": ["al-senaa"],
    }
    ledger.publish(*new_changes(conflict, [row]), by=None)
    assert replay.is_stale(conflict, now)


def test_a_conflict_without_a_change_can_be_built(db: None) -> None:
    manifest = replay.build(make_world(timeline("raqqa"))).manifest
    assert manifest["known_at"] is None
    assert file(manifest, "timeline")["day"] == []


def test_the_number_of_queries_does_not_grow_with_the_record(
    conflict: Conflict, django_assert_max_num_queries: Any
) -> None:
    for _ in range(30):
        PlaceFactory(conflict=conflict)
    with django_assert_max_num_queries(26):
        replay.build(conflict)


def test_shapes_are_steps_from_point_to_point() -> None:
    assert line([(1.0, 2.0), (1.00001, 2.0), (1.00001, 2.0), (1.0, 2.00002)]) == [
        100000,
        200000,
        1,
        0,
        -1,
        2,
    ]


def test_a_ring_too_small_to_draw_is_dropped(conflict: Conflict) -> None:
    shape = "POLYGON((0 0,0 0.000001,0.000001 0,0 0))"
    feature = Orientation(conflict=conflict, kind="land", shape=f"SRID=4326;{shape}")
    feature.save()
    feature.refresh_from_db()
    assert rings(feature.shape) == []
