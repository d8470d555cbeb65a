"""changes.csv: one row is one source on one change; rows that share an id speak of one change."""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from events import ledger
from events.chronology.dates import DateError, canonical
from events.ledger.copying import beside, check_at_once
from events.models import Change, Conflict

from .change_reader import Reader
from .change_rows import ChangeRows, Group
from .problems import Doubt, Outcome, Progress
from .spool import Spool
from .table import Columns

COLUMNS = Columns(
    ("id", "date", "verb", "place", "source"),
    (
        *("actor", "place_count", "other_actor", "headline", "report_title", "report_url"),
        *("published", "stance", "ruling", "note"),
    ),
)
# Where the ledger's words for a field differ from the column's name.
COLUMN_OF = {"places": "place", "citations": "source", "public_id": "id", "at": "published"}
BATCH = 5_000
PUBLISHED = """
    SELECT said.public_id, said.date, said.actor_id, said.verb, said.other_actor_id, said.place_count,
           said.ruling, array_agg(named.place_id)
    FROM events_change AS said JOIN events_changeplace AS named ON named.change_id = said.id
    WHERE said.conflict_id = %s AND said.public_id = ANY(%s) GROUP BY said.id
"""
COMPARED = ("date", "actor", "verb", "other_actor", "place_count", "ruling", "place")


def import_changes(
    path: Path,
    outcome: Outcome,
    conflict: Conflict,
    *,
    published_at: datetime | None = None,
    progress: Progress | None = None,
) -> None:
    """Publish every change that is not in the record yet, in one go, through the ledger.

    The record is append-only: a row that differs from what was published under its id is refused. The changes are
    walked over twice, first to find what is wrong and what is reached; what is good waits on disk in between, so
    that its length does not show in memory.
    """
    rows = ChangeRows(path, COLUMNS, outcome)
    try:
        with transaction.atomic():
            check_at_once()
            outcome.created += _import(rows, outcome, conflict, published_at, progress)
    except ledger.Refused as refused:
        outcome.bad(1, "", "", str(refused))


def _import(
    rows: ChangeRows,
    outcome: Outcome,
    conflict: Conflict,
    published_at: datetime | None,
    progress: Progress | None,
) -> int:
    reader = Reader(conflict, outcome)
    bulk = ledger.Bulk(conflict, by=None, at=published_at)
    lines = array("q")
    with beside() as give:
        spool = Spool(conflict, BATCH, give)
        for batch in _batches(rows):
            known = published(conflict, [group.id for group in batch])
            reader.look_ahead(batch)
            for group in batch:
                new = reader.change(group)
                if new is not None and group.id in known:
                    _compare(known[group.id], new, group, outcome)
                    new = None
                if new is not None and _valid(new, group, published_at or timezone.now(), outcome):
                    bulk.expect(new)
                    spool.keep(new, reader.cited(group))
                    lines.append(group.first.line)
        spool.end()
    if spool.number:
        bulk.publish(spool.news(), spool.number, progress)
        outcome.doubts += sorted(_doubts(bulk, lines))
    return spool.number


def _doubts(bulk: ledger.Bulk, lines: Sequence[int]) -> Iterator[Doubt]:
    line_of = dict(zip(bulk.keys, lines, strict=True)) if bulk.warnings else {}
    for code, keys in bulk.warnings.items():
        for start in range(0, len(keys), BATCH):
            some = Change.objects.filter(pk__in=keys[start : start + BATCH])
            for key, public_id in some.values_list("pk", "public_id"):
                yield Doubt(line_of[key], public_id, code)


def _batches(groups: Iterable[Group]) -> Iterator[list[Group]]:
    walk = iter(groups)
    while batch := list(islice(walk, BATCH)):
        yield batch


def _valid(new: ledger.NewChange, group: Group, at: datetime, outcome: Outcome) -> bool:
    try:
        ledger.validate(new, at)
    except ledger.Refused as refused:
        for name, reasons in refused.errors.items():
            column = COLUMN_OF.get(name, name)
            outcome.bad(group.first.line, column, group.first.get(column), " ".join(reasons))
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
            outcome.bad(group.first.line, column, group.first.get(column), reason)
    outcome.unchanged += have == want
