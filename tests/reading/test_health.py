"""/healthz asks nobody; /readyz asks database and broker, and keeps its reasons to the log."""

import pytest
from celery import current_app
from django.db import DatabaseError
from django.test import Client

from events import replay
from events.models import Conflict
from tests.war import say


def test_the_process_is_up_whatever_else_is_not(client: Client) -> None:
    # no database here: a query would fail this test
    response = client.get("/healthz")
    assert response.content == b"ok\n"
    assert "no-store" in response.headers["Cache-Control"]


def test_ready_with_the_last_build_of_each_conflict(client: Client, war: Conflict) -> None:
    never = client.get("/readyz").json()
    assert never["replay"]["war"] == {"built_at": None, "known_at": None, "stale": True}
    replay.build(war)
    response = client.get("/readyz")
    assert response.status_code == 200
    assert (response.json()["database"], response.json()["broker"]) == ("up", "up")
    assert response.json()["replay"]["war"]["stale"] is False
    say(war, "c9", "2018", "sdf", "captured", "west")
    assert client.get("/readyz").json()["replay"]["war"]["stale"] is True


def test_not_ready_without_a_database(
    client: Client, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def down() -> None:
        raise DatabaseError("password=secret")

    with monkeypatch.context() as patched:
        patched.setattr("events.reading.health.connection.cursor", down)
        response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["database"] == "down"
    assert "secret" not in response.content.decode()


def test_not_ready_without_a_broker(
    client: Client, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    nowhere = "redis://:secret@127.0.0.1:1/0"
    connect = current_app.connection_for_write
    monkeypatch.setattr(current_app, "connection_for_write", lambda **how: connect(nowhere, **how))
    response = client.get("/readyz")
    assert response.status_code == 503
    assert (response.json()["database"], response.json()["broker"]) == ("up", "down")
    assert "secret" not in response.content.decode()
