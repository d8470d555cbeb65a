"""A change is the same record in the readers' files as in the API, whatever it corrects and whenever it stood."""

import json
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from events import ledger, replay
from events.models import Change, Conflict
from events.replay import change_records
from tests.factories import MembershipFactory
from tests.golden.world import new_changes, published, timeline
from tests.replay.test_build import addresses, stored

SCRIPT = Path(__file__).parent.parent / "js" / "read-changes.mjs"


@pytest.fixture
def mended(db: None) -> Conflict:
    """With a correction of a correction, and a retraction."""
    conflict = published(timeline("raqqa"))
    by = MembershipFactory(conflict=conflict, role="chief").user
    (row,) = [row for row in timeline("raqqa")["changes"] if row["id"] == "r10"]
    for number, date in ((1, "2017-06-30"), (2, "2017-06-29")):
        was = Change.objects.get(
            conflict=conflict, superseded_by=None, public_id=f"r10{number - 1 or ''}"
        )
        (new,) = new_changes(conflict, [{**row, "id": f"r10{number}", "date": date}])
        ledger.correct(was, new, reason=f"The SOHR mended it: {number}.", by=by)
    ledger.retract(Change.objects.get(conflict=conflict, public_id="r09"), reason="No.", by=by)
    return conflict


def by_node(manifest: dict[str, Any], known: int | None) -> list[dict[str, Any]]:
    texts = {url: stored(url).decode() for url in addresses(manifest) if url.endswith(".json")}
    days = manifest["conflict"]
    count = (datetime.fromisoformat(days["end"]) - datetime.fromisoformat(days["start"])).days + 1
    work = {"manifest": manifest, "files": texts, "known": known, "days": count}
    node = shutil.which("node")
    assert node, "node is part of the set-up"
    done = subprocess.run(
        [node, str(SCRIPT)],
        input=json.dumps(work), capture_output=True, text=True, check=True, timeout=600,
    )  # fmt: skip
    return list(json.loads(done.stdout))


def by_api(changes: Any) -> dict[str, dict[str, Any]]:
    records = {
        record["id"]: record for record in change_records(changes.values_list("pk", flat=True))
    }
    for record in records.values():
        # JavaScript has milliseconds
        at = datetime.fromisoformat(record["published_at"]).astimezone(UTC)
        record["published_at"] = f"{at:%Y-%m-%dT%H:%M:%S}.{at.microsecond // 1000:03}Z"
    return records


def test_a_record_has_the_same_fields_and_values_in_the_files_and_in_the_api(
    mended: Conflict,
) -> None:
    manifest = replay.build(mended).manifest
    said = Change.objects.filter(conflict=mended, superseded_by=None).exclude(kind="retraction")
    expected = by_api(said)
    assert {r["kind"] for r in expected.values()} == {"statement", "correction"}
    found = {record.pop("id"): record for record in by_node(manifest, None)}
    assert found["r102"]["supersedes"] == "r101"
    for public_id, record in expected.items():
        # the files, which all readers share, say dates in every language
        assert set(found[public_id].pop("date_words_in")) >= {"en", "ar"}
        assert {"id": public_id, **found[public_id]} == record
    assert found.keys() == expected.keys()


def test_so_has_what_once_stood(mended: Conflict) -> None:
    manifest = replay.build(mended).manifest
    was = Change.objects.get(conflict=mended, public_id="r101")
    known = int(was.recorded_at.timestamp() * 1_000_000)
    found = {record["id"]: record for record in by_node(manifest, known)}
    assert {"r101", "r09"} <= found.keys()
    assert not {"r10", "r102"} & found.keys()
    expected = by_api(Change.objects.filter(conflict=mended, public_id__in=["r101", "r09"]))
    for public_id, record in expected.items():
        del found[public_id]["date_words_in"]
        assert found[public_id] == record
