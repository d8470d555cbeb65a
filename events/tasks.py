"""Thin Celery shells: an id in, one call to a room. A broker that is down delays readers' files, and loses nothing."""

import logging

from botocore.exceptions import BotoCoreError, ClientError
from celery import Task, shared_task
from django.db import transaction
from django.utils import timezone
from kombu.exceptions import OperationalError

from events import gazetteer, replay
from events.drafting import embargo, spot
from events.models import Conflict, ReplayBuild
from events.reading import copied

log = logging.getLogger(__name__)


@shared_task
def build_replay(conflict_id: int) -> str:
    """Build the readers' files of one conflict, and push them. Safe to run twice, and late."""
    conflict = Conflict.objects.get(pk=conflict_id)
    build = _build(conflict)
    if replay.is_behind(build):
        _push(conflict)
        # after whatever else is due by now: of many publications in a row there is one page, and no map waits for it
        _later(push_page, conflict.pk)
    return build.etag


@shared_task
def push_page(conflict_id: int) -> bool:
    """Push the page of the readers' files, where the one that is there is another's. Safe to run twice, and late."""
    return _push_page(Conflict.objects.get(pk=conflict_id))


@shared_task
def sweep_replays() -> int:
    """Heal every missed enqueue: rebuild what is behind the record, push what is not where readers are.

    Returns how many were rebuilt.
    """
    conflicts = list(Conflict.objects.all())
    stale = [c for c in conflicts if replay.is_stale(c, timezone.now())]
    for conflict in stale:
        _build(conflict)
    for build in ReplayBuild.objects.select_related("conflict"):
        if replay.is_behind(build):
            _push(build.conflict)
    for conflict in conflicts:
        _push_page(conflict)
    return len(stale)


def _build(conflict: Conflict) -> ReplayBuild:
    """A place that was made at the desk, and was published since, gets its cell first."""
    gazetteer.complete_territories(conflict)
    return replay.build(conflict)


@shared_task
def forget_places() -> int:
    """Take back the places made at the desk that no draft names any more. Returns how many."""
    return spot.forget_unnamed(timezone.now())


@shared_task
def end_embargoes() -> int:
    """Publish the drafts whose hour has come: late after an outage, never twice. Returns how many."""
    published = embargo.publish_due(timezone.now())
    for conflict in {change.conflict_id: change.conflict for change in published}.values():
        replay_after_commit(conflict)
    return len(published)


@shared_task
def collect_replays() -> int:
    """Clear away files that no reader asks for any more. Returns how many."""
    return sum(replay.collect(conflict, timezone.now()) for conflict in Conflict.objects.all())


def _push(conflict: Conflict) -> None:
    """A store that is down delays its readers; the next sweep tries again."""
    try:
        replay.push(conflict)
    except (OSError, BotoCoreError, ClientError) as error:
        log.warning("the files of %s are not pushed yet: %s", conflict.slug, error)


def _push_page(conflict: Conflict) -> bool:
    try:
        return copied.push(conflict)
    except (OSError, BotoCoreError, ClientError) as error:
        log.warning("the page of %s is not pushed yet: %s", conflict.slug, error)
        return False


def replay_after_commit(conflict: Conflict) -> None:
    """Enqueue the build when, and only when, the transaction that changed the record commits."""
    transaction.on_commit(lambda: _enqueue(conflict.pk))


def _enqueue(conflict_id: int) -> None:
    if not _later(build_replay, conflict_id):
        log.warning("no broker: the sweep will build the replay of conflict %s", conflict_id)


def _later(task: Task, conflict_id: int) -> bool:
    """Whether the broker took it."""
    try:
        task.delay(conflict_id)
    except OperationalError:
        return False
    return True
