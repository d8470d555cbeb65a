"""build(): named by their content, complete, rebuilt exactly when the record moved on."""

import gzip
import json
from datetime import date, timedelta
from typing import Any

import brotli
import pytest
from django.test import Client
from django.utils import timezone

from events import ledger, replay, tasks
from events.models import Change, Conflict, ReplayBuild
from events.replay import words
from events.replay.files import storage
from tests.factories import PlaceFactory
from tests.golden.world import make_world, new_changes, published, timeline
from tests.replay import reader

Manifest = dict[str, Any]


@pytest.fixture
def conflict(db: None) -> Conflict:
    return published(timeline("raqqa"))


def stored(url: str) -> bytes:
    return bytes(storage.open(url.removeprefix("/replay/")).read())


def addresses(manifest: Manifest) -> set[str]:
    """Every file that a manifest leads to."""
    found = set()
    for value in manifest["files"].values():
        found |= {value} if isinstance(value, str) else {url for _, _, url in value}
    found |= {*manifest["words"].values()}
    index = json.loads(stored(manifest["files"]["changes"]))
    texts = {name for _, _, *names in index["files"] for name in names} | {*index["past"]}
    return found | {beside(manifest, name) for name in texts}


def texts(manifest: Manifest) -> list[dict[str, Any]]:
    index = json.loads(stored(manifest["files"]["changes"]))
    names = [name for _, _, *names in index["files"] for name in names]
    return [json.loads(stored(beside(manifest, name))) for name in names]


def beside(manifest: Manifest, name: str) -> str:
    """What the index of changes names lies beside it."""
    return manifest["files"]["changes"].rsplit("/", 1)[0] + "/" + name


def slugs(manifest: Manifest) -> list[str]:
    names = reader.names(stored(manifest["files"]["names"]))
    return [names[at]["slug"] for at in range(len(names))]


def publish(conflict: Conflict, **row: Any) -> Change:
    row = {"id": "x", "date": "2017-07-03", "actor": "sdf", "verb": "retook", **row}
    return ledger.publish(*new_changes(conflict, [{"places": ["al-senaa"], **row}]), by=None)


def test_a_build_without_news_has_the_same_files_and_etag(conflict: Conflict) -> None:
    first, second = replay.build(conflict), replay.build(conflict)
    assert first.etag == second.etag
    assert first.manifest["files"] == second.manifest["files"]
    assert ReplayBuild.objects.count() == 1


def test_a_new_change_gives_new_names_only_to_what_it_altered(conflict: Conflict) -> None:
    before = replay.build(conflict).manifest
    publish(conflict)
    after = replay.build(conflict).manifest
    assert before["etag"] != after["etag"]
    kinds = before["files"].keys()
    same = {kind for kind in kinds if before["files"][kind] == after["files"][kind]}
    assert same == {"places", "labels", "names", "geometry", "coarse"}


def test_what_is_built_on_the_last_build_equals_what_is_built_afresh(conflict: Conflict) -> None:
    replay.build(conflict)
    rows = [
        {"id": "a"},
        {"id": "b", "date": "2013-05/2013-06", "actor": "is", "verb": "captured"},
        {"id": "c", "verb": "unclear", "actor": None, "places": ["raqqa"], "date": "2017-07-04"},
        {"id": "d", "verb": "holds", "actor": "is", "places": ["raqqa"], "date": "2012"},
    ]
    for row in rows:
        publish(conflict, **row)
        grown = replay.build(conflict).manifest
        afresh = replay.build(conflict, afresh=True).manifest
        assert grown["files"] == afresh["files"], row


def test_an_edited_place_source_or_report_is_built_anew(conflict: Conflict) -> None:
    last = replay.build(conflict).manifest["files"]
    for edited, fields in (
        (conflict.places.get(slug="al-senaa"), {"name": "Another name"}),
        (conflict.changes.first().citations.first().report.source, {"name": "Another source"}),
        (conflict.changes.first().citations.first().report, {"title": "Another title"}),
        (conflict.actors.first(), {"colour": "#abcdef"}),
    ):
        for name, value in fields.items():
            setattr(edited, name, value)
        edited.save()
        found = replay.build(conflict).manifest["files"]
        assert found != last, edited
        assert found == replay.build(conflict, afresh=True).manifest["files"]
        last = found


def test_every_file_lies_beside_its_compressed_forms(conflict: Conflict) -> None:
    for url in addresses(replay.build(conflict).manifest):
        name = url.removeprefix("/replay/")
        plain = storage.open(name).read()
        assert brotli.decompress(storage.open(f"{name}.br").read()) == plain
        assert gzip.decompress(storage.open(f"{name}.gz").read()) == plain


def test_the_timeline_has_each_own_standing_by_day(conflict: Conflict) -> None:
    manifest = replay.build(conflict).manifest
    actors = [
        one["slug"] for one in reader.read(stored(manifest["files"]["places"])).head["actors"]
    ]
    at = slugs(manifest).index("al-senaa")
    seen = [
        ((conflict.start + timedelta(days=day)).isoformat(), own["state"], *_of(own, actors))
        for _, _, url in manifest["files"]["timeline"]
        for day, place, own in reader.timeline(stored(url))
        if place == at
    ]
    assert seen == [
        ("2014-01-14", "held", ["is"]),
        ("2017-06-15", "held", ["sdf"]),
        ("2017-06-29", "changing", ["sdf"]),
        ("2017-06-30", "held", ["is"]),
    ]


def _of(own: dict[str, Any], actors: list[str]) -> tuple[list[str]]:
    return ([actors[at] for at in own["holds"]],)


def test_every_change_is_counted_on_its_day_for_who_gained(conflict: Conflict) -> None:
    manifest = replay.build(conflict).manifest
    actors = [
        one["slug"] for one in reader.read(stored(manifest["files"]["places"])).head["actors"]
    ]
    found: dict[tuple[int, int], int] = {}
    for _, _, url in manifest["files"]["timeline"]:
        found |= reader.tally(stored(url))
    assert sum(found.values()) == conflict.changes.count()
    day = (date.fromisoformat("2017-06-30") - conflict.start).days
    of_day = {actors[who] if who >= 0 else None: n for (at, who), n in found.items() if at == day}
    said = [row for row in timeline("raqqa")["changes"] if "2017-06-30" in row["date"][-10:]]
    assert sum(of_day.values()) == len(said)


def test_changes_carry_their_sources(conflict: Conflict) -> None:
    (file,) = texts(replay.build(conflict).manifest)
    changes = {change[0]: change for change in file["changes"]}
    retook = changes["r10"]
    date, words, arabic = file["dates"][retook[1]]
    assert date == "2017-06-29/2017-06-30"
    assert words == "some time between 29 and 30 June 2017"
    assert "30 يونيو 2017" in arabic
    start = conflict.start
    days = [(start + timedelta(days=day)).isoformat() for day in (retook[3], retook[2])]
    assert days == ["2017-06-29", "2017-06-30"]
    assert file["sources"][retook[-1][0][0]][1] == "A monitor"
    assert changes["r11"][9] == 17


def test_what_an_older_release_built_is_built_anew(client: Client, conflict: Conflict) -> None:
    build = replay.build(conflict)
    older = {kind: name for kind, name in build.manifest["files"].items() if kind != "coarse"}
    build.manifest = {**build.manifest, "files": older}
    build.parts = {name: value for name, value in build.parts.items() if name != "form"}
    build.save()
    assert client.get(f"/{conflict.slug}/").status_code == 200
    assert replay.is_stale(conflict, timezone.now())
    tasks.sweep_replays()
    assert "coarse" in replay.manifest(conflict)["files"]  # type: ignore[index]
    assert not replay.is_stale(conflict, timezone.now())


def test_every_language_but_english_has_its_words_beside_the_record(
    conflict: Conflict, client: Client
) -> None:
    words = replay.build(conflict).manifest["words"]
    assert words.keys() == {"ar"}
    said = json.loads(stored(words["ar"]))["catalog"]
    assert said == client.get("/jsi18n/?lang=ar").json()["catalog"]
    assert said["Legend"] != "Legend"


def test_it_is_stale_where_a_release_says_anything_else(
    conflict: Conflict, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = replay.build(conflict)
    monkeypatch.setattr(words, "_data", lambda language: b'{"catalog": {"Legend": "other"}}')
    assert replay.is_stale(conflict, timezone.now())
    new = replay.build(conflict)
    assert json.loads(stored(new.manifest["words"]["ar"]))["catalog"] == {"Legend": "other"}
    assert new.manifest["files"] == old.manifest["files"]
    assert new.etag != old.etag
    assert not replay.is_stale(conflict, timezone.now())


def test_it_is_stale_after_a_publication_and_fresh_after_a_build(conflict: Conflict) -> None:
    now = timezone.now()
    assert replay.is_stale(conflict, now)
    replay.build(conflict)
    assert not replay.is_stale(conflict, now)
    assert replay.is_stale(conflict, now + timedelta(days=2)), "the day moved on"
    publish(conflict)
    assert replay.is_stale(conflict, now)


def test_a_conflict_without_a_change_can_be_built(db: None) -> None:
    manifest = replay.build(make_world(timeline("raqqa"))).manifest
    assert manifest["known_at"] is None
    assert manifest["files"]["timeline"] == []
    assert {own["state"] for own in reader.now(stored(manifest["files"]["now"]))} == {"no_data"}


def test_the_number_of_queries_does_not_grow_with_the_record(
    conflict: Conflict, django_assert_max_num_queries: Any
) -> None:
    for _ in range(30):
        PlaceFactory(conflict=conflict)
    with django_assert_max_num_queries(36):
        replay.build(conflict)
