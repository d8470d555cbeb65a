"""Databases to copy: one with every migration applied, and one with the demo besides.

Each is made once for each state of the checkout, by the commands that an operator would use; to copy one takes a
fraction of a second. Nobody connects to them.
"""

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from tempfile import TemporaryDirectory
from typing import Any

import psycopg2
from django.conf import settings
from django.db import connections
from psycopg2 import sql

from tests.once import PRODUCT, ROOT, alone, state


@contextmanager
def server() -> Iterator[Any]:
    """A cursor beside the tests' own database, outside of any transaction."""
    given = connections["default"].get_connection_params()
    wanted = {key: given[key] for key in ("user", "password", "host", "port") if given.get(key)}
    connection = psycopg2.connect(**wanted, dbname="postgres")
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            yield cursor
    finally:
        connection.close()


def address(name: str) -> str:
    """The name is the last of the path, whatever stands for the host before it."""
    before, mark, query = os.environ["DATABASE_URL"].partition("?")
    return f"{before.rpartition('/')[0]}/{name}{mark}{query}"


def create(cursor: Any, name: str, like: str = "template1") -> None:
    drop(cursor, name)
    cursor.execute(
        sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(like))
    )


def drop(cursor: Any, name: str) -> None:
    cursor.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def migrated() -> str:
    return _template("migrated", lambda: "template1", "migrate", "--verbosity", "0")


def with_demo() -> str:
    return _template("demo", migrated, "load_demo")


def _template(what: str, like: Callable[[], str], *command: str) -> str:
    """The name of the database that is `like` another, after one of our commands."""
    # A server may be shared by several checkouts.
    ours = f"once_{hashlib.sha256(str(settings.DATA_DIR).encode()).hexdigest()[:8]}_{what}_"
    name = ours + state(*PRODUCT)
    with alone(what), server() as cursor, TemporaryDirectory() as folder:
        cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [ours])
        there = {row[0] for row in cursor.fetchall()}
        if name not in there:
            for old in there:
                drop(cursor, old)
            making = f"{ours}making"
            create(cursor, making, like())
            _manage(command, DATABASE_URL=address(making), TRACKER_DATA_DIR=folder)
            cursor.execute(
                sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS false").format(sql.Identifier(making))
            )
            cursor.execute(
                sql.SQL("ALTER DATABASE {} RENAME TO {}").format(
                    sql.Identifier(making), sql.Identifier(name)
                )
            )
    return name


def _manage(command: tuple[str, ...], **environment: str) -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=ROOT,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "conflict_map.settings.development",
            "DEMO_PASSWORD": "demo",
            **environment,
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
