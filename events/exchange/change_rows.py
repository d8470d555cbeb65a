"""changes.csv as changes: the rows of one id together. The file is read once; after that its rows wait on disk, so
that they are walked as often as is asked and never held as a whole.
"""

import marshal
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

from .problems import Outcome
from .table import Columns, stream_cells

COLUMNS = Columns(
    ("id", "date", "verb", "place", "source"),
    (
        *("actor", "place_count", "other_actor", "headline", "report_title", "report_url"),
        *("published", "stance", "ruling", "ruling_reason", "note"),
    ),
    guarded=True,
)
# On disk a column of a batch is one text, which is written and read in a third of the time. No cell has a NUL: a file
# with one is refused (`table`).
APART = "\0"


class ChangeRow(NamedTuple):
    """One record: its number in the file, from 0, the line where it begins, and its cells. A column that the file
    lacks is empty.
    """

    number: int
    line: int
    id: str
    date: str
    verb: str
    place: str
    source: str
    actor: str
    place_count: str
    other_actor: str
    headline: str
    report_title: str
    report_url: str
    published: str
    stance: str
    ruling: str
    ruling_reason: str
    note: str


@dataclass(slots=True)
class Group:
    """All rows of one id."""

    id: str
    rows: list[ChangeRow] = field(default_factory=list)

    @property
    def first(self) -> ChangeRow:
        return self.rows[0]


class ChangeRows:
    """`read` it to the end once, then walk over the changes. `len` is how many there are."""

    def __init__(self, path: Path, outcome: Outcome, batch: int) -> None:
        """`batch`: how many rows are held at once. What cannot be read at all is put into `outcome`."""
        self.path, self.outcome, self.batch = path, outcome, batch
        self.file = tempfile.TemporaryFile()  # noqa: SIM115  closed with the rows
        self.ids: set[str] = set()
        # Rows of one id nearly always stand together; those that do not are few enough to be held.
        self.apart: dict[str, list[ChangeRow]] = {}

    def __len__(self) -> int:
        return len(self.ids)

    def read(self) -> Iterator[list[ChangeRow]]:
        """The rows of the file, a batch at a time."""
        rows = self._rows()
        last = ""
        while batch := list(islice(rows, self.batch)):
            for row in batch:
                if row.id != last or not self.ids:
                    last = row.id
                    again = last in self.ids
                    self.ids.add(last)
                    if again:
                        self.apart.setdefault(last, [])
                if last in self.apart:
                    self.apart[last].append(row)
            numbers, lines, *texts = zip(*batch, strict=True)
            marshal.dump((numbers, lines, [APART.join(cells) for cells in texts]), self.file)
            yield batch

    def _rows(self) -> Iterator[ChangeRow]:
        header, records = stream_cells(self.path, COLUMNS, self.outcome)
        # One more cell than there are names stands for the columns that are not there.
        names = ChangeRow._fields[2:]
        pick = itemgetter(
            *(header.index(name) if name in header else len(header) for name in names)
        )
        for number, (line, cells) in enumerate(records):
            cells.append("")
            yield ChangeRow(number, line, *pick(cells))

    def again(self) -> Iterator[list[ChangeRow]]:
        """The same batches, from disk."""
        end = self.file.tell()
        self.file.seek(0)
        while self.file.tell() < end:
            # A file of our own that has no name.
            numbers, lines, texts = marshal.load(self.file)  # noqa: S302
            columns = (text.split(APART) for text in texts)
            yield list(map(ChangeRow._make, zip(numbers, lines, *columns, strict=True)))

    def __iter__(self) -> Iterator[Group]:
        """Each change where its first row stands."""
        given: set[str] = set()
        group: Group | None = None
        for batch in self.again():
            for row in batch:
                if group is not None and row.id == group.id:
                    group.rows.append(row)
                    continue
                if group is not None:
                    yield self._whole(group)
                group = None
                if row.id in self.apart:
                    if row.id in given:
                        continue
                    given.add(row.id)
                group = Group(row.id, [row])
        if group is not None:
            yield self._whole(group)

    def _whole(self, group: Group) -> Group:
        group.rows += self.apart.get(group.id, ())
        return group
