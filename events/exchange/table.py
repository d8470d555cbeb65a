"""Reading CSV from outside: UTF-8, a header row, columns in any order, unknown ones refused by name."""

import codecs
import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from .formulas import unguarded
from .problems import Outcome

MAX_CELL = 1_000_000
BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Row:
    """One record; `line` is where it begins. A column that the file lacks reads as None, an empty cell as ""."""

    line: int
    cells: dict[str, str]

    def get(self, column: str) -> str:
        return self.cells.get(column, "")

    def has(self, column: str) -> bool:
        return column in self.cells


@dataclass(frozen=True, slots=True)
class Columns:
    """What a file may have: `pattern` allows families such as name_ar, name_ku."""

    required: tuple[str, ...]
    optional: tuple[str, ...] = ()
    pattern: str | None = None
    # Files of this kind are also written here, with `formulas.guarded`.
    guarded: bool = False

    def allows(self, column: str) -> bool:
        return column in (*self.required, *self.optional) or bool(
            self.pattern and re.fullmatch(self.pattern, column)
        )


def read_table(path: Path, columns: Columns, outcome: Outcome) -> list[Row]:
    """All records that can be read; what cannot is put into `outcome` with its line. An empty list where the
    header is wrong.
    """
    return list(stream_table(path, columns, outcome))


def stream_table(path: Path, columns: Columns, outcome: Outcome) -> Iterator[Row]:
    """The same, record by record: a file of any length."""
    header, records = stream_cells(path, columns, outcome)
    for line, cells in records:
        yield Row(line, dict(zip(header, cells, strict=True)))


def stream_cells(
    path: Path, columns: Columns, outcome: Outcome
) -> tuple[list[str], Iterator[tuple[int, list[str]]]]:
    """The header's names, and each record as (line, cells as many as names). No names where the header is wrong."""
    records = _good_records(path, columns, outcome)
    _line, header = next(records, (1, []))
    return header, records


def _good_records(
    path: Path, columns: Columns, outcome: Outcome
) -> Iterator[tuple[int, list[str]]]:
    """The header first, if it is good."""
    if not _is_text(path, outcome):
        return
    csv.field_size_limit(MAX_CELL)
    with path.open(encoding="utf-8-sig", newline="") as file:
        records = _records(csv.reader(file, strict=True), outcome)
        first = next(records, None)
        if first is None:
            if not outcome.problems:
                outcome.bad(1, "", "", _("The file is empty: a header row is needed."))
            return
        header = [name.strip() for name in first[1]]
        if not _good_header(header, columns, outcome):
            return
        yield first[0], header
        for line, cells in records:
            plain = [cell.strip() for cell in cells]
            # One look at the record: hardly any has an apostrophe at all.
            if columns.guarded and "'" in "".join(plain):
                plain = [unguarded(cell) for cell in plain]
            if not any(plain):
                continue
            if len(cells) != len(header):
                reason = _(
                    "The row has %(found)d cells, the header %(wanted)d: a comma or a quote is lost."
                ) % {"found": len(cells), "wanted": len(header)}
                outcome.bad(line, "", ",".join(cells), reason)
                continue
            yield line, plain


def _is_text(path: Path, outcome: Outcome) -> bool:
    """Whether all of the file is UTF-8 without a NUL; the problem says where it is not."""
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    lines, block = 0, b"."
    with path.open("rb") as file:
        while block:
            block = file.read(BLOCK)
            if b"\0" in block:
                lines += block.count(b"\n", 0, block.index(b"\0"))
                outcome.bad(lines + 1, "", "", _("There is a NUL byte."))
                return False
            try:
                decoder.decode(block, final=not block)
            except UnicodeDecodeError as error:
                # what it decoded may begin with bytes kept back of the block before
                at = max(error.start - (len(error.object) - len(block)), 0)
                line = lines + block.count(b"\n", 0, at) + 1
                shown = error.object[max(error.start - 12, 0) : error.start + 12].decode("latin-1")
                reason = _("The file is not UTF-8 (it may be Latin-1): save it as UTF-8.")
                outcome.bad(line, "", shown, reason)
                return False
            lines += block.count(b"\n")
    return True


def _records(reader: Iterator[list[str]], outcome: Outcome) -> Iterator[tuple[int, list[str]]]:
    """(first line, cells). Reading stops at a record that cannot be read: what follows cannot be trusted."""
    while True:
        line = reader.line_num + 1  # type: ignore[attr-defined]
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            outcome.bad(
                line,
                "",
                "",
                _("A quote is not closed, or stands in the wrong place (%(error)s).")
                % {"error": error},
            )
            return
        if cells:
            yield line, cells


def _good_header(header: list[str], columns: Columns, outcome: Outcome) -> bool:
    known = ", ".join((*columns.required, *columns.optional))
    for name in header:
        if not columns.allows(name):
            outcome.bad(
                1, name, name, _("Unknown column; known are: %(known)s.") % {"known": known}
            )
    for name in sorted({name for name in header if header.count(name) > 1}):
        outcome.bad(1, name, name, _("The column is there twice."))
    for name in columns.required:
        if name not in header:
            outcome.bad(1, name, "", _("The column is missing."))
    return not outcome.problems
