"""A look at the database of DATABASE_URL, whoever runs it."""

from __future__ import annotations

import os
from typing import Any

from .telling import Stop, last_line


def owner_url() -> str:
    """The address for the owner of the tables: where none is named, the application's role owns them."""
    return os.environ.get("MIGRATE_DATABASE_URL") or os.environ["DATABASE_URL"]


def connect() -> Any:
    """As the owner: the application's role may not be there yet."""
    import environ
    import psycopg2

    facts = environ.Env.db_url_config(owner_url())
    return psycopg2.connect(
        dbname=facts["NAME"],
        user=facts["USER"] or None,
        password=facts["PASSWORD"] or None,
        host=facts["HOST"] or None,
        port=facts["PORT"] or None,
        connect_timeout=5,
    )


def check_database() -> None:
    import psycopg2

    try:
        connect().close()
    except psycopg2.Error as error:
        raise Stop(
            f"the database of DATABASE_URL cannot be reached: {last_line(str(error))}"
        ) from None
