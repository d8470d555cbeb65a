"""changes.csv: one row is one source on one change; rows that share an id speak of one change.

The file is read once, and waits on disk (`change_rows`). While it is read, its reports are made, and what it reaches
is noted (`preparing`); then, with the places locked, each change is understood and appended while the next is.
"""

from array import array
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from events import ledger
from events.chronology.dates import DateError, canonical
from events.ledger.copying import check_at_once
from events.models import Change, Conflict

from .change_reader import Reader
from .change_rows import ChangeRows, Group
from .doubts import Doubt, Doubts
from .preparing import prepare
from .problems import Outcome, Progress

# Where the ledger's words for a field differ from the column's name.
COLUMN_OF = {"places": "place", "citations": "source", "public_id": "id", "at": "published"}
# The constraints that hold a Change's id and its key to be said once.
ONCE = ("change_public_id_once_per_conflict", "change_idempotency_key_once")
BATCH = 5_000
# Of the changes with a warning so many are named; all are counted.
FIRST = 5
PUBLISHED = """
    SELECT said.public_id, said.date, said.actor_id, said.verb, said.other_actor_id, said.place_count,
           said.ruling, array_agg(named.place_id)
    FROM events_change AS said JOIN events_changeplace AS named ON named.change_id = said.id
    WHERE said.conflict_id = %s AND said.public_id = ANY(%s) GROUP BY said.id
"""
COMPARED = ("date", "actor", "verb", "other_actor", "place_count", "ruling", "place")


class _Spoiled(Exception):
    """Something is wrong with the file, and all of it is refused."""


def import_changes(
    path: Path,
    outcome: Outcome,
    conflict: Conflict,
    *,
    published_at: datetime | None = None,
    progress: Progress | None = None,
) -> None:
    """Publish every change that is not in the record yet, in one go, through the ledger.

    The record is append-only: a row that differs from what was published under its id is refused. Where one bad row
    refuses the file, the first that is found ends what was begun: no place stays locked, and the rest is only looked
    through. Where the good rows are to be kept, all that is wrong is found before anything is written.
    """
    while not _imported(_Import(path, outcome, conflict, published_at), outcome, progress):
        # What it has found to be wrong it will find again.
        outcome.problems.clear()
        outcome.unchanged = 0
    outcome.problems.sort(key=lambda problem: problem.line)


def _imported(importing: "_Import", outcome: Outcome, progress: Progress | None) -> bool:
    """Whether it came to an end. Not where another has published one of its ids since it looked, at other places,
    whose locks it did not wait for: then nothing of it is written, and it has to look again.
    """
    try:
        with transaction.atomic():
            check_at_once()
            outcome.created += importing.publish(progress)
    except IntegrityError as error:
        if _constraint(error) not in ONCE:
            raise
        return False
    except ledger.Refused as refused:
        outcome.bad(1, "", "", str(refused))
        importing.look_through()
    except _Spoiled:
        importing.look_through()
    return True


def _constraint(error: IntegrityError) -> str | None:
    diagnosis: Any = getattr(error.__cause__, "diag", None)
    return diagnosis and diagnosis.constraint_name


class _Import:
    def __init__(
        self, path: Path, outcome: Outcome, conflict: Conflict, at: datetime | None
    ) -> None:
        self.outcome, self.conflict, self.at = outcome, conflict, at
        self.rows = ChangeRows(path, outcome, BATCH)
        self.reader = Reader(conflict, outcome)
        # Ids for which nothing is left to do: in the record already, or bad.
        self.settled: set[str] = set()
        self.reports: Sequence[int] = ()
        self.walk = self._walk(self.rows.ids)

    def publish(self, progress: Progress | None) -> int:
        """How many were appended. Raises _Spoiled where none may be; then `walk` goes on from there."""
        bulk = ledger.Bulk(self.conflict, by=None, at=self.at)
        batches = self.rows.read()
        if self.outcome.keeps_good:
            for _rows in batches:
                pass
            self._settle(self.rows.ids)
            batches = self.rows.again()
        prepared = prepare(batches, self.reader, bulk, self.settled)
        self.reports = prepared.reports
        self._settle(prepared.known - self.settled)
        self._refuse_spoiled()
        number = len(self.rows) - len(self.settled)
        if not number:
            return 0
        lines = array("q")
        done = bulk.publish(self._news(lines), number, progress)
        self.outcome.doubts = self._doubts(bulk, lines)
        return done

    def _doubts(self, bulk: ledger.Bulk, lines: "array[int]") -> Doubts:
        """Changes were appended in the order of the file, so keys and lines go up together."""

        def line_of(key: int) -> int:
            return lines[bisect_left(bulk.keys, key)]

        few = {key for keys in bulk.warnings.values() for key in keys[:FIRST]}
        ids = dict(Change.objects.filter(pk__in=few).values_list("pk", "public_id"))
        return Doubts(
            {code: array("q", map(line_of, keys)) for code, keys in bulk.warnings.items()},
            {
                code: [Doubt(line_of(key), ids[key], code) for key in keys[:FIRST]]
                for code, keys in bulk.warnings.items()
            },
            lambda: ((group.first.line, group.id) for group in self.rows),
        )

    def look_through(self) -> None:
        """Name what is wrong with the rest."""
        for _one in self.walk:
            pass

    def _refuse_spoiled(self) -> None:
        if self.outcome.problems and not self.outcome.keeps_good:
            raise _Spoiled

    def _settle(self, ids: Collection[str]) -> None:
        if ids:
            found = [group.id for group, new in self._walk(ids, compare=True) if new is None]
            self.settled.update(found)

    def _news(self, lines: "array[int]") -> Iterator[ledger.NewChange]:
        for group, new in self.walk:
            self._refuse_spoiled()
            if new is not None:
                lines.append(group.first.line)
                yield new

    def _walk(
        self, ids: Collection[str], compare: bool = False
    ) -> Iterator[tuple[Group, ledger.NewChange | None]]:
        """Each change of these that is not settled; None where there is nothing to publish: it is bad, or, if they are
        to be compared, in the record.
        """
        groups = (group for group in self.rows if group.id in ids and group.id not in self.settled)
        while batch := list(islice(groups, BATCH)):
            have = published(self.conflict, [group.id for group in batch]) if compare else {}
            self.reader.look_ahead([row for group in batch for row in group.rows])
            at = self.at or timezone.now()
            for group in batch:
                new = self.reader.change(group, self.reports)
                if new is not None and group.id in have:
                    _compare(have[group.id], new, group, self.outcome)
                    new = None
                elif new is not None and not self._valid(new, group, at):
                    new = None
                yield group, new

    def _valid(self, new: ledger.NewChange, group: Group, at: datetime) -> bool:
        try:
            ledger.validate(new, at)
        except ledger.Refused as refused:
            for name, reasons in refused.errors.items():
                column = COLUMN_OF.get(name, name)
                value = getattr(group.first, column, "")
                self.outcome.bad(group.first.line, column, value, " ".join(reasons))
            return False
        return True


def published(conflict: Conflict, ids: Sequence[str]) -> dict[str, tuple[Any, ...]]:
    """What the record has under these public ids: the values of COMPARED, places as a set of keys."""
    with connection.cursor() as cursor:
        cursor.execute(PUBLISHED, [conflict.pk, list(ids)])
        return {row[0]: (*row[1:-1], set(row[-1])) for row in cursor}


@lru_cache(maxsize=20_000)
def _date(text: str) -> str:
    """Whatever form it was kept in: the record has the canonical one, or, if it is old, what was typed."""
    try:
        return canonical(text)
    except DateError:
        return text


def _compare(have: tuple[Any, ...], new: ledger.NewChange, group: Group, outcome: Outcome) -> None:
    """Count it as unchanged, or say in which column it differs from what was published."""
    have = (_date(have[0]), *have[1:])
    want = (
        _date(new.date),
        new.actor and new.actor.pk,
        new.verb,
        new.other_actor and new.other_actor.pk,
        new.place_count,
        new.ruling,
        {place.pk for place in new.places},
    )
    reason = _(
        "%(id)s was published otherwise; the record is append-only, so correct it at the desk."
    ) % {"id": new.public_id}
    for column, had, wanted in zip(COMPARED, have, want, strict=True):
        if had != wanted:
            outcome.bad(group.first.line, column, getattr(group.first, column), reason)
    outcome.unchanged += have == want
