"""What the first walk over changes.csv found good, kept on disk for the second: it is read and understood once."""

import json
import tempfile
from collections.abc import Iterator, Sequence
from typing import Any

from events import ledger, sources
from events.models import Actor, Conflict, Place, Report


class Spool:
    """Changes go in one by one and come out as the ledger takes them, with their reports made; never all at once.

    Places and actors are those that went in: they are held, once each.
    """

    def __init__(self, conflict: Conflict, batch: int) -> None:
        self.conflict, self.batch = conflict, batch
        self.file = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115  closed with the spool
        self.places: dict[int, Place] = {}
        self.actors: dict[int | None, Actor | None] = {None: None}
        self.rows: list[tuple[Any, ...]] = []
        self.number = 0

    def keep(self, new: ledger.NewChange, cited: Sequence[sources.Cited]) -> None:
        """`cited`: for each of its citations, what makes the report."""
        for place in new.places:
            self.places[place.pk] = place
        for actor in (new.actor, new.other_actor):
            if actor is not None:
                self.actors[actor.pk] = actor
        told = [
            (*report, citation.stance, citation.note)
            for report, citation in zip(cited, new.citations, strict=True)
        ]
        self.rows.append(
            (
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
                told,
            )
        )
        self.number += 1
        if len(self.rows) == self.batch:
            self._flush()

    def _flush(self) -> None:
        if self.rows:
            self.file.write(json.dumps(self.rows) + "\n")
            self.rows = []

    def news(self) -> Iterator[ledger.NewChange]:
        """All of them, in order; makes the reports of a batch before it gives its first."""
        self._flush()
        self.file.seek(0)
        for line in self.file:
            rows = json.loads(line)
            ids = sources.cite_many(sources.Cited(*told[:4]) for row in rows for told in row[-1])
            reports = {key: Report(pk=pk) for key, pk in ids.items()}
            for row in rows:
                yield self._change(row, reports)

    def _change(self, row: list[Any], reports: dict[sources.Cited, Report]) -> ledger.NewChange:
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
                ledger.NewCitation(reports[sources.Cited(*told[:4])], told[4], told[5])
                for told in cited
            ],
        )
