"""The demo in the tests' own database: loaded as an operator does once for each state of the checkout, and from then
on copied row by row, which takes a fraction of the time.
"""

from pathlib import Path

from django.db import connection, transaction

from events.gazetteer import indexing
from events.management.commands.load_demo import load
from events.models import Conflict
from tests.once import PRODUCT, folder, state

IDENTITIES = """
    SELECT column_name FROM information_schema.columns WHERE table_name = %s AND is_identity = 'YES'
"""


def put_demo() -> Conflict:
    """Within the test's own transaction, which ends all of it."""
    kept = folder("demo-rows", state(*PRODUCT), _keep)
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        # Whatever checks a row has checked it when it was loaded.
        cursor.execute("SET LOCAL session_replication_role = replica")
        for path in sorted(kept.iterdir()):
            table = quote(path.name)
            with path.open("rb") as file:
                cursor.copy_expert(f"COPY {table} FROM STDIN", file)
            cursor.execute(IDENTITIES, [path.name])
            for (column,) in cursor.fetchall():
                cursor.execute(
                    f"SELECT setval(own, GREATEST(nextval(own), (SELECT max({quote(column)}) FROM {table})))"
                    " FROM pg_get_serial_sequence(%s, %s) AS own",
                    [table, column],
                )
            cursor.execute(f"ANALYZE {table}")
        cursor.execute("SET LOCAL session_replication_role = origin")
    # Its keys are those of the test before: what this process knows of that one is not of this.
    indexing._kept.clear()
    return Conflict.objects.get()


def _keep(folder: Path) -> None:
    """A file a table, of all that have rows and had none; taken back when they are read."""
    with transaction.atomic(), connection.cursor() as cursor:
        empty = [name for name in connection.introspection.table_names() if not _rows(name)]
        load()
        for name in filter(_rows, empty):
            with (folder / name).open("wb") as file:
                cursor.copy_expert(f"COPY {connection.ops.quote_name(name)} TO STDOUT", file)
        transaction.set_rollback(True)


def _rows(table: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT EXISTS (SELECT FROM {connection.ops.quote_name(table)})")
        return bool(cursor.fetchone()[0])
