"""From the rows of one change to what the ledger takes, or to what is wrong with them."""

import hashlib
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from events import ledger, sources
from events.gazetteer import (
    Unresolved,
    places_by_slug,
    resolve_actor,
    resolve_place,
    resolve_source,
)
from events.models import Actor, Change, Conflict, Place, Report

from . import cells
from .change_rows import Group
from .problems import Outcome
from .table import Row

# Must agree in all rows of one change; its first row speaks for it.
SHARED = ("date", "actor", "verb", "place_count", "other_actor", "headline", "ruling")
LONGEST_KEY = 80
NOT_YET = Report()


@lru_cache(maxsize=50_000)
def faults(title: str, url: str, published: str) -> dict[str, list[str]]:
    return sources.check(title=title, url=url, published=published)


class Reader:
    """What was resolved once is not asked again, nor is what could not be."""

    def __init__(self, conflict: Conflict, outcome: Outcome) -> None:
        self.conflict, self.outcome = conflict, outcome
        self.known: dict[str, dict[str, Any]] = {"place": {}, "actor": {}, "source": {}}
        self.how: dict[str, Callable[[str], Any]] = {
            "place": lambda text: resolve_place(conflict, text),
            "actor": lambda text: resolve_actor(conflict, text),
            "source": resolve_source,
        }

    def look_ahead(self, groups: Sequence[Group]) -> None:
        """Resolve in one query what goes without a search."""
        known = self.known["place"]
        texts = {row.get("place") for group in groups for row in group.rows}
        known |= places_by_slug(self.conflict, texts - known.keys())

    def _resolve(self, what: str, row: Row, column: str) -> Any:
        known, text = self.known[what], row.get(column)
        if text not in known:
            try:
                known[text] = self.how[what](text)
            except Unresolved as error:
                known[text] = error
        found = known[text]
        if isinstance(found, Unresolved):
            self.outcome.bad(row.line, column, text, str(found))
            return None
        return found

    def change(self, group: Group) -> ledger.NewChange | None:
        """None where a row is wrong; the problems say why. Its reports are not there yet: see `cited`."""
        before = len(self.outcome.problems)
        first = group.first
        if not group.id:
            self.outcome.bad(first.line, "id", "", _("It may not be empty."))
        for row in group.rows[1:]:
            for column in SHARED:
                if row.get(column) != first.get(column):
                    reason = _("It differs from line %(line)d, of the same change.")
                    self.outcome.bad(
                        row.line, column, row.get(column), reason % {"line": first.line}
                    )
        new = ledger.NewChange(
            conflict=self.conflict,
            public_id=group.id,
            idempotency_key=self._key(group.id),
            actor=self._actor(first, "actor"),
            verb=first.get("verb"),
            places=self._places(group),
            date=first.get("date"),
            other_actor=self._actor(first, "other_actor"),
            place_count=self._count(first),
            headline=first.get("headline"),
            note=first.get("note"),
            ruling=first.get("ruling") or Change.Ruling.ACCEPTED,
            citations=[cited for row in group.rows if (cited := self._citation(row, first))],
        )
        return new if len(self.outcome.problems) == before else None

    def _key(self, public_id: str) -> str:
        key = f"import:{self.conflict.slug}:{public_id}"
        if len(key) > LONGEST_KEY:
            return f"import:{hashlib.sha256(key.encode()).hexdigest()}"
        return key

    def _actor(self, row: Row, column: str) -> Actor | None:
        return self._resolve("actor", row, column) if row.get(column) else None

    def _places(self, group: Group) -> list[Place]:
        found: dict[int, Place] = {}
        for row in group.rows:
            if row.get("place"):
                place = self._resolve("place", row, "place")
                if place is not None:
                    found[place.pk] = place
        return list(found.values())

    def _count(self, row: Row) -> int | None:
        try:
            return cells.whole(row.get("place_count"), least=1)
        except ValueError as error:
            self.outcome.bad(row.line, "place_count", row.get("place_count"), str(error))
            return None

    def _citation(self, row: Row, first: Row) -> ledger.NewCitation | None:
        if not row.get("source") or self._resolve("source", row, "source") is None:
            return None
        wrong = faults(row.get("report_title"), row.get("report_url"), row.get("published"))
        for name, reasons in wrong.items():
            column = name if name == "published" else f"report_{name}"
            self.outcome.bad(row.line, column, row.get(column), " ".join(reasons))
        note = row.get("note") if row is not first and row.get("note") != first.get("note") else ""
        return ledger.NewCitation(NOT_YET, row.get("stance") or "reports", note)

    def cited(self, group: Group) -> list[sources.Cited]:
        """What makes the reports of its citations, of a change that has nothing wrong, in their order."""
        return [
            sources.Cited(
                self.known["source"][row.get("source")].pk,
                row.get("report_title"),
                row.get("report_url"),
                row.get("published"),
            )
            for row in group.rows
            if row.get("source")
        ]
