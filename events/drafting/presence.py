"""Who has which draft open, now. Kept in the cache for a moment, renewed by the page: it is no record.

A cache that is down costs this and nothing else.
"""

import time
from collections.abc import Iterable
from typing import Any

from django.core.cache import cache
from redis.exceptions import RedisError

# The page renews every BEAT seconds; who has not for GONE_AFTER has left.
BEAT = 10
GONE_AFTER = 30


def _key(pk: int) -> str:
    return f"presence:draft:{pk}"


def arrive(pk: int, user: Any, now: float | None = None) -> list[str]:
    """Say that the person has the draft open; returns the names of the others who have."""
    now = now or time.time()
    try:
        there = _fresh(cache.get(_key(pk)), now)
        others = [name for key, (name, _at) in there.items() if key != str(user.pk)]
        there[str(user.pk)] = (user.get_username(), now)
        cache.set(_key(pk), there, GONE_AFTER)
    except (RedisError, OSError):
        return []
    return sorted(others)


def leave(pk: int, user: Any) -> None:
    try:
        there = _fresh(cache.get(_key(pk)), time.time())
        there.pop(str(user.pk), None)
        cache.set(_key(pk), there, GONE_AFTER)
    except (RedisError, OSError):
        return


def who(pks: Iterable[int], but: Any = None) -> dict[int, list[str]]:
    """Draft's key -> names of who has it open, in one look at the cache."""
    wanted = {_key(pk): pk for pk in pks}
    now, mine = time.time(), str(but.pk) if but else ""
    try:
        found = cache.get_many(wanted)
    except (RedisError, OSError):
        return {}
    names = {
        wanted[key]: sorted(
            name for user, (name, _at) in _fresh(there, now).items() if user != mine
        )
        for key, there in found.items()
    }
    return {pk: there for pk, there in names.items() if there}


def _fresh(there: Any, now: float) -> dict[str, tuple[str, float]]:
    return {user: at for user, at in (there or {}).items() if now - at[1] < GONE_AFTER}
