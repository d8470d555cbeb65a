"""Rows into a table through COPY: the way in for one Change as for a million.

Triggers, constraints and foreign keys hold for it as for INSERT. What it saves is a statement's parsing and
its parameters, row by row.
"""

import io
import json
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Model

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

        def send(sql: str, text: io.StringIO) -> None:
            give(lambda cursor: cursor.copy_expert(sql, text, CHUNK))

        yield send


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
        send(sql, text)
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
