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
from events.models import Change, Conflict, Place, Report

from . import cells
from .change_rows import ChangeRow, Group
from .problems import Outcome

# Must agree in all rows of one change; its first row speaks for it.
SHARED = (
    *("date", "actor", "verb", "place_count", "other_actor", "headline", "ruling"),
    "ruling_reason",
)
LONGEST_KEY = 80
# A report as the ledger takes it: its key and its source's.
KEYS = [Report._meta.pk.attname, "source_id"]
NOT_YET = 0


@lru_cache(maxsize=50_000)
def report_at(key: int, source: int) -> Report:
    return Report.from_db(None, KEYS, [key, source])


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

    def look_ahead(self, rows: Sequence[ChangeRow]) -> None:
        """Resolve in one query what goes without a search."""
        known = self.known["place"]
        texts = {row.place for row in rows} - known.keys()
        if texts:
            known |= places_by_slug(self.conflict, texts)

    def find(self, what: str, text: str) -> Any:
        """The place, actor or source that is meant, or why there is none (Unresolved)."""
        known = self.known[what]
        if text not in known:
            try:
                known[text] = self.how[what](text)
            except Unresolved as error:
                known[text] = error
        return known[text]

    def _resolve(self, what: str, row: ChangeRow, column: str, text: str) -> Any:
        found = self.known[what].get(text) or self.find(what, text)
        if isinstance(found, Unresolved):
            self.outcome.bad(row.line, column, text, str(found))
            return None
        return found

    def cited(self, row: ChangeRow) -> sources.Cited | None:
        """What makes the report of this row; None where nothing good does."""
        if not row.source:
            return None
        source = self.find("source", row.source)
        if isinstance(source, Unresolved) or faults(
            row.report_title, row.report_url, row.published
        ):
            return None
        return sources.Cited(source.pk, row.report_title, row.report_url, row.published)

    def change(self, group: Group, reports: Sequence[int]) -> ledger.NewChange | None:
        """None where a row is wrong; the problems say why. `reports`: the key of each row's report, by the row's
        number; none while they are not made yet.
        """
        before = len(self.outcome.problems)
        first = group.first
        if not group.id:
            self.outcome.bad(first.line, "id", "", _("It may not be empty."))
        if len(group.rows) > 1:
            self._agree(group)
        new = ledger.NewChange(
            conflict=self.conflict,
            public_id=group.id,
            idempotency_key=self._key(group.id),
            actor=self._resolve("actor", first, "actor", first.actor) if first.actor else None,
            verb=first.verb,
            places=self._places(group),
            date=first.date,
            other_actor=self._resolve("actor", first, "other_actor", first.other_actor)
            if first.other_actor
            else None,
            place_count=self._count(first) if first.place_count else None,
            headline=first.headline,
            note=first.note,
            ruling=first.ruling or Change.Ruling.ACCEPTED,
            ruling_reason=first.ruling_reason,
            citations=[
                cited
                for row in group.rows
                if row.source
                and (
                    cited := self._citation(row, first, reports[row.number] if reports else NOT_YET)
                )
            ],
        )
        return new if len(self.outcome.problems) == before else None

    def _agree(self, group: Group) -> None:
        first = group.first
        for row in group.rows[1:]:
            for column in SHARED:
                value = getattr(row, column)
                if value != getattr(first, column):
                    reason = _("It differs from line %(line)d, of the same change.")
                    self.outcome.bad(row.line, column, value, reason % {"line": first.line})

    def _key(self, public_id: str) -> str:
        key = f"import:{self.conflict.slug}:{public_id}"
        if len(key) > LONGEST_KEY:
            return f"import:{hashlib.sha256(key.encode()).hexdigest()}"
        return key

    def _places(self, group: Group) -> list[Place]:
        found: dict[int, Place] = {}
        for row in group.rows:
            if row.place:
                place = self._resolve("place", row, "place", row.place)
                if place is not None:
                    found[place.id] = place
        return list(found.values())

    def _count(self, row: ChangeRow) -> int | None:
        try:
            return cells.whole(row.place_count, least=1)
        except ValueError as error:
            self.outcome.bad(row.line, "place_count", row.place_count, str(error))
            return None

    def _citation(self, row: ChangeRow, first: ChangeRow, report: int) -> ledger.NewCitation | None:
        source = self._resolve("source", row, "source", row.source)
        if source is None:
            return None
        # A report that was made had no fault.
        wrong = {} if report else faults(row.report_title, row.report_url, row.published)
        for name, reasons in wrong.items():
            column = name if name == "published" else f"report_{name}"
            self.outcome.bad(row.line, column, getattr(row, column), " ".join(reasons))
        note = row.note if row is not first and row.note != first.note else ""
        return ledger.NewCitation(report_at(report, source.id), row.stance or "reports", note)
