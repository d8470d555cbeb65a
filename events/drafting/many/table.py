"""Pasted rows: tab, comma, semicolon or bar between cells, quoted or not; each row with its place in the text."""

import csv
import re
from collections import Counter
from dataclasses import dataclass, field

LINES = re.compile(r"[^\n]*\n?")
# Tab first: a spreadsheet puts it there, and nobody types it.
SIGNS = ("\t", ";", ",", "|")
SAMPLE = 40
# A quoted cell over more lines than this is a quote that was never closed.
LONGEST_CELL = 60


@dataclass(frozen=True, slots=True)
class Row:
    """`[start, end)` in the text, without its line end; `line` counts from 1. Cells are stripped."""

    line: int
    start: int
    end: int
    cells: tuple[str, ...]


@dataclass(slots=True)
class Table:
    """Rows that are not blank, in the order of the text; `width` is that of the widest."""

    sign: str
    rows: list[Row] = field(default_factory=list)

    @property
    def width(self) -> int:
        return max((len(row.cells) for row in self.rows), default=0)


def sign_of(text: str) -> str:
    """What stands between the cells; "" where the text is no table."""
    lines = [line for line in text.splitlines()[: SAMPLE * 3] if line.strip()][:SAMPLE]
    if not lines:
        return ""
    for sign in SIGNS:
        counts = Counter(len(_cells(line, sign)) - 1 for line in lines)
        often, lines_alike = counts.most_common(1)[0]
        cells = [cell for line in lines for cell in _cells(line, sign)]
        with_sign = sum(number for count, number in counts.items() if count)
        if sign == "\t" and with_sign * 2 >= len(lines):
            return sign
        # Prose has commas too, but not the same number in each line, nor cells so short.
        short = sum(map(len, cells)) <= 40 * len(cells)
        if often and len(lines) > 1 and lines_alike >= 0.8 * len(lines) and short:
            return sign
    return ""


def split(text: str, sign: str = "") -> Table:
    """Never raises; no text but blank lines is outside a row. A text without a sign has one cell a line."""
    table = Table(sign or sign_of(text))
    lines = [found for found in LINES.finditer(text) if found.group()]
    at = 0
    while at < len(lines):
        last, cells = _record(lines, at, table.sign)
        start, end = lines[at].start(), lines[last].end()
        while end > start and text[end - 1] == "\n":
            end -= 1
        if text[start:end].strip():
            table.rows.append(Row(at + 1, start, end, tuple(cell.strip() for cell in cells)))
        at = last + 1
    return table


def _record(lines: list[re.Match[str]], at: int, sign: str) -> tuple[int, list[str]]:
    """(its last line, its cells) of the record that begins at line `at`."""
    first = lines[at].group().rstrip("\n")
    if not sign:
        return at, [first]
    if '"' not in first:
        return at, first.split(sign)
    ahead = (line.group() for line in lines[at : at + LONGEST_CELL])
    reader = csv.reader(ahead, delimiter=sign, strict=True)
    try:
        cells = next(reader)
    except (csv.Error, StopIteration):
        # A quote that means nothing, or is not closed: the line as it stands.
        return at, first.split(sign)
    return at + reader.line_num - 1, cells


def _cells(line: str, sign: str) -> list[str]:
    return _record([found for found in LINES.finditer(line) if found.group()], 0, sign)[1]
