"""Standings as CSV, for a spreadsheet: lists joined by "|", and no cell that a spreadsheet would run."""

import csv
import io
from collections.abc import Iterable
from typing import Any

from .formulas import guarded

ROLES = ("holds", "to", "contests", "besieges", "present")
COLUMNS = (
    *("place", "name", "kind", "state", *ROLES),
    *("disputed", "since", "change", "counts", "lat", "lon"),
)
# Where they were asked for.
CONFIRMED = ("last_confirmed", "days_unconfirmed")


def standing_csv(rows: Iterable[dict[str, Any]]) -> str:
    """`rows`: the places of the API's standing answer, each with `lat` and `lon`."""
    out = io.StringIO()
    writer = csv.writer(out)
    rows = list(rows)
    columns = [*COLUMNS, *(CONFIRMED if rows and CONFIRMED[0] in rows[0] else ())]
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell(column, row.get(column)) for column in columns])
    return out.getvalue()


def _cell(column: str, value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return value
    if column == "counts":
        value = "|".join(f"{part['places']} {'+'.join(part['holds']) or '?'}" for part in value)
    elif column in ROLES:
        value = "|".join(value)
    return guarded(str(value))
