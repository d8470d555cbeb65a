"""Rows into a table through COPY: the way in for one Change as for a million.

Triggers, constraints and foreign keys hold for it as for INSERT. What it saves is a statement's parsing and
its parameters, row by row.
"""

import io
import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Model

ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
NULL = "\\N"
CHUNK = 1 << 17


def copy_in(model: type[Model], columns: Sequence[str], rows: Iterable[Iterable[Any]]) -> int:
    """Append `rows`, whose values stand in the order of `columns` (the database's names). Returns how many.

    Texts, numbers, booleans, aware datetimes, datetime ranges, and lists for JSON; None is NULL.
    """
    text, number = io.StringIO(), 0
    for row in rows:
        text.write("\t".join([cell(value) for value in row]))
        text.write("\n")
        number += 1
    if number:
        text.seek(0)
        quote = connection.ops.quote_name
        names = ", ".join(map(quote, columns))
        sql = f"COPY {quote(model._meta.db_table)} ({names}) FROM STDIN"
        # Django wraps the errors of `execute` only.
        with connection.cursor() as cursor, connection.wrap_database_errors:
            cursor.copy_expert(sql, text, CHUNK)
    return number


def cell(value: Any) -> str:
    """One value in COPY's text format. Raises TypeError for a kind it does not know."""
    kind = type(value)
    if kind is str:
        return value.translate(ESCAPES)
    if value is None:
        return NULL
    if kind is int:
        return str(value)
    if kind is datetime:
        return value.isoformat()
    if kind is DateTimeTZRange:
        lower = value.lower.isoformat() if value.lower else ""
        return f"[{lower},{value.upper.isoformat() if value.upper else ''})"
    if kind is bool:
        return "t" if value else "f"
    if kind in (list, dict):
        return json.dumps(value).translate(ESCAPES)
    if isinstance(value, str):
        # the members of TextChoices
        return str(value).translate(ESCAPES)
    raise TypeError(f"{kind.__name__} cannot be copied in")
