"""Before the first change is published: which are in the record already, the reports of the others, and what they
reach.

The reports are made while the file is still read: nothing is told of a report before a Change cites it. So reports
come before the places' locks, as at the desk, and two who cite the same report never wait for each other.
"""

from array import array
from collections.abc import Collection, Iterable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from events import ledger, sources
from events.gazetteer import Unresolved
from events.ledger.copying import beside, result

from .change_reader import Reader
from .change_rows import ChangeRow

HAVE = "SELECT public_id FROM events_change WHERE conflict_id = %s AND public_id = ANY(%s)"
Cited = Sequence[sources.Cited | None]


@dataclass(slots=True)
class Prepared:
    """`known`: the ids that are in the record. `reports`: for each row of the file the key of its report, or 0."""

    known: set[str] = field(default_factory=set)
    reports: "array[int]" = field(default_factory=lambda: array("q"))


def prepare(
    batches: Iterable[list[ChangeRow]],
    reader: Reader,
    bulk: ledger.Bulk,
    settled: Collection[str],
) -> Prepared:
    """`settled`: ids that nothing is to be done for."""
    prepared = Prepared()
    waiting: tuple[list[ChangeRow], Cited, Future[Any]] | None = None

    def take(rows: list[ChangeRow], cited: Cited, asked: "Future[Any]") -> None:
        have, made = result(asked)
        prepared.known |= have
        prepared.reports.extend(made.get(one, 0) for one in cited)
        _expect(bulk, reader, [row for row in rows if row.id not in have and row.id not in settled])

    with beside() as give:
        for rows in batches:
            reader.look_ahead(rows)
            cited = [None if row.id in settled else reader.cited(row) for row in rows]
            if waiting is not None:
                take(*waiting)
            ids = [row.id for row in rows]
            waiting = rows, cited, give(partial(_make, reader.conflict.pk, ids, cited))
        if waiting is not None:
            take(*waiting)
    return prepared


def _make(
    conflict: int, ids: list[str], cited: Cited, cursor: Any
) -> tuple[set[str], dict[sources.Cited, int]]:
    """Which of the ids are in the record, and the reports of the others."""
    cursor.execute(HAVE, [conflict, ids])
    have = {public_id for (public_id,) in cursor.fetchall()}
    wanted = [
        one for one, public_id in zip(cited, ids, strict=True) if one and public_id not in have
    ]
    return have, sources.cite_many(wanted, cursor)


def _expect(bulk: ledger.Bulk, reader: Reader, rows: list[ChangeRow]) -> None:
    for text, verb in {(row.place, row.verb) for row in rows if row.place}:
        place = reader.find("place", text)
        if not isinstance(place, Unresolved):
            bulk.expect([place.id], verb)
