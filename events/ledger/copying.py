"""Rows into a table through COPY: the way in for one Change as for a million.

Triggers, constraints and foreign keys hold for it as for INSERT. What it saves is a statement's parsing and
its parameters, row by row.
"""

import io
import json
import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Model

# What COPY would take for something else than a letter of the text; hardly any text has one.
SPECIAL = re.compile(r"[\\\t\n\r]").search
ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
NULL = "\\N"
CHUNK = 1 << 17
PENDING = 6


Send = Callable[[str, io.StringIO], None]
Work = Callable[[Any], Any]
Give = Callable[[Work], "Future[Any]"]


def now(sql: str, text: io.StringIO) -> None:
    """Send what COPY reads, and wait for it."""
    # Django wraps the errors of `execute` only.
    with connection.cursor() as cursor, connection.wrap_database_errors:
        cursor.copy_expert(sql, text, CHUNK)


@contextmanager
def beside() -> Iterator[Give]:
    """PostgreSQL does one thing while Python does the next, each on a core: what is given runs on a thread of its own,
    on the same connection, with a cursor of the driver's.

    Any other statement of the connection waits for what was given before it, and so does the end of the block; an
    error of it is raised there. At most PENDING are held.
    """
    pending: deque[Future[Any]] = deque()

    def settle(left: int = 0) -> None:
        with connection.wrap_database_errors:
            while len(pending) > left:
                pending.popleft().result()

    def after_all(execute: Any, *arguments: Any) -> Any:
        settle()
        return execute(*arguments)

    def give(work: Work) -> Future[Any]:
        settle(PENDING - 1)
        pending.append(thread.submit(_with_cursor, connection.connection, work))
        return pending[-1]

    with ThreadPoolExecutor(1) as thread, connection.execute_wrapper(after_all):
        yield give
        settle()


def _with_cursor(raw: Any, work: Work) -> Any:
    with raw.cursor() as cursor:
        return work(cursor)


@contextmanager
def ahead() -> Iterator[Send]:
    """A `send` that does not wait: PostgreSQL takes in the last rows while Python makes the next."""
    with beside() as give:
        yield sending(give)


def sending(give: Give) -> Send:
    def send(sql: str, text: io.StringIO) -> None:
        give(lambda cursor: cursor.copy_expert(sql, text, CHUNK))

    return send


def result(given: "Future[Any]") -> Any:
    """What came of it, waited for; an error is raised as of any statement."""
    with connection.wrap_database_errors:
        return given.result()


def check_at_once() -> None:
    """Foreign keys are checked with each statement of this transaction: a queue kept to the end would be gone through
    again for each row whose audit trigger begins a subtransaction, which is quadratic.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def copy_in(
    model: type[Model],
    columns: Sequence[str],
    rows: Iterable[Iterable[Any]],
    send: Send = now,
) -> int:
    """Append `rows`, whose values stand in the order of `columns` (the database's names). Returns how many.

    Texts, numbers, booleans, aware datetimes, datetime ranges, and lists for JSON; None is NULL.
    """
    return copy_columns(model, dict(zip(columns, zip(*rows, strict=True), strict=False)), send)


def copy_columns(model: type[Model], columns: Mapping[str, Sequence[Any]], send: Send = now) -> int:
    """The same, of whole columns: name -> a value for each row."""
    if not columns or not len(next(iter(columns.values()))):
        return 0
    # What is true of a column (one kind of value, one value, no special letter) is asked once.
    written = [_column(values) for values in columns.values()]
    lines = list(map("\t".join, zip(*written, strict=True)))
    quote = connection.ops.quote_name
    names = ", ".join(map(quote, columns))
    sql = f"COPY {quote(model._meta.db_table)} ({names}) FROM STDIN"
    send(sql, io.StringIO("\n".join([*lines, ""])))
    return len(lines)


def _column(values: Sequence[Any]) -> Iterable[str]:
    if values.count(values[0]) == len(values):
        return [cell(values[0])] * len(values)
    kinds = set(map(type, values))
    if kinds == {str} and not SPECIAL("".join(values)):
        return values
    return map(CELLS[kinds.pop()] if len(kinds) == 1 and kinds <= CELLS.keys() else cell, values)


def cell(value: Any) -> str:
    """One value in COPY's text format. Raises TypeError for a kind it does not know."""
    known = CELLS.get(type(value))
    if known is not None:
        return known(value)
    if isinstance(value, str):
        # the members of TextChoices
        return _text(str(value))
    raise TypeError(f"{type(value).__name__} cannot be copied in")


def _text(value: str) -> str:
    return value.translate(ESCAPES) if SPECIAL(value) else value


def _range(value: DateTimeTZRange) -> str:
    lower = value.lower.isoformat() if value.lower else ""
    return f"[{lower},{value.upper.isoformat() if value.upper else ''})"


def _json(value: Any) -> str:
    return _text(json.dumps(value)) if value else str(value)


CELLS: dict[type, Callable[[Any], str]] = {
    str: _text,
    type(None): lambda _none: NULL,
    int: int.__repr__,
    # The instants of a long import are some thousand, said over and over.
    datetime: lru_cache(maxsize=20_000)(datetime.isoformat),
    DateTimeTZRange: _range,
    bool: lambda value: "t" if value else "f",
    list: _json,
    dict: _json,
}
