"""The shift: since an hour, what was published and by whom, what waits, what is stale. To read out, and to print."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from events import policy
from events.chronology.dates import in_words
from events.drafting.called import called
from events.drafting.options import short_names
from events.ledger import listed
from events.ledger.asked import last_day
from events.models import Change, Conflict, slug_of

from . import lists
from .queue import WHERE
from .unconfirmed import longest

MOST = 200
STALE_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Since:
    """`text` is what the address says: an hour of today or yesterday, "18:00", or a day and an hour."""

    text: str
    at: datetime
    problem: str = ""


def since(conflict: Conflict, text: str) -> Since:
    """The last edition where nothing, or nothing that can be read, is asked. Hours are in the conflict's zone."""
    now = timezone.now().astimezone(conflict.zone)
    text = text.strip()
    try:
        if ":" in text and len(text) <= 5:
            return Since(text, _last(now, time.fromisoformat(text.zfill(5))))
        if text:
            found = datetime.fromisoformat(text)
            found = found if found.tzinfo else found.replace(tzinfo=conflict.zone)
            if found <= now:
                return Since(text, found)
    except ValueError:
        pass
    problem = (
        _("“%(text)s” is no past hour, for example 18:00: shown since the last edition.")
        % {"text": text[:40]}
        if text
        else ""
    )
    hours = [_last(now, hour) for hour in conflict.editions] or [now - timedelta(hours=24)]
    at = max(hours)
    return Since(at.strftime("%H:%M"), at, problem)


def _last(now: datetime, hour: time) -> datetime:
    at = now.replace(hour=hour.hour, minute=hour.minute, second=0, microsecond=0)
    return at if at <= now else at - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Told:
    """One published change as it is read out."""

    change: Change
    date: str
    sources: str


@dataclass(frozen=True, slots=True)
class Shift:
    """`more`: published by people here, beyond those told; `brought_in`: by the operator's imports."""

    published: list[Told]
    more: int
    brought_in: int
    waiting: list[lists.DraftLine]
    embargoed: list[lists.DraftLine]
    returned: list[lists.DraftLine]
    stale: list[dict[str, Any]]


def shift(user: Any, conflict: Conflict, at: datetime) -> Shift:
    """A constant number of queries."""
    since_then = Change.objects.filter(conflict=conflict, recorded_at__gte=at)
    rows = since_then.exclude(published_by=None)
    count, whole = rows.count(), since_then.count()
    rows = rows.select_related("published_by", "actor", "supersedes")
    changes = list(
        rows.prefetch_related("citations__report__source").order_by("recorded_at")[:MOST]
    )
    drafts = policy.visible_drafts(user, conflict).select_related("author", "assignee", "lifter")

    def lines(where: str, *order: str) -> list[lists.DraftLine]:
        found = drafts.filter(status__in=WHERE[where]).order_by(*order)
        return lists.in_lines(list(found[:MOST]))

    return Shift(
        [_told(change) for change in changes],
        count - len(changes),
        whole - count,
        lines("review", "submitted_at", "pk"),
        lines("embargoed", "publish_at", "pk"),
        lines("returned", "-updated_at"),
        _stale(conflict),
    )


def _told(change: Change) -> Told:
    names = dict.fromkeys(str(cited.report.source) for cited in change.citations.all())
    return Told(change, in_words(change.date, gettext=_), ", ".join(names))


def _stale(conflict: Conflict) -> list[dict[str, Any]]:
    found = longest(conflict, last_day(conflict).instant, STALE_SHOWN)
    names, slugs, now = short_names(conflict), slug_of(conflict), called(conflict)
    return [
        {
            "name": now.place(row.place),
            "days": row.days,
            "holders": listed((slugs(actor) for actor in row.held.holders), names),
        }
        for row in found
    ]
