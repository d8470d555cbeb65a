"""Cache and broker have a database each: to empty the one loses nothing of the other."""

from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from redis import Redis

from conflict_map.redis_databases import next_database
from events import tasks
from events.checks import cache_is_apart_from_the_broker


def test_an_emptied_cache_leaves_the_builds_that_wait() -> None:
    waiting = Redis.from_url(settings.CELERY_BROKER_URL)
    waiting.flushdb()
    cache.set("kept", "for a while")
    tasks.build_replay.delay(1)
    cache.clear()
    assert cache.get("kept") is None
    assert waiting.llen("celery") == 1
    waiting.flushdb()


@pytest.mark.parametrize(
    ("broker", "beside"),
    [
        ("redis://redis:6379/0", "redis://redis:6379/1"),
        ("redis://:a%2Fb@host", "redis://:a%2Fb@host/1"),
        ("rediss://user:word@host:6380/4", "rediss://user:word@host:6380/5"),
        ("redis://host/0?db=3", "redis://host/0?db=3"),
        ("unix:///run/redis.sock", "unix:///run/redis.sock"),
    ],
)
def test_the_cache_is_in_the_database_after_the_brokers(broker: str, beside: str) -> None:
    assert next_database(broker) == beside


def test_an_operator_is_told_where_both_share_one(settings: Any) -> None:
    assert cache_is_apart_from_the_broker(None) == []
    settings.CACHES = {"default": {"LOCATION": settings.CELERY_BROKER_URL}}
    (said,) = cache_is_apart_from_the_broker(None)
    assert (said.id, "CACHE_URL" in (said.hint or "")) == ("events.W001", True)
