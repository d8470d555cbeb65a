"""A file from outside: what cannot be read is named with its line, and nothing is saved."""

import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from events import exchange
from events.exchange.run import safe_cell
from events.models import Source

from .conftest import Bring

GOOD = "slug,name,kind\nsana,SANA,agency\n"


@pytest.mark.parametrize(
    ("content", "line", "column", "says"),
    [
        (b"", 1, "", "empty"),
        (b"slug,name,nmae\nsana,SANA,x\n", 1, "nmae", "Unknown column"),
        (b"slug,name,slug\nsana,SANA,x\n", 1, "slug", "twice"),
        (b"slug,kind\nsana,agency\n", 1, "name", "missing"),
        ("slug,name\nsana,SANA\nefe,Español\n".encode("latin-1"), 3, "", "not UTF-8"),
        (b'slug,name\nsana,"SANA\nefe,EFE\n', 2, "", "quote is not closed"),
        (b'slug,name\nsana,SANA\nefe,"E"FE\n', 3, "", "quote"),
        (b"slug,name\nsana\n", 2, "", "1 cells, the header 2"),
        (b"slug,name\nsana,SANA,more\n", 2, "", "3 cells, the header 2"),
        (b"slug,name\nsa\0na,SANA\n", 2, "", "NUL"),
        (b"slug,name\nSANA!,SANA\n", 2, "slug", "A slug is made of"),
        (b"slug,name\nsana,\n", 2, "name", "name"),
        (b"slug,name\nsana,SANA\nsana,SANA\n", 3, "slug", "twice"),
        (b"slug,name,kind\nsana,SANA,paper\n", 2, "kind", "one of"),
        (b"slug,name,reliability\nsana,SANA,G\n", 2, "reliability", "one of"),
        (b"slug,name,leanings\nsana,SANA,red|pink\n", 2, "leanings", "actor"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_saved(
    bring: Bring, content: bytes, line: int, column: str, says: str
) -> None:
    before = Source.objects.count()
    problem = bring(exchange.import_sources, content).problems[0]
    assert (problem.line, problem.column) == (line, column)
    assert says in problem.reason
    assert Source.objects.count() == before


def test_columns_may_come_in_any_order_with_a_byte_order_mark(bring: Bring) -> None:
    outcome = bring(exchange.import_sources, "\ufeffname,kind,slug\nSANA,agency,sana\n\n")
    assert (outcome.created, outcome.problems) == (1, [])


def test_refused_rows_are_written_beside_the_file(bring: Bring, tmp_path: Path) -> None:
    bring(exchange.import_sources, "slug,name,note\n=HYPERLINK(1),SANA,\n")
    with (tmp_path / "file.csv.errors.csv").open(encoding="utf-8", newline="") as file:
        (row,) = list(csv.DictReader(file))
    assert (row["line"], row["column"], row["value"]) == ("2", "slug", "'=HYPERLINK(1)")
    bring(exchange.import_sources, GOOD)
    assert not (tmp_path / "file.csv.errors.csv").exists()


def test_good_rows_are_kept_only_where_that_was_asked(bring: Bring) -> None:
    mixed = "slug,name\nsana,SANA\nBAD!,Bad\n"
    bring(exchange.import_sources, mixed)
    assert not Source.objects.filter(slug="sana").exists()
    outcome = bring(exchange.import_sources, mixed, skip_bad=True)
    assert (outcome.created, len(outcome.problems)) == (1, 1)
    assert Source.objects.filter(slug="sana").exists()


def test_a_dry_run_saves_nothing(bring: Bring) -> None:
    assert bring(exchange.import_sources, GOOD, dry_run=True).created == 1
    assert not Source.objects.filter(slug="sana").exists()


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx"])
def test_no_cell_is_a_formula(text: str) -> None:
    assert safe_cell(text) == f"'{text}"


@settings(max_examples=80)
@given(
    st.binary(max_size=200)
    | st.text(max_size=200).map(lambda t: ("slug,name\n" + t).encode(errors="ignore"))
)
def test_any_bytes_are_read_or_refused(bring: Bring, content: bytes) -> None:
    outcome = bring(exchange.import_sources, content, dry_run=True)
    assert outcome.problems or outcome.created >= 0
    assert all(problem.reason and problem.line >= 1 for problem in outcome.problems)
