"""application_role: the database role of DATABASE_URL, and what it may do.

It may read and write everything but the record and the audit, to which it may only add. Run as the owner of the
tables (MIGRATE_DATABASE_URL), after each migration.
"""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.db.models import Model
from psycopg2 import sql

from events.models import Change, ChangePlace, Citation, Span

RECORD = (Change, ChangePlace, Citation)
MAKE = """
    DO $$ BEGIN
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = {text}) THEN CREATE ROLE {role} LOGIN; END IF;
    END $$
"""
GRANT = """
    REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role};
    GRANT USAGE ON SCHEMA public TO {role};
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role};
    GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role};
    GRANT EXECUTE ON FUNCTION events_analyse_record() TO {role};
    REVOKE UPDATE, DELETE ON {kept} FROM {role};
    GRANT UPDATE (known) ON {spans} TO {role};
    REVOKE INSERT, UPDATE, DELETE ON {migrations} FROM {role};
    ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {role};
    ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {role}
"""


def kept() -> list[str]:
    """Tables to which may only be added: the record, and what pghistory writes of everything else."""
    audit = [m for m in apps.get_models() if hasattr(m, "pgh_tracked_model")]
    tables: list[type[Model]] = [*RECORD, Span, *audit]
    return sorted(table._meta.db_table for table in tables)


def grant(role: str) -> None:
    """Give the role what the application needs, and no more. The tables are the present role's own."""
    names = [sql.Identifier(table) for table in kept()]
    statement = sql.SQL(GRANT).format(
        role=sql.Identifier(role),
        kept=sql.SQL(", ").join(names),
        spans=sql.Identifier(Span._meta.db_table),
        migrations=sql.Identifier("django_migrations"),
    )
    with connection.cursor() as cursor:
        cursor.execute(statement)


class Command(BaseCommand):
    help = "Give the database role of DATABASE_URL what the site needs, and no more."

    def handle(self, *args: Any, **options: Any) -> None:
        owner, application = connection.settings_dict, settings.APPLICATION_DATABASE
        role = application["USER"]
        if not role or role == owner["USER"]:
            raise CommandError(
                "MIGRATE_DATABASE_URL must name the tables' owner, and DATABASE_URL another role."
            )
        if application["NAME"] != owner["NAME"]:
            raise CommandError("MIGRATE_DATABASE_URL and DATABASE_URL name two databases.")
        with transaction.atomic(), connection.cursor() as cursor:
            identifier = sql.Identifier(role)
            cursor.execute(sql.SQL(MAKE).format(text=sql.Literal(role), role=identifier))
            if application["PASSWORD"]:
                password = sql.Literal(application["PASSWORD"])
                cursor.execute(
                    sql.SQL("ALTER ROLE {role} PASSWORD {password}").format(
                        role=identifier, password=password
                    )
                )
            grant(role)
        self.stdout.write(f"{role} may add to the record, and alter nothing of it")
