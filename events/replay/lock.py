"""Who writes a conflict's ReplayBuild, one after the other: what a build hands on is lost by none of them."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from events.models import Conflict


@contextmanager
def one_at_a_time(conflict: Conflict) -> Iterator[None]:
    """A transaction that others of the same conflict wait for."""
    with _locked("replay", conflict.pk):
        yield


@contextmanager
def one_index_at_a_time() -> Iterator[None]:
    """The same for the page above all conflicts. It may be held while a conflict's is waited for, never the other way
    about.
    """
    with _locked("readers' index", 0):
        yield


@contextmanager
def _locked(what: str, key: int) -> Iterator[None]:
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s), %s)", [what, key])
        yield
