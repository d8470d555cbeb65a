"""The desk's list of what has gone longest unconfirmed: kept for as long as nothing is published, ten minutes at most.

Ranking a whole war takes a second where there are 100,000 changes; the shift and the list ask for it at each look.
"""

from contextlib import suppress
from datetime import datetime
from typing import Any

from django.core.cache import cache
from redis.exceptions import RedisError

from events.ledger.stale import Unconfirmed, stale
from events.models import Change, Conflict

MOST = 50
KEPT = 600


def longest(conflict: Conflict, at: datetime, limit: int = MOST) -> list[Unconfirmed]:
    """The most urgent first, as of `at`, to ten minutes. A cache that is down costs time and nothing else."""
    key = _key(conflict, at)
    found: Any = None
    with suppress(RedisError, OSError):
        found = cache.get(key)
    if found is None:
        found = stale(conflict, at, limit=MOST)
        with suppress(RedisError, OSError):
            cache.set(key, found, KEPT)
    return list(found[:limit])


def _key(conflict: Conflict, at: datetime) -> str:
    rows = Change.objects.filter(conflict=conflict).order_by("-recorded_at", "-pk")
    pk, recorded = rows.values_list("pk", "recorded_at").first() or (0, conflict.start)
    return f"stale:{conflict.pk}:{pk}:{recorded.isoformat()}:{at.timestamp() // KEPT:.0f}"
