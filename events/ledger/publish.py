"""publish(): policy → lock → append → fold → replace Spans, in one transaction, for page, API and shell alike.

A place that was hidden until now, and is named, becomes public in it (`reveal`).
"""

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from datetime import datetime
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from events import policy
from events.chronology.fold import Watch
from events.chronology.verbs import VERBS
from events.models import Change, Conflict, Place

from . import spans
from .append import append
from .copying import ahead, now
from .folding import BATCH, folded
from .known import take_instant
from .new import NewChange, validate
from .reveal import hidden_among, reveal, stand_by
from .statements import Node, reached, tree
from .supersede import reaches_of, refuse_superseded

Progress = Callable[..., None]
Look = Callable[[NewChange], None]
# Fewer places are folded in one batch: there is nothing to do meanwhile.
WORTH_A_THREAD = BATCH
DUE = "INSERT INTO events_replaydue (conflict_id, known_at) VALUES (%s, %s)"
LOCK = "SELECT id FROM events_place WHERE {which} ORDER BY id FOR NO KEY UPDATE"
Reach = tuple[Sequence[Place], str]
PERMISSIONS = {
    Change.Kind.STATEMENT.value: "events.publish_change",
    Change.Kind.CORRECTION.value: "events.correct_change",
    Change.Kind.RETRACTION.value: "events.retract_change",
}


def publish(
    new: NewChange, *, by: Any, at: datetime | None = None, look: Look | None = None
) -> Change:
    """Append one Change and bring the Spans of every place it reaches up to date.

    `by` is the person, or None for the operator's shell. `at` is the instant of publication, now by
    default. `look` sees it once nobody else can publish at its places, before it is appended: so that no warning
    arises after somebody looked for them. It may fill in `new.overrides`, or raise. Raises Refused (with fields) or
    PermissionDenied; then nothing is written.
    """
    return publish_many([new], conflict=new.conflict, by=by, at=at, look=look)[0]


def publish_many(
    news: Sequence[NewChange],
    *,
    conflict: Conflict,
    by: Any,
    at: datetime | None = None,
    progress: Progress | None = None,
    look: Look | None = None,
) -> list[Change]:
    """Append all, or none; one fold a place however many Changes reach it. Errors as `publish`.

    Where a key was published already, its Change is returned and nothing is appended for it.
    """
    if by is not None:
        for permission in sorted({PERMISSIONS[new.kind] for new in news}):
            policy.require(by, permission, conflict)
    if not news:
        return []
    try:
        with transaction.atomic():
            return _publish(news, conflict, by, at, progress, look)
    except IntegrityError:
        # The same key at other places: no lock was waited for, and the key itself stopped the second.
        if not published_already(news):
            raise
    with transaction.atomic():
        return _publish(news, conflict, by, at, progress, look)


def _publish(
    news: Sequence[NewChange],
    conflict: Conflict,
    by: Any,
    at: datetime | None,
    progress: Progress | None,
    look: Look | None,
) -> list[Change]:
    known = published_already(news)
    fresh = [new for new in news if new.idempotency_key not in known]
    for new in fresh:
        validate(new, at or timezone.now())
    hidden = hidden_among(fresh)
    if fresh:
        stand_by(conflict, hidden)
        affected = lock_reached(conflict, [reach for new in fresh for reach in reaches_of(new)])
        # Who held the locks until now may have published the same.
        known = published_already(news)
        fresh = [new for new in fresh if new.idempotency_key not in known]
    if not fresh:
        return [known[new.idempotency_key] for new in news]
    refuse_superseded(fresh)
    if look is not None:
        for new in fresh:
            look(new)
    if by is not None and any(new.overrides for new in fresh):
        policy.require(by, "events.override_warning", conflict)
    if hidden:
        reveal(hidden)
    instant = take_instant(conflict, at)
    columns = append(fresh, by=by, at=instant)
    rows = zip(*columns.values(), strict=True)
    changes = [
        _written(dict(zip(columns, row, strict=True)), new)
        for row, new in zip(rows, fresh, strict=True)
    ]
    refold(conflict, affected, instant, progress)
    replay_due(conflict, instant)
    appended = iter(changes)
    return [known.get(new.idempotency_key) or next(appended) for new in news]


def replay_due(conflict: Conflict, at: datetime) -> None:
    """A row of ReplayDue, in the publication's own transaction."""
    with connection.cursor() as cursor:
        cursor.execute(DUE, [conflict.pk, at])


def published_already(news: Sequence[NewChange]) -> dict[str | None, Change]:
    """Changes by the idempotency keys of `news`."""
    keys = [new.idempotency_key for new in news if new.idempotency_key]
    if not keys:
        return {}
    return {c.idempotency_key: c for c in Change.objects.filter(idempotency_key__in=keys)}


def _written(row: dict[str, Any], new: NewChange) -> Change:
    # `from_db` takes values in the order of the model's fields, whatever names are given beside them.
    names = [field.attname for field in Change._meta.concrete_fields]
    change = Change.from_db(None, names, [row[name] for name in names])
    change.conflict, change.actor, change.other_actor = new.conflict, new.actor, new.other_actor
    if new.supersedes is not None:
        change.supersedes = new.supersedes
    return change


def lock_reached(conflict: Conflict, reaches: Sequence[Reach]) -> list[int]:
    """Lock every place that is reached, in the order of their ids so that two publishers cannot deadlock.

    Publishers of the same place are serialised; of different places they are not.
    """
    if len(reaches) == 1:
        return _lock(*reached(*reaches[0]))
    return lock_places(
        conflict,
        {place.pk for places, _verb in reaches for place in places},
        {
            place.pk
            for places, verb in reaches
            if VERBS[verb].reaches_inside != "no"
            for place in places
        },
    )


def lock_places(conflict: Conflict, named: set[int], reaching: set[int]) -> list[int]:
    """Lock those named and all that is inside those from which a verb reaches on, in the order of their ids."""
    inside = [n.pk for n in tree(conflict).values() if not reaching.isdisjoint(n.ancestors)]
    return _lock("id = ANY(%s)", [list({*named, *inside})])


def _lock(which: str, values: Sequence[Any]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(LOCK.format(which=which), values)
        return [pk for (pk,) in cursor.fetchall()]


def refold(
    conflict: Conflict,
    places: Sequence[int],
    at: datetime,
    progress: Progress | None = None,
    watch: Callable[[Node], Watch] | None = None,
) -> tuple[int, int]:
    """Fold these places anew and replace their Spans. Returns how many Spans were closed and opened. `watch` as of
    `folded`.
    """
    nodes = tree(conflict, places)
    closed = opened = done = 0
    many = len(places) > WORTH_A_THREAD
    having = spans.held_by(places) if many else None
    with ahead() if many else nullcontext(now) as send:
        for batch in folded(nodes, places, watch):
            less, more = spans.replace(batch, at, send, having)
            closed, opened, done = closed + less, opened + more, done + len(batch)
            if progress:
                progress(done, len(places))
    return closed, opened
