"""What each column of a pasted table is: by its name in the first row, else by what stands in it."""

import re
import tomllib
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

from django.utils.translation import gettext as _

from events.chronology.dates import DateError, parse
from events.chronology.tidy import tidy
from events.chronology.verbs import VERBS
from events.gazetteer import ACTOR, PLACE, SOURCE, Index, fold_name
from events.models import Citation, Conflict

from .cells import verb_of

FIELDS = (
    *("id", "sentence", "date", "actor", "verb", "place", "parent", "place_count", "other_actor"),
    *("headline", "source", "report_title", "report_url", "published", "stance", "ruling", "note"),
    "quote",
)
SAMPLE = 60
ENOUGH = 0.5
NUMERIC_DATE = re.compile(r"\d{1,2}([/.-])\d{1,2}\1\d{2,4}")
STANCES = frozenset(Citation.Stance.values)


def labels() -> dict[str, str]:
    """For the list to choose from; "" is a column that is left out."""
    return {
        "": _("— left out —"),
        "sentence": _("What happened, in a sentence"),
        "date": _("Date"),
        "actor": _("Actor"),
        "verb": _("Verb"),
        "place": _("Place"),
        "parent": _("Province or district of the place"),
        "other_actor": _("Other actor"),
        "place_count": _("Places not known by name"),
        "source": _("Source"),
        "stance": _("Stance"),
        "report_title": _("Title of the report"),
        "report_url": _("Address of the report"),
        "published": _("Published"),
        "quote": _("Quoted words"),
        "headline": _("Headline"),
        "ruling": _("Ruling"),
        "note": _("Note for readers"),
        "id": _("Number: rows that share it are one change"),
    }


@cache
def _named() -> dict[str, str]:
    path = Path(__file__).parent / "columns.toml"
    found: dict[str, str] = {}
    for field, names in tomllib.loads(path.read_text(encoding="utf-8")).items():
        for name in (field, *names):
            found.setdefault(fold_name(name), field)
    return found


def by_name(cells: Sequence[str]) -> list[str] | None:
    """The fields that a first row names, each once; None where it is no header."""
    found = [_named().get(fold_name(cell), "") for cell in cells]
    known = [field for field in found if field]
    written = [cell for cell in cells if cell]
    if len(set(known)) < 2 and not (known and len(written) == 1):
        return None
    if len(known) * 3 < len(written):
        return None
    return _once(found)


def by_contents(conflict: Conflict, index: Index, rows: Sequence[Sequence[str]]) -> list[str]:
    """A guess for each column, from the first rows."""
    width = max(map(len, rows[:SAMPLE]), default=0)
    columns = [
        [row[at] for row in rows[:SAMPLE] if at < len(row) and row[at]] for at in range(width)
    ]
    return _once([_guess(conflict, index, cells) for cells in columns])


def bare_verbs(fields: list[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """A column called "what happened" may hold the verb alone."""
    if "sentence" not in fields or "verb" in fields:
        return fields
    at = fields.index("sentence")
    said = [row[at] for row in rows[:SAMPLE] if at < len(row) and row[at]]
    bare = sum(cell.lower() in VERBS or verb_of(cell) is not None for cell in said)
    return [
        "verb" if n == at and bare >= ENOUGH * len(said) > 0 else f for n, f in enumerate(fields)
    ]


def _once(fields: Iterable[str]) -> list[str]:
    """A second column of actors is the other actor; of anything else it is left out."""
    out: list[str] = []
    for field in fields:
        if field in out:
            field = "other_actor" if field == "actor" and "other_actor" not in out else ""
        out.append(field)
    return out


def _guess(conflict: Conflict, index: Index, cells: list[str]) -> str:
    def share(test) -> float:  # type: ignore[no-untyped-def]
        return sum(map(bool, map(test, cells))) / len(cells) if cells else 0.0

    def called(what: str):  # type: ignore[no-untyped-def]
        return lambda cell: any(
            t.what == what for t in (*index.called(fold_name(cell)), *_slugged(index, what, cell))
        )

    shares = {
        "report_url": share(lambda cell: re.match(r"https?://", cell)),
        "date": share(lambda cell: _is_date(conflict, cell)),
        "place_count": share(lambda cell: cell.isdecimal() and len(cell) < 4),
        "stance": share(lambda cell: cell.lower() in STANCES),
        "verb": share(lambda cell: cell.lower() in VERBS or verb_of(cell)),
        "actor": share(called(ACTOR)),
        "source": share(called(SOURCE)),
        "place": share(called(PLACE)),
        "sentence": share(lambda cell: len(cell.split()) > 4),
    }
    best = max(shares, key=lambda field: shares[field])
    return best if shares[best] >= ENOUGH else ""


def _slugged(index: Index, what: str, cell: str):  # type: ignore[no-untyped-def]
    thing = index.by_slug.get((what, cell.lower()))
    return (thing,) if thing else ()


def _is_date(conflict: Conflict, cell: str) -> bool:
    if NUMERIC_DATE.fullmatch(cell):
        return True
    try:
        parse(tidy(cell), conflict.zone)
    except DateError:
        return False
    return len(cell) > 4
