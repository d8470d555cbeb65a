"""The application's own database role, as `manage.py application_role` makes it, for as long as a block lasts."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from events.management.commands.application_role import grant

ROLE = "tracker_app_test"
MAKE = f"""
    DO $$ BEGIN
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{ROLE}') THEN CREATE ROLE {ROLE}; END IF;
    END $$
"""


@contextmanager
def application_role() -> Iterator[None]:
    """Must be inside the test's transaction, with which the role's rights go."""
    with connection.cursor() as cursor:
        cursor.execute(MAKE)
        grant(ROLE)
        cursor.execute(f"SET ROLE {ROLE}")
    yield
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
