"""Tasks: enqueued on commit alone; a broker that is down delays readers' files and loses nothing."""

from typing import Any

import pytest
from django.db import transaction
from kombu.exceptions import OperationalError

from events import tasks
from events.models import Conflict, ReplayBuild
from tests.golden.world import published, timeline


@pytest.fixture
def conflict(db: None) -> Conflict:
    return published(timeline("raqqa"))


def test_the_task_builds_what_its_id_names(conflict: Conflict) -> None:
    etag = tasks.build_replay(conflict.pk)
    assert ReplayBuild.objects.get(conflict=conflict).etag == etag


def test_the_sweep_builds_what_is_behind_and_nothing_else(conflict: Conflict) -> None:
    assert tasks.sweep_replays() == 1
    assert tasks.sweep_replays() == 0


def test_nothing_is_enqueued_where_the_transaction_fails(
    conflict: Conflict, monkeypatch: Any, django_capture_on_commit_callbacks: Any
) -> None:
    asked: list[int] = []
    monkeypatch.setattr(tasks.build_replay, "delay", asked.append)
    with django_capture_on_commit_callbacks(execute=True):
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            tasks.replay_after_commit(conflict)
            raise ZeroDivisionError
        assert asked == []
        tasks.replay_after_commit(conflict)
        assert asked == []
    assert asked == [conflict.pk]


def test_a_broker_that_is_down_does_not_stop_a_publication(
    conflict: Conflict, monkeypatch: Any, django_capture_on_commit_callbacks: Any, caplog: Any
) -> None:
    def refuse(conflict_id: int) -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr(tasks.build_replay, "delay", refuse)
    with django_capture_on_commit_callbacks(execute=True):
        tasks.replay_after_commit(conflict)
    assert "the sweep will build" in caplog.text
    assert tasks.sweep_replays() == 1
