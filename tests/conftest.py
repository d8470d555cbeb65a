"""What all tests share: the database with its triggers, a Redis database and a replay folder for each worker."""

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection, connections
from django.utils import translation

from events.models import Conflict
from tests.demo import put_demo
from tests.templates import migrated
from tests.tried import choose

choose()
# Playwright's synchronous driver runs a loop of its own in this thread; the ORM is used beside it, not in it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture(scope="session", autouse=True)
def own_run_directory() -> Iterator[None]:
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    yield
    shutil.rmtree(settings.TEST_RUN_DIR, ignore_errors=True)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """The tests' database is a copy of one with every migration applied."""
    connections["default"].settings_dict["TEST"]["TEMPLATE"] = migrated()


@pytest.fixture(autouse=True)
def empty_cache() -> None:
    cache.clear()


@pytest.fixture(autouse=True)
def own_language() -> Iterator[None]:
    """A request in Arabic leaves Arabic behind in its thread, where no next request ends it: each test
    begins in the site's language, whichever came before.
    """
    translation.activate(settings.LANGUAGE_CODE)
    yield
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture
def _django_db_helper(request: Any, _django_db_helper: Any) -> Iterator[None]:
    """Transactional tests end by truncating every table, which the record's own triggers refuse: they are
    set aside for that one flush, by the role that owns the test database.
    """
    yield
    if request.node.get_closest_marker("django_db_committed") or _is_transactional(request):
        with connection.cursor() as cursor:
            cursor.execute("SET session_replication_role = replica")


def _is_transactional(request: Any) -> bool:
    marker = request.node.get_closest_marker("django_db")
    names = set(request.fixturenames)
    return bool(names & {"transactional_db", "live_server"}) or bool(
        marker and marker.kwargs.get("transaction")
    )


@pytest.fixture
def demo(db: None) -> Conflict:
    """The whole demo, as the importers and the ledger made it."""
    return put_demo()
