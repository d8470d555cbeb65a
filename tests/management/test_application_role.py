"""The role that web, worker and beat have: it can do all that a newsroom does, and no more."""

from collections.abc import Iterator

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client

from events import ledger, replay
from events.management.commands.application_role import kept
from events.management.commands.load_demo import load
from events.models import Change, Conflict, Place
from tests.roles import application_role
from tests.war import make_war, say, take_back


@pytest.fixture
def as_the_site(db: None) -> Iterator[None]:
    with application_role():
        yield


def rights(table: str) -> set[str]:
    asked = ["SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "TRIGGER", "REFERENCES"]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT what FROM unnest(%s) AS what WHERE has_table_privilege(%s, what)",
            [asked, table],
        )
        return {what for (what,) in cursor.fetchall()}


def test_of_the_record_and_the_audit_it_may_only_add(as_the_site: None) -> None:
    tables = kept()
    assert {"events_change", "events_span", "events_placeevent", "events_draftevent"} <= set(tables)
    for table in tables:
        assert rights(table) == {"SELECT", "INSERT"}, table
    assert rights("events_draft") == {"SELECT", "INSERT", "UPDATE", "DELETE"}
    assert rights("django_migrations") == {"SELECT"}


def test_it_owns_nothing_and_is_nobody_special(as_the_site: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_class WHERE relowner = current_user::regrole")
        assert cursor.fetchone() == (0,)
        cursor.execute(
            "SELECT rolsuper, rolcreaterole, rolcreatedb, rolbypassrls, rolreplication"
            " FROM pg_roles WHERE rolname = current_user"
        )
        assert not any(cursor.fetchone())


def test_it_publishes_corrects_retracts_rebuilds_and_builds(as_the_site: None) -> None:
    war = make_war()
    take_back(war)
    assert ledger.check(war) == []
    assert ledger.rebuild(war) == (0, 0)
    replay.build(war)
    known = Change.objects.earliest("recorded_at").recorded_at.isoformat()
    asked = f"/api/v1/conflicts/war/standing?known_at={known.replace('+', '%2B')}"
    assert Client().get(asked).status_code == 200


def test_it_loads_the_whole_demo(as_the_site: None) -> None:
    assert load().changes.count() > 500


def test_what_it_imports_is_analysed_for_the_planner(
    as_the_site: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("events.ledger.bulk.WORTH_ANALYZING", 1)
    load()
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE relname = 'events_change'")
        assert cursor.fetchone()[0] == Change.objects.count()


def test_a_place_keeps_its_audit_whatever_it_tries(as_the_site: None) -> None:
    war: Conflict = make_war()
    say(war, "more", "2018-01-01", "is", "entered", "west")
    Place.objects.filter(slug="west").update(name="West End")
    for statement in ("UPDATE events_placeevent SET name = 'x'", "DELETE FROM events_placeevent"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_the_command_refuses_to_make_the_owner_the_application(db: None) -> None:
    with pytest.raises(CommandError, match="MIGRATE_DATABASE_URL"):
        call_command("application_role")
