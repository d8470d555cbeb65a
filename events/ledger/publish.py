"""publish(): policy → lock → append → fold → replace Spans, in one transaction, for page, API and shell alike."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from events import policy
from events.chronology.verbs import VERBS
from events.models import Change, ChangePlace, Citation, Conflict, Place

from . import spans
from .folding import folded
from .new import NewChange, Refused, validate
from .statements import reached, tree

Progress = Callable[[int, int], None]
TICK = timedelta(microseconds=1)
BATCH = 2_000


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
        changes = append(fresh, by=by, at=instant)
        refold(conflict, affected, instant, progress)
        appended = iter(changes)
        return [known.get(new.idempotency_key) or next(appended) for new in news]


def lock_reached(conflict: Conflict, news: Sequence[NewChange]) -> list[int]:
    """Lock every place that is reached, in the order of their ids so that two publishers cannot deadlock.

    Publishers of the same place are serialised; of different places they are not.
    """
    if len(news) == 1:
        ids = set(reached(news[0].places, news[0].verb).values_list("pk", flat=True))
    else:
        named = {place.pk for new in news for place in new.places}
        reaching = {
            place.pk
            for new in news
            if VERBS[new.verb].reaches_inside != "no"
            for place in new.places
        }
        nodes = tree(conflict).values()
        ids = {n.pk for n in nodes if n.pk in named or not reaching.isdisjoint(n.ancestors)}
    locked = Place.objects.filter(pk__in=ids).order_by("pk").select_for_update(no_key=True)
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


def append(news: Sequence[NewChange], *, by: Any, at: datetime) -> list[Change]:
    """Write Change, ChangePlace and Citation rows; no Spans yet."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence('events_change', 'id')) FROM generate_series(1, %s)",
            [len(news)],
        )
        numbers = sorted(row[0] for row in cursor.fetchall())
    changes = []
    for number, new in zip(numbers, news, strict=True):
        date, earliest, latest = validate(new, at)
        changes.append(
            Change(
                pk=number,
                public_id=new.public_id or str(number),
                conflict=new.conflict,
                actor=new.actor,
                verb=new.verb,
                other_actor=new.other_actor,
                place_count=new.place_count,
                date=date.text,
                earliest=earliest,
                latest=latest,
                day_order=new.day_order,
                headline=new.headline,
                note=new.note,
                ruling=new.ruling,
                ruling_reason=new.ruling_reason,
                recorded_at=at,
                published_by=by,
                idempotency_key=new.idempotency_key,
                overrides=new.overrides,
            )
        )
    Change.objects.bulk_create(changes, batch_size=BATCH)
    pairs = list(zip(changes, news, strict=True))
    ChangePlace.objects.bulk_create(
        [
            ChangePlace(change=change, place=place, ordinal=ordinal)
            for change, new in pairs
            for ordinal, place in enumerate(dict.fromkeys(new.places))
        ],
        batch_size=BATCH,
    )
    Citation.objects.bulk_create(
        [
            Citation(change=change, report=cited.report, stance=cited.stance, note=cited.note)
            for change, new in pairs
            for cited in new.citations
        ],
        batch_size=BATCH,
    )
    return changes


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
