"""changes.csv as changes: the rows of one id together, walked as often as is asked and never held as a whole."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from .problems import Outcome
from .table import Columns, Row, stream_table


@dataclass(slots=True)
class Group:
    """All rows of one id."""

    rows: list[Row] = field(default_factory=list)

    @property
    def first(self) -> Row:
        return self.rows[0]

    @property
    def id(self) -> str:
        return self.first.get("id")


class ChangeRows:
    """`len` is how many changes the file has. What cannot be read at all is put into `outcome`, once."""

    def __init__(self, path: Path, columns: Columns, outcome: Outcome) -> None:
        self.path, self.columns = path, columns
        ids: set[str] = set()
        scattered: set[str] = set()
        last = None
        for row in stream_table(path, columns, outcome):
            public_id = row.get("id")
            if public_id != last and public_id in ids:
                scattered.add(public_id)
            ids.add(public_id)
            last = public_id
        self.number = len(ids)
        # Rows of one id nearly always stand together; those that do not are few enough to be held.
        self.scattered: dict[str, Group] = {public_id: Group() for public_id in scattered}
        for row in self._rows() if scattered else ():
            if row.get("id") in scattered:
                self.scattered[row.get("id")].rows.append(row)

    def __len__(self) -> int:
        return self.number

    def _rows(self) -> Iterator[Row]:
        return stream_table(self.path, self.columns, Outcome())

    def __iter__(self) -> Iterator[Group]:
        """Each change where its first row stands."""
        given: set[str] = set()
        group: Group | None = None
        for row in self._rows():
            public_id = row.get("id")
            if group is not None and public_id == group.id:
                group.rows.append(row)
                continue
            if group is not None:
                yield group
            group = None
            if public_id not in self.scattered:
                group = Group([row])
            elif public_id not in given:
                given.add(public_id)
                yield self.scattered[public_id]
        if group is not None:
            yield group
