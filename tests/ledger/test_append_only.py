"""The record refuses to be altered, asked in every way that plain SQL has, by a role that does not own its tables:
what `application_role` grants to web and worker. Its triggers would refuse what its rights do: both are tried. The
owner's own ways (dropping a trigger) are refused to it too.
"""

from collections.abc import Iterator

import pytest
from django.db import DatabaseError, connection, transaction

from events.models import Change, Span
from tests.roles import application_role
from tests.war import make_war

RECORD = ("events_change", "events_changeplace", "events_citation")
ALTERING = (
    "UPDATE {table} SET id = id",
    "UPDATE ONLY {table} SET id = id + 1000 WHERE id = (SELECT min(id) FROM {table})",
    "DELETE FROM {table}",
    "TRUNCATE {table} CASCADE",
    "INSERT INTO {table} SELECT * FROM {table} ON CONFLICT (id) DO UPDATE SET id = excluded.id",
    "MERGE INTO {table} AS t USING {table} AS s ON t.id = s.id WHEN MATCHED THEN DELETE",
    "MERGE INTO {table} AS t USING {table} AS s ON t.id = s.id WHEN MATCHED THEN UPDATE SET id = s.id",
    "WITH gone AS (DELETE FROM {table} RETURNING id) SELECT count(*) FROM gone",
    "SET session_replication_role = replica",
    "SET LOCAL session_replication_role = local",
    "ALTER TABLE {table} DISABLE TRIGGER ALL",
    "ALTER TABLE {table} DISABLE TRIGGER USER",
    "ALTER TABLE {table} RENAME TO elsewhere",
    "DROP TABLE {table} CASCADE",
    "CREATE RULE quietly AS ON INSERT TO {table} DO INSTEAD NOTHING",
    "CREATE TRIGGER quietly BEFORE INSERT ON {table} FOR EACH ROW "
    "EXECUTE FUNCTION suppress_redundant_updates_trigger()",
)


@pytest.fixture
def as_the_site(db: None) -> Iterator[None]:
    """A record with something in it, and from here on the rights of web and worker."""
    make_war()
    with application_role():
        yield


def refuse(statement: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize("table", [*RECORD, "events_span"])
@pytest.mark.parametrize("statement", ALTERING)
def test_the_record_refuses(as_the_site: None, table: str, statement: str) -> None:
    before = sorted(Change.objects.values_list("pk", "headline")), Span.objects.count()
    refuse(statement.format(table=table))
    assert (sorted(Change.objects.values_list("pk", "headline")), Span.objects.count()) == before


@pytest.mark.parametrize("table", [*RECORD, "events_span"])
def test_no_trigger_can_be_dropped(as_the_site: None, table: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal",
            [table],
        )
        names = [row[0] for row in cursor.fetchall()]
    assert len(names) >= 2
    for name in names:
        refuse(f"DROP TRIGGER {name} ON {table}")
        refuse(f"ALTER TABLE {table} DISABLE TRIGGER {name}")


def test_a_span_closes_once_and_in_nothing_else_changes(as_the_site: None) -> None:
    close = "UPDATE events_span SET known = tstzrange(lower(known), 'infinity'::timestamptz) WHERE id = {pk}"
    pk = Span.objects.known().earliest("pk").pk
    for wrong in (
        "valid = tstzrange(lower(valid), lower(valid) + interval '1 day')",
        "role = 'present'",
        "actor_id = (SELECT max(id) FROM events_actor)",
        "known = tstzrange(lower(known) - interval '1 day', NULL)",
        "doubt_from = now()",
        "closed_by_id = change_id",
        "id = id + 1000000",
        "change_id = (SELECT max(id) FROM events_change)",
    ):
        refuse(f"UPDATE events_span SET {wrong} WHERE id = {pk}")
    with connection.cursor() as cursor:
        cursor.execute(close.format(pk=pk))
    refuse(close.format(pk=pk))
