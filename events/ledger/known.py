"""The known axis: the instant of each publication, and when the past of the axis is settled.

Publishers of different places run side by side and may commit out of the order of their instants. So each
holds a shared lock of its conflict from before its instant until its commit, and whoever asks what was known
at K first waits for those that may have an instant up to K (docs/decisions/0010-known-axis.md).
"""

import time
from datetime import datetime, timedelta

from django.db import connection
from django.utils.translation import gettext as _

from events.models import Conflict

from .new import Refused

# First half of the key of the advisory lock; the second is the conflict's id.
LOCK = 0x6B6E6F77
TICK = timedelta(microseconds=1)
PATIENCE = 2.0
PAUSE = 0.01


class Unsettled(Exception):
    """What was known at the instant asked is being written; ask again after `seconds`."""

    seconds = 1

    def __str__(self) -> str:
        return _("A publication of that moment is being written. Ask again in a second.")


def database_now() -> datetime:
    """The database's clock, which alone gives instants on the known axis: web hosts' clocks may disagree."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        now: datetime = cursor.fetchone()[0]
    return now


def take_instant(conflict: Conflict, at: datetime | None) -> datetime:
    """The known instant of this publication. Call it once the places are locked; the lock that it takes is kept
    until the commit.

    Without `at` it is the database's clock, and later than every publication of the conflict that has
    committed: of each reached place, then, later than all that was said of it. With `at` (an operator says
    when a record was published elsewhere) nobody else of the conflict publishes meanwhile; raises Refused
    where `at` is before the last publication or in the future.
    """
    with connection.cursor() as cursor:
        kind = "" if at else "_shared"
        cursor.execute(f"SELECT pg_advisory_xact_lock{kind}(%s, %s)", [LOCK, conflict.pk])
        # A statement of its own: it must see what committed while the lock was waited for.
        cursor.execute(
            "SELECT clock_timestamp(), max(recorded_at) FROM events_change WHERE conflict_id = %s",
            [conflict.pk],
        )
        now, last = cursor.fetchone()
    if at is None:
        # A tick later than the clock: a reader who asks what is known now asks of before.
        return max(now, last or now) + TICK
    if at > now:
        raise Refused({"at": [_("%(at)s is in the future.") % {"at": at.isoformat()}]})
    if last is None or at > last:
        return at
    if at == last:
        return at + TICK
    why = _("The record was already added to at %(last)s: nothing can be published before that.")
    raise Refused({"at": [why % {"last": last.isoformat()}]})


def settle(conflict: Conflict, known_at: datetime, patience: float = PATIENCE) -> None:
    """Return once no publication with an instant up to `known_at` is in flight; raises Unsettled after `patience`
    seconds.

    To be called before the snapshot that answers is taken, with `known_at` not after `database_now()`. A
    publication whose transaction began later than `known_at` has a later instant. Where another role's
    beginning is hidden from this one, it counts as early. One that was given its instant by an operator has the
    lock alone; its instant is after the last publication, so what was known before that is settled.
    Whoever alters the gazetteer or a source holds the conflict's lock, or that of all conflicts, too (migration 0018).
    """
    deadline = time.monotonic() + patience
    while _in_flight(conflict, known_at):
        if time.monotonic() >= deadline:
            raise Unsettled
        time.sleep(PAUSE)


def _in_flight(conflict: Conflict, known_at: datetime) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT EXISTS (
                SELECT FROM pg_locks AS held LEFT JOIN pg_stat_activity AS who USING (pid)
                WHERE held.locktype = 'advisory' AND held.granted
                  AND held.classid = %s AND held.objid IN (%s, 0) AND held.objsubid = 2
                  AND held.database = (SELECT oid FROM pg_database WHERE datname = current_database())
                  AND pid <> pg_backend_pid()
                  AND CASE held.mode
                      WHEN 'ShareLock' THEN coalesce(who.xact_start <= %s, true)
                      ELSE NOT EXISTS (
                          SELECT FROM events_change WHERE conflict_id = %s AND recorded_at > %s
                      )
                  END
            )
            """,
            [LOCK, conflict.pk, known_at, conflict.pk, known_at],
        )
        found: bool = cursor.fetchone()[0]
    return found
