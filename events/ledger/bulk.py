"""Very many Changes published in one go: everything through COPY, one fold a place, nothing held as a whole."""

from array import array
from collections.abc import Iterable
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from events import policy
from events.chronology.verbs import VERBS
from events.models import Conflict

from .append import append
from .copying import ahead, check_at_once
from .known import take_instant
from .new import NewChange, Refused
from .publish import Progress, lock_places, refold, replay_due
from .reveal import stand_by
from .warnings.walk import Walk

BATCH = 5_000
# Without it the planner would go by what it knew of these tables when they were small. A function of their owner's:
# nobody else may.
ANALYZE = "SELECT events_analyse_record()"
WORTH_ANALYZING = 10_000


class Bulk:
    """Two walks over the same Changes: `expect` each, then `publish` them all, or none.

    They are validated before they are expected, and none of them is in the record yet. `by` and `at` as for
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
        self.warnings: dict[str, list[int]] = {}

    def expect(self, new: NewChange) -> None:
        """Note which places it reaches, so that they can be locked before the first is written."""
        places = [place.pk for place in new.places]
        self.named.update(places)
        if VERBS[new.verb].reaches_inside != "no":
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
            walk, done = iter(news), 0
            with ahead() as send:
                while batch := list(islice(walk, BATCH)):
                    self._only_expected(batch)
                    origins = seen.origins(batch)
                    rows = append(batch, by=self.by, at=instant, send=send)
                    seen.said(batch, rows, origins)
                    self.keys.extend(row["id"] for row in rows)
                    done += len(batch)
                    if progress:
                        progress(done, number, _("changes"))
            if done >= WORTH_ANALYZING:
                _execute(ANALYZE)
            refold(self.conflict, places, instant, progress, seen.watch)
            self.warnings = seen.found()
            replay_due(self.conflict, instant)
            return done

    def _only_expected(self, batch: list[NewChange]) -> None:
        for new in batch:
            expected = self.named if VERBS[new.verb].reaches_inside == "no" else self.reaching
            if not expected.issuperset([place.pk for place in new.places]):
                why = _("It was altered while it was read.")
                raise Refused({"places": [why]})


def _execute(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)
