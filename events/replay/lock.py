"""Who writes a conflict's ReplayBuild, one after the other: what a build hands on is lost by none of them."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from events.models import Conflict


@contextmanager
def one_at_a_time(conflict: Conflict) -> Iterator[None]:
    """A transaction that others of the same conflict wait for."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('replay'), %s)", [conflict.pk])
        yield
