"""Very many Changes published in one go: everything through COPY, one fold a place, nothing held as a whole."""

from array import array
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from datetime import datetime
from functools import partial
from itertools import islice
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from events import policy
from events.chronology.verbs import VERBS
from events.models import Conflict

from .append import Columns, append, take_keys
from .copying import beside, check_at_once, result, sending
from .known import take_instant
from .new import NewChange, Refused
from .publish import Progress, lock_places, refold, replay_due
from .reveal import stand_by
from .warnings.walk import Walk

BATCH = 5_000
REACHING = frozenset(name for name, verb in VERBS.items() if verb.reaches_inside != "no")
# Without it the planner would go by what it knew of these tables when they were small. A function of their owner's:
# nobody else may.
ANALYZE = "SELECT events_analyse_record()"
WORTH_ANALYZING = 10_000


class Bulk:
    """First `expect` what they are about, then `publish` them all, or none.

    Each is validated before it is handed over, and none of them is in the record yet. `by` and `at` as for
    `ledger.publish`.
    """

    def __init__(self, conflict: Conflict, *, by: Any, at: datetime | None = None) -> None:
        if by is not None:
            policy.require(by, "events.publish_change", conflict)
        self.conflict, self.by, self.at = conflict, by, at
        self.named: set[int] = set()
        self.reaching: set[int] = set()
        # Once they are published: their keys, as they were given, and what gives pause (code -> keys, in order).
        self.keys = array("q")
        self.warnings: dict[str, array[int]] = {}

    def expect(self, places: Iterable[int], verb: str) -> None:
        """Note what a Change with this verb at these places reaches, so that it can be locked before the first is
        written.
        """
        self.named.update(places)
        if verb in REACHING:
            self.reaching.update(places)

    def publish(
        self, news: Iterable[NewChange], number: int, progress: Progress | None = None
    ) -> int:
        """Append those that were expected; returns how many. Raises Refused; then nothing is written."""
        with transaction.atomic():
            check_at_once()
            # An import finds public places alone.
            stand_by(self.conflict, [])
            places = lock_places(self.conflict, self.named, self.reaching)
            instant = take_instant(self.conflict, self.at)
            seen = Walk(self.conflict)
            done = self._append(iter(news), number, instant, seen, progress)
            if done >= WORTH_ANALYZING:
                _execute(ANALYZE)
            refold(self.conflict, places, instant, progress, seen.watch)
            self.warnings = seen.found()
            replay_due(self.conflict, instant)
            return done

    def _append(
        self,
        walk: Iterator[NewChange],
        number: int,
        instant: datetime,
        seen: Walk,
        progress: Progress | None,
    ) -> int:
        """One batch is taken in by PostgreSQL while the next is made. What is asked is asked in between, too: a
        statement of its own would wait for all that was sent.
        """
        done = 0
        before: tuple[list[NewChange], Columns, Future[Any]] | None = None
        with beside() as give:
            send = sending(give)
            keys = give(partial(take_keys, min(BATCH, number)))
            while batch := list(islice(walk, BATCH)):
                self._only_expected(batch)
                origins = give(partial(seen.origins, batch))
                if before is not None:
                    seen.said(before[0], before[1], result(before[2]))
                columns = append(batch, by=self.by, at=instant, send=send, keys=result(keys))
                self.keys.extend(columns["id"])
                done += len(batch)
                keys = give(partial(take_keys, min(BATCH, max(number - done, 0))))
                before = batch, columns, origins
                if progress:
                    progress(done, number, _("changes"))
            if before is not None:
                seen.said(before[0], before[1], result(before[2]))
        return done

    def _only_expected(self, batch: list[NewChange]) -> None:
        for new in batch:
            expected = self.reaching if new.verb in REACHING else self.named
            if not expected.issuperset([place.id for place in new.places]):
                why = _("It was altered while it was read.")
                raise Refused({"places": [why]})


def _execute(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)
