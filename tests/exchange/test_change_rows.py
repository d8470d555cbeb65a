"""A file of any length: walked as often as needed, rows of one id together wherever they stand."""

from pathlib import Path

import pytest

from events import exchange
from events.exchange import change_reader, changes
from events.exchange.change_rows import ChangeRows
from events.exchange.problems import Outcome
from events.models import Change, Citation, Conflict, Report

from .conftest import Bring
from .test_changes import HEADER, ONE


def rows_of(tmp_path: Path, *ids: str) -> list[tuple[str, list[int]]]:
    path = tmp_path / "changes.csv"
    path.write_text(HEADER + "".join(ONE.replace("c1", name) for name in ids), encoding="utf-8")
    rows = ChangeRows(path, Outcome(), batch=3)
    lines = [row.line for batch in rows.read() for row in batch]
    assert lines == [row.line for batch in rows.again() for row in batch]
    assert (len(lines), len(rows)) == (len(ids), len(set(ids)))
    found = [(group.id, [row.line for row in group.rows]) for group in rows]
    assert found == [(group.id, [row.line for row in group.rows]) for group in rows]
    return found


def test_a_change_stands_where_its_first_row_does(tmp_path: Path) -> None:
    assert rows_of(tmp_path, "a", "a", "b", "a", "c", "b", "d") == [
        ("a", [2, 3, 5]),
        ("b", [4, 7]),
        ("c", [6]),
        ("d", [8]),
    ]


def test_rows_that_stand_apart_are_one_change(bring: Bring, conflict: Conflict) -> None:
    more = ONE.replace("Daily report", "Evening report")
    outcome = bring(exchange.import_changes, HEADER + ONE + ONE.replace("c1", "c2") + more)
    assert (outcome.created, outcome.problems) == (2, [])
    assert Citation.objects.filter(change__public_id="c1").count() == 2


def test_small_batches_give_the_same(
    bring: Bring, conflict: Conflict, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(changes, "BATCH", 2)
    rows = [ONE.replace("c1", f"c{number}") for number in range(7)]
    assert bring(exchange.import_changes, HEADER + "".join(rows)).created == 7
    assert bring(exchange.import_changes, HEADER + "".join(rows)).unchanged == 7
    assert Report.objects.count() == 1
    entered = Change.objects.order_by("pk").values_list("public_id", flat=True)
    assert list(entered) == [f"c{number}" for number in range(7)]


def test_what_cannot_be_resolved_is_asked_once_and_told_for_each_row(
    bring: Bring, conflict: Conflict, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    search = change_reader.resolve_place
    monkeypatch.setattr(
        change_reader, "resolve_place", lambda c, text: asked.append(text) or search(c, text)
    )
    bad = ONE.replace("city", "atlantis")
    outcome = bring(exchange.import_changes, HEADER + bad + bad.replace("c1", "c2"))
    assert asked == ["atlantis"]
    assert [problem.line for problem in outcome.problems] == [2, 3]


def test_long_ids_do_not_take_one_another_for_published(bring: Bring, conflict: Conflict) -> None:
    long = "x" * 79
    rows = [ONE.replace("c1", f"{long}{last}") for last in "ab"]
    assert bring(exchange.import_changes, HEADER + "".join(rows)).created == 2


def test_a_byte_that_is_no_utf8_is_named_with_its_line_wherever_it_stands(
    bring: Bring, conflict: Conflict, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("events.exchange.table.BLOCK", 7)
    content = (HEADER + ONE).encode() + ONE.replace("c1", "الرقة").encode()
    assert bring(exchange.import_changes, content, dry_run=True).problems == []
    for broken, line in ((content + b"\xff", 4), (content + "ا".encode()[:1], 4)):
        (problem,) = bring(exchange.import_changes, broken).problems
        assert (problem.line, "UTF-8" in problem.reason) == (line, True)
