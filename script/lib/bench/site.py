"""Databases of the benchmark's own beside the site's: made from a migrated one, dropped at the end."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from typing import Any

import environ
import psycopg2

from bench.clock import command

# Databases are made, and dropped, by the owner.
HOME = os.environ.pop("MIGRATE_DATABASE_URL", "") or os.environ.get("DATABASE_URL", "")


def url_of(name: str) -> str:
    address, _, options = HOME.partition("?")
    return f"{address.rsplit('/', 1)[0]}/{name}" + (f"?{options}" if options else "")


def connect(url: str | None = None) -> Any:
    facts = environ.Env.db_url_config(url or os.environ["DATABASE_URL"])
    return psycopg2.connect(
        dbname=facts["NAME"],
        user=facts["USER"] or None,
        password=facts["PASSWORD"] or None,
        host=facts["HOST"] or None,
        port=facts["PORT"] or None,
    )


def at_home(*statements: str) -> None:
    with contextlib.closing(connect(HOME)) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)


@contextlib.contextmanager
def database(name: str, template: str = "template1") -> Iterator[None]:
    """A database for as long as the block lasts; DATABASE_URL points to it."""
    at_home(f'DROP DATABASE IF EXISTS "{name}"', f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    before = os.environ["DATABASE_URL"]
    os.environ["DATABASE_URL"] = url_of(name)
    try:
        yield
    finally:
        os.environ["DATABASE_URL"] = before
        at_home(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def migrate() -> None:
    command("migrate", "--noinput", "--verbosity", "0")
