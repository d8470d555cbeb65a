"""Rows of a table, by what their columns were taken for, into what would have been typed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from events.gazetteer import PLACE, Index, fold_name
from events.models import Conflict

from ..sentence import filled, read
from ..typed import CITATION_FIELDS, Typed, empty_citation, is_blank
from . import cells
from .suggested import Given, Guesses, Suggested, guesses_of, unsettle
from .table import Row

PLAIN = ("place_count", "headline", "note", "ruling")
# Column of the table -> field of a citation.
CITED = {
    "source": "source",
    "stance": "stance",
    "report_title": "title",
    "report_url": "url",
    "published": "published",
    "quote": "quote",
}
SAME = ("date", "actor", "verb", "other_actor")


@dataclass(slots=True)
class Reader:
    """`columns`: the field of each column, "" for one that is left out; `order`: which comes first in 10/08/2017;
    `on`: the day by which "yesterday" is meant.
    """

    conflict: Conflict
    index: Index
    columns: Sequence[str]
    given: Given
    on: date
    order: str = ""
    known: dict[str, bool] = field(default_factory=dict)

    def suggested(self, text: str, rows: Sequence[Row]) -> Iterator[Suggested]:
        """Rows that stand together, share an id and say the same are citations of one change."""
        last: tuple[str, Suggested] | None = None
        for row in rows:
            values = self._values(row)
            number = values.get("id", "")
            for one in self._of(text, row, values):
                if last and number and last[0] == number and _alike(last[1].typed, one.typed):
                    _join(text, last[1], one)
                    continue
                if last:
                    yield last[1]
                last = number, one
        if last:
            yield last[1]

    def _values(self, row: Row) -> dict[str, str]:
        pairs = zip(self.columns, row.cells, strict=False)
        return {name: cell for name, cell in pairs if name and cell}

    def _of(self, text: str, row: Row, values: dict[str, str]) -> Iterator[Suggested]:
        words = text[row.start : row.end]
        if "sentence" not in values:
            typed, guesses = Typed(), {}  # type: tuple[Typed, Guesses]
            self._fill(typed, guesses, values)
            yield Suggested(row.start, row.end, words, typed, row.line, 0, guesses)
            return
        reading = read(self.conflict, values["sentence"], on=self.on, index=self.index)
        every = [reading, *reading.more]
        stated = [n for n, each in enumerate(every) if each.states_a_change] or [0]
        for number in stated:
            typed, guesses = filled(every[number]), guesses_of(every[number])
            unsettle(self.conflict, every[number], typed)
            typed.sentence = typed.read = values["sentence"]
            typed.entered, typed.nth = self.on.isoformat(), str(number) if len(stated) > 1 else ""
            self._fill(typed, guesses, values)
            yield Suggested(row.start, row.end, words, typed, row.line, number, guesses)

    def _fill(self, typed: Typed, guesses: Guesses, values: dict[str, str]) -> None:
        for name in PLAIN:
            if name in values:
                setattr(typed, name, values[name])
                guesses.pop(name, None)
        typed.ruling = typed.ruling.casefold()
        self._who(typed, guesses, values)
        self._when(typed, guesses, values)
        if "place" in values:
            typed.places = self._places(values)
            for box in [box for box in guesses if box.startswith("places-")]:
                del guesses[box]
        self._cite(typed, values)

    def _who(self, typed: Typed, guesses: Guesses, values: dict[str, str]) -> None:
        for name in ("actor", "other_actor", "verb"):
            if name in values:
                setattr(typed, name, values[name])
                guesses.pop(name, None)
        if "verb" in values:
            typed.verb, typed.actor, typed.other_actor = cells.set_verb(
                values["verb"], typed.actor, typed.other_actor
            )

    def _when(self, typed: Typed, guesses: Guesses, values: dict[str, str]) -> None:
        if "date" not in values:
            return
        guesses.pop("date", None)
        typed.date, others = cells.date_of(values["date"], self.on, self.order)
        if others and not typed.date:
            # It may be either day: what was pasted stands there until somebody says which.
            typed.date = values["date"]
            guesses["date"] = [[text, text] for text in others]
        elif others and not self.order:
            guesses["date"] = [[text, text] for text in (typed.date, *others)]

    def _places(self, values: dict[str, str]) -> list[str]:
        found: list[str] = []
        for name in cells.names_of(values["place"]):
            parts = [part.strip() for part in name.replace("،", ",").split(",") if part.strip()]
            apart = len(parts) > 1 and not self._called(name)
            found += [self._within(part, values) for part in (parts if apart else [name])]
        return found

    def _called(self, name: str) -> int:
        slug = (PLACE, name.strip().lower()) in self.index.by_slug
        called = [t for t in self.index.called(fold_name(name)) if t.what == PLACE]
        return 1 if slug else len(called)

    def _within(self, name: str, values: dict[str, str]) -> str:
        """A name of several places, and the column that says in which province."""
        above = values.get("parent", "")
        if above and ">" not in name and self._called(name) > 1 and self._called(above):
            return f"{above} > {name}"
        return name

    def _cite(self, typed: Typed, values: dict[str, str]) -> None:
        row = empty_citation()
        for column, name in CITED.items():
            if column in values:
                row[name] = values[column]
        row["stance"] = row["stance"].casefold()
        if row["published"]:
            row["published"] = (
                cells.date_of(row["published"], self.on, self.order)[0] or row["published"]
            )
        rows = [each for each in typed.citations if not is_blank(each)]
        if row["source"] or not rows:
            if not row["source"]:
                for name in ("source", "title", "url", "published"):
                    row[name] = row[name] or getattr(self.given, name)
            rows = [row, *(each for each in rows if each["source"] != row["source"])]
        else:
            # The row's address and words are those of the source that its sentence names.
            rows[0] |= {n: row[n] for n in CITATION_FIELDS if row[n] and n != "stance"}
        typed.citations = rows


def _alike(one: Typed, other: Typed) -> bool:
    return all(getattr(one, name) == getattr(other, name) for name in SAME)


def _join(text: str, first: Suggested, more: Suggested) -> None:
    typed = first.typed
    typed.places = list(dict.fromkeys([*typed.places, *more.typed.places]))
    typed.citations += [row for row in more.typed.citations if row not in typed.citations]
    first.end = more.end
    first.words = text[first.start : first.end]
