"""The map for who has no script: the server's own picture, and what changed on its day in words.

Everybody gets it with the page and hardly anybody sees it, so it is kept for as long as the build is the same.
"""

import logging
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any

from django.core.cache import cache
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from redis.exceptions import RedisError

from events.chronology.dates import close_of
from events.ledger.asked import last_day
from events.ledger.published import one_look, public_changes
from events.models import Change, Conflict
from events.replay import with_details

from .changes import change_row
from .map_asked import MapAsked
from .words import Names

log = logging.getLogger(__name__)
MOST, BEFORE = 30, 3
KEPT = 600


def fallback(conflict: Conflict, asked: MapAsked, build: str) -> SafeString:
    """HTML. `build`: the etag of the build; empty where there is none yet, and then nothing is kept."""
    place = asked.place.slug if asked.place else ""
    day = asked.at or _last(conflict).isoformat()
    about = repr((conflict.pk, build, day, asked.known, place, get_language()))
    key = f"fallback:{sha256(about.encode()).hexdigest()}"
    if build and (kept := _kept(key)):
        return mark_safe(kept)  # noqa: S308  as the template made it
    with one_look():
        context = _context(conflict, asked, date.fromisoformat(day))
        made = render_to_string("reading/_fallback.html", context)
    if build:
        _keep(key, made)
    return made


def _last(conflict: Conflict) -> date:
    return date.fromisoformat(last_day(conflict).text)


def _context(conflict: Conflict, asked: MapAsked, day: date) -> dict[str, Any]:
    """`rows`: the changes of that day; where there are none, the last before it, with a day of their own."""
    known_at = datetime.fromisoformat(asked.known) if asked.known else None
    changes = with_details(public_changes(conflict, known_at)).order_by("-latest", "-pk")
    # on the map of a day is what was surely so by its close, and not yet by that of the day before
    begin, close = close_of(day - timedelta(days=1), conflict.zone), close_of(day, conflict.zone)
    found: list[Change] = list(changes.filter(latest__gt=begin, latest__lte=close)[: MOST + 1])
    before: list[Change] = [] if found else list(changes.filter(latest__lte=begin)[:BEFORE])
    named = [row.place_id for change in (*found, *before) for row in change.named_places.all()]
    names = Names(conflict, named, known_at)
    return {
        "conflict": conflict,
        "asked": asked,
        "day": day,
        "rows": [change_row(change, names) for change in found[:MOST]],
        "more": len(found) > MOST,
        "before": [change_row(change, names) for change in before],
        "query": f"{asked.query}{'&' if asked.query else '?'}lang={get_language()}",
    }


def _kept(key: str) -> str | None:
    try:
        found: str | None = cache.get(key)
    except RedisError:  # a page needs no cache
        log.warning("the cache does not answer")
        return None
    return found


def _keep(key: str, made: str) -> None:
    try:
        cache.set(key, made, KEPT)
    except RedisError:
        log.warning("the cache does not answer")
