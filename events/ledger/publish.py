"""publish(): policy → lock → append → fold → replace Spans, in one transaction, for page, API and shell alike."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from events import policy
from events.chronology.verbs import VERBS
from events.models import Change, Conflict, Place

from . import spans
from .append import append
from .folding import folded
from .new import NewChange, Refused, validate
from .statements import reached, tree

Progress = Callable[..., None]
TICK = timedelta(microseconds=1)


def publish(new: NewChange, *, by: Any, at: datetime | None = None) -> Change:
    """Append one Change and bring the Spans of every place it reaches up to date.

    `by` is the person, or None for the operator's shell. `at` is the instant of publication, now by
    default. Raises Refused (with fields) or PermissionDenied; then nothing is written.
    """
    return publish_many([new], conflict=new.conflict, by=by, at=at)[0]


def publish_many(
    news: Sequence[NewChange],
    *,
    conflict: Conflict,
    by: Any,
    at: datetime | None = None,
    progress: Progress | None = None,
) -> list[Change]:
    """Append all, or none; one fold a place however many Changes reach it. Errors as `publish`."""
    if by is not None:
        policy.require(by, "events.publish_change", conflict)
    if not news:
        return []
    with transaction.atomic():
        known = {
            change.idempotency_key: change
            for change in Change.objects.filter(
                idempotency_key__in=[n.idempotency_key for n in news if n.idempotency_key]
            )
        }
        fresh = [new for new in news if new.idempotency_key not in known]
        if not fresh:
            return [known[new.idempotency_key] for new in news]
        for new in fresh:
            validate(new, at or timezone.now())
        affected = lock_reached(conflict, fresh)
        instant = next_instant(conflict, at)
        changes = [
            _written(row, new)
            for row, new in zip(append(fresh, by=by, at=instant), fresh, strict=True)
        ]
        refold(conflict, affected, instant, progress)
        appended = iter(changes)
        return [known.get(new.idempotency_key) or next(appended) for new in news]


def _written(row: dict[str, Any], new: NewChange) -> Change:
    change = Change.from_db(None, list(row), list(row.values()))
    change.conflict, change.actor, change.other_actor = new.conflict, new.actor, new.other_actor
    return change


def lock_reached(conflict: Conflict, news: Sequence[NewChange]) -> list[int]:
    """Lock every place that is reached, in the order of their ids so that two publishers cannot deadlock.

    Publishers of the same place are serialised; of different places they are not.
    """
    if len(news) == 1:
        return _lock(reached(news[0].places, news[0].verb))
    reaching = [new for new in news if VERBS[new.verb].reaches_inside != "no"]
    return lock_places(
        conflict,
        {place.pk for new in news for place in new.places},
        {place.pk for new in reaching for place in new.places},
    )


def lock_places(conflict: Conflict, named: set[int], reaching: set[int]) -> list[int]:
    """Lock those named and all that is inside those from which a verb reaches on, in the order of their ids."""
    nodes = tree(conflict).values()
    ids = [n.pk for n in nodes if n.pk in named or not reaching.isdisjoint(n.ancestors)]
    return _lock(Place.objects.filter(pk__in=ids))


def _lock(places: QuerySet[Place]) -> list[int]:
    locked = places.order_by("pk").select_for_update(no_key=True)
    return list(locked.values_list("pk", flat=True))


def next_instant(conflict: Conflict, at: datetime | None) -> datetime:
    """The known instant of this publication: later than every earlier one of the conflict."""
    last = Change.objects.filter(conflict=conflict).aggregate(last=Max("recorded_at"))["last"]
    if at is None:
        now = timezone.now()
        return now if last is None or now > last else last + TICK
    if last is None or at > last:
        return at
    if at == last:
        return at + TICK
    raise Refused(
        {
            "at": [
                _(
                    "The record was already added to at %(last)s: nothing can be published before that."
                )
                % {"last": last.isoformat()}
            ]
        }
    )


def refold(
    conflict: Conflict, places: Sequence[int], at: datetime, progress: Progress | None = None
) -> tuple[int, int]:
    """Fold these places anew and replace their Spans. Returns how many Spans were closed and opened."""
    nodes = tree(conflict, places)
    closed = opened = done = 0
    for batch in folded(nodes, places):
        less, more = spans.replace(batch, at)
        closed, opened, done = closed + less, opened + more, done + len(batch)
        if progress:
            progress(done, len(places))
    return closed, opened
