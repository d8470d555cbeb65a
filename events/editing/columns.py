"""Which column of a pasted table is what, to be put right."""

from dataclasses import dataclass

from events.drafting.many import columns, table
from events.models import Paste


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    label: str


@dataclass(slots=True)
class Column:
    """One column of the table: the field it is taken for, its name in the first row, its first cells."""

    number: int
    field: str
    name: str
    cells: list[str]


def table_columns(paste: Paste) -> list[Column]:
    """With the first cells of each."""
    if paste.kind != Paste.Kind.TABLE or not paste.begun_at:
        return []
    head = paste.text[:20_000]
    rows = table.split(head, table.sign_of(head)).rows
    names = rows[0].cells if rows and paste.header else ()
    first = rows[1 if paste.header else 0 :][:3]
    width = max([len(paste.columns), *(len(row.cells) for row in rows[:4])], default=0)
    return [
        Column(
            at,
            paste.columns[at] if at < len(paste.columns) else "",
            names[at] if at < len(names) else "",
            [row.cells[at][:60] for row in first if at < len(row.cells) and row.cells[at]],
        )
        for at in range(width)
    ]


def column_choices() -> list[Choice]:
    return [Choice(name, label) for name, label in columns.labels().items()]
