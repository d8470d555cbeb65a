"""What the first walk over changes.csv found good, kept on disk for the second: it is read and understood once.

Its reports are made on the way, while the walk goes on: nothing is told of a report before a Change cites it. So
reports come before the places' locks, as at the desk, and two who cite the same report never wait for each other.
"""

import json
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from functools import partial
from typing import Any

from django.db import connection

from events import ledger, sources
from events.ledger.copying import Give
from events.models import Actor, Conflict, Place, Report

# A report as the ledger takes it: its key and its source's.
KEYS = [Report._meta.pk.attname, "source_id"]
Kept = tuple[tuple[Any, ...], Sequence[sources.Cited]]


class Spool:
    """Changes go in one by one and come out as the ledger takes them, with their reports made; never all at once.

    Places and actors are those that went in: they are held, once each.
    """

    def __init__(self, conflict: Conflict, batch: int, give: Give) -> None:
        """`give`: see `ledger.copying.beside`."""
        self.conflict, self.batch, self.give = conflict, batch, give
        self.file = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115  closed with the spool
        self.places: dict[int, Place] = {}
        self.actors: dict[int | None, Actor | None] = {None: None}
        self.rows: list[Kept] = []
        # The batch before, whose reports are being made.
        self.waiting: tuple[list[Kept], Future[dict[sources.Cited, int]]] | None = None
        self.number = 0

    def keep(self, new: ledger.NewChange, cited: Sequence[sources.Cited]) -> None:
        """`cited`: for each of its citations, what makes the report."""
        for place in new.places:
            self.places[place.pk] = place
        for actor in (new.actor, new.other_actor):
            if actor is not None:
                self.actors[actor.pk] = actor
        row = (
            new.public_id,
            new.idempotency_key,
            new.actor and new.actor.pk,
            new.verb,
            [place.pk for place in new.places],
            new.date,
            new.other_actor and new.other_actor.pk,
            new.place_count,
            new.headline,
            new.note,
            new.ruling,
            [(citation.stance, citation.note) for citation in new.citations],
        )
        self.rows.append((row, cited))
        self.number += 1
        if len(self.rows) == self.batch:
            self._flush()

    def _flush(self) -> None:
        self._write()
        if self.rows:
            wanted = [one for _row, cited in self.rows for one in cited]
            self.waiting = self.rows, self.give(partial(sources.cite_many, wanted))
            self.rows = []

    def _write(self) -> None:
        if self.waiting is not None:
            rows, making = self.waiting
            with connection.wrap_database_errors:
                made = making.result()
            told = [(*row, [(made[one], one.source) for one in cited]) for row, cited in rows]
            self.file.write(json.dumps(told) + "\n")
            self.waiting = None

    def end(self) -> None:
        """Nothing more is to be kept: to be called while what is given still runs."""
        self._flush()
        self._write()

    def news(self) -> Iterator[ledger.NewChange]:
        """All of them, in order."""
        self.file.seek(0)
        for line in self.file:
            for row in json.loads(line):
                yield self._change(row)

    def _change(self, row: list[Any]) -> ledger.NewChange:
        (
            public_id,
            key,
            actor,
            verb,
            places,
            date,
            other,
            place_count,
            headline,
            note,
            ruling,
            cited,
            reports,
        ) = row
        return ledger.NewChange(
            conflict=self.conflict,
            public_id=public_id,
            idempotency_key=key,
            actor=self.actors[actor],
            verb=verb,
            places=[self.places[place] for place in places],
            date=date,
            other_actor=self.actors[other],
            place_count=place_count,
            headline=headline,
            note=note,
            ruling=ruling,
            citations=[
                ledger.NewCitation(Report.from_db(None, KEYS, report), stance, note)
                for report, (stance, note) in zip(reports, cited, strict=True)
            ],
        )
