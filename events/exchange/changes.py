"""changes.csv: one row is one source on one change; rows that share an id speak of one change."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from events import ledger
from events.chronology.dates import DateError, canonical
from events.gazetteer import Unresolved, resolve_actor, resolve_place, resolve_source
from events.models import Actor, Change, Conflict, Place, Report
from events.sources import BadReport, cite

from . import cells
from .problems import Outcome, Progress
from .table import Columns, Row, read_table

COLUMNS = Columns(
    ("id", "date", "verb", "place", "source"),
    (
        *("actor", "place_count", "other_actor", "headline", "report_title", "report_url"),
        *("published", "stance", "ruling", "note"),
    ),
)
# Must agree in all rows of one change; its first row speaks for it.
SHARED = ("date", "actor", "verb", "place_count", "other_actor", "headline", "ruling")
# Where the ledger's words for a field differ from the column's name.
COLUMN_OF = {"places": "place", "citations": "source", "public_id": "id", "at": "published"}


@dataclass(slots=True)
class Group:
    """All rows of one id."""

    rows: list[Row] = field(default_factory=list)

    @property
    def first(self) -> Row:
        return self.rows[0]


def import_changes(
    path: Path,
    outcome: Outcome,
    conflict: Conflict,
    *,
    published_at: datetime | None = None,
    progress: Progress | None = None,
) -> None:
    """Publish every change that is not in the record yet, in one go, through the ledger.

    The record is append-only: a row that differs from what was published under its id is refused.
    """
    groups: dict[str, Group] = {}
    for row in read_table(path, COLUMNS, outcome):
        groups.setdefault(row.get("id"), Group()).rows.append(row)
    reader = Reader(conflict, outcome)
    published = {
        change.public_id: change
        for change in Change.objects.filter(conflict=conflict, public_id__in=groups)
        .select_related("actor", "other_actor")
        .prefetch_related("places")
    }
    at = published_at or timezone.now()
    fresh = []
    for public_id, group in groups.items():
        new = reader.change(public_id, group)
        if new is None:
            continue
        if public_id in published:
            _compare(published[public_id], new, group.first, outcome)
            continue
        try:
            ledger.validate(new, at)
        except ledger.Refused as refused:
            for name, reasons in refused.errors.items():
                column = COLUMN_OF.get(name, name)
                outcome.bad(group.first.line, column, group.first.get(column), " ".join(reasons))
            continue
        fresh.append(new)
    try:
        ledger.publish_many(fresh, conflict=conflict, by=None, at=published_at, progress=progress)
    except ledger.Refused as refused:
        outcome.bad(1, "", "", str(refused))
        return
    outcome.created += len(fresh)


class Reader:
    """From rows to NewChange; what was resolved once is not asked again."""

    def __init__(self, conflict: Conflict, outcome: Outcome) -> None:
        self.conflict, self.outcome = conflict, outcome
        self.place = self._remember(lambda text: resolve_place(conflict, text))
        self.actor = self._remember(lambda text: resolve_actor(conflict, text))
        self.source = self._remember(resolve_source)
        self.reports: dict[tuple[Any, ...], Report] = {}

    def _remember(self, resolve: Callable[[str], Any]) -> Callable[[str], Any]:
        return cache(resolve)

    def _resolve(self, how: Callable[[str], Any], row: Row, column: str) -> Any:
        try:
            return how(row.get(column))
        except Unresolved as error:
            self.outcome.bad(row.line, column, row.get(column), str(error))
            return None

    def change(self, public_id: str, group: Group) -> ledger.NewChange | None:
        """None where a row is wrong; the problems say why."""
        before = len(self.outcome.problems)
        first = group.first
        if not public_id:
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
            public_id=public_id,
            idempotency_key=f"import:{self.conflict.slug}:{public_id}"[:80],
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

    def _actor(self, row: Row, column: str) -> Actor | None:
        return self._resolve(self.actor, row, column) if row.get(column) else None

    def _places(self, group: Group) -> list[Place]:
        found: dict[int, Place] = {}
        for row in group.rows:
            if row.get("place"):
                place = self._resolve(self.place, row, "place")
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
        if not row.get("source"):
            return None
        source = self._resolve(self.source, row, "source")
        if source is None:
            return None
        details = {
            "title": row.get("report_title"),
            "url": row.get("report_url"),
            "published": row.get("published"),
        }
        key = (source.pk, *details.values())
        if key not in self.reports:
            try:
                self.reports[key] = cite(source, **details)
            except BadReport as error:
                for name, reasons in error.errors.items():
                    column = name if name == "published" else f"report_{name}"
                    self.outcome.bad(row.line, column, row.get(column), " ".join(reasons))
                return None
        note = row.get("note") if row is not first and row.get("note") != first.get("note") else ""
        return ledger.NewCitation(self.reports[key], row.get("stance") or "reports", note)


def _same_date(published: str, typed: str) -> bool:
    """Whatever form it was kept in: the record has the canonical one, or, if it is old, what was typed."""
    try:
        return canonical(published) == canonical(typed)
    except DateError:
        return False


def _compare(change: Change, new: ledger.NewChange, row: Row, outcome: Outcome) -> None:
    """Count it as unchanged, or say in which column it differs from what was published."""
    same = {
        "date": _same_date(change.date, new.date),
        "actor": change.actor == new.actor,
        "verb": change.verb == new.verb,
        "place": {p.pk for p in change.places.all()} == {p.pk for p in new.places},
        "other_actor": change.other_actor == new.other_actor,
        "place_count": change.place_count == new.place_count,
        "ruling": change.ruling == new.ruling,
    }
    for column, agrees in same.items():
        if not agrees:
            outcome.bad(
                row.line,
                column,
                row.get(column),
                _(
                    "%(id)s was published otherwise; the record is append-only, so correct it at the desk."
                )
                % {"id": change.public_id},
            )
    outcome.unchanged += all(same.values())
