"""estimates.csv: cited figures about a place at a date."""

from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from events.chronology.dates import REASONS, DateError, parse
from events.gazetteer import Unresolved, resolve_actor, resolve_place, resolve_source
from events.models import Conflict, Estimate

from . import cells
from .problems import Outcome
from .table import Columns, Row, read_table

COLUMNS = Columns(
    ("place", "measure", "value", "as_of", "source"), ("actor", "low", "high", "note")
)
# Who may be counted without being a party; anything else in `actor` must be an actor.
SUBJECTS = ("civilians", "displaced", "everyone")


def import_estimates(path: Path, outcome: Outcome, conflict: Conflict) -> None:
    """Add the figures that are not there yet; an existing one has its bounds and note brought up to date."""
    for row in read_table(path, COLUMNS, outcome):
        before = len(outcome.problems)
        key, rest = _values(row, outcome, conflict)
        if len(outcome.problems) > before:
            continue
        estimate = Estimate.objects.filter(**key).first()
        if estimate is None:
            Estimate.objects.create(**key, **rest)
            outcome.created += 1
        elif all(getattr(estimate, name) == value for name, value in rest.items()):
            outcome.unchanged += 1
        else:
            Estimate.objects.filter(pk=estimate.pk).update(**rest)
            outcome.updated += 1


def _values(
    row: Row, outcome: Outcome, conflict: Conflict
) -> tuple[dict[str, Any], dict[str, Any]]:
    """What identifies the figure, and the rest of it."""

    def take(column: str, make: Any) -> Any:
        try:
            return make(row.get(column))
        except DateError as error:
            outcome.bad(
                row.line, column, row.get(column), _(REASONS[error.reason]) % {"text": error.text}
            )
        except (Unresolved, ValueError) as error:
            outcome.bad(row.line, column, row.get(column), str(error))
        return None

    who = row.get("actor")
    subject = who if who.lower() in SUBJECTS else ""
    as_of = take("as_of", lambda text: parse(text, conflict.zone))
    key = {
        "place": take("place", lambda text: resolve_place(conflict, text)),
        "actor": take("actor", lambda t: resolve_actor(conflict, t))
        if who and not subject
        else None,
        "subject": subject,
        "measure": take("measure", lambda text: _measure(text)),
        "value": take("value", _needed_number),
        "as_of": row.get("as_of"),
        "source": take("source", resolve_source),
    }
    rest = {
        "low": take("low", cells.number),
        "high": take("high", cells.number),
        "note": row.get("note"),
        "earliest": as_of.earliest if as_of else None,
        "latest": as_of.latest if as_of else None,
    }
    if rest["low"] is not None and rest["high"] is not None and rest["low"] > rest["high"]:
        outcome.bad(row.line, "low", row.get("low"), _("It is above the high bound."))
    return key, rest


def _measure(text: str) -> str:
    if not 0 < len(text) <= 80:
        raise ValueError(_("A measure of 1 to 80 characters is needed, for example “fighters”."))
    return text


def _needed_number(text: str) -> Any:
    if not text:
        raise ValueError(_("A number is needed."))
    return cells.number(text)
