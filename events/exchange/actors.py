"""actors.csv."""

from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from events.chronology.dates import REASONS, DateError, in_words
from events.gazetteer import Spelled, fold_name, read_spelled, spelled_plainly
from events.models import Actor, ActorName, Coalition, Conflict

from . import cells
from .problems import Outcome
from .table import Columns, Row, read_table

COLUMNS = Columns(
    ("slug", "name"),
    (
        *("short", "number", "aliases", "kind", "parent", "colour", "pattern"),
        *("active_from", "active_to", "note"),
    ),
    guarded=True,
)
# The order in which new actors are given them.
PATTERNS = ["solid", "diagonal", "dots", "horizontal", "vertical", "cross", "grid", "reverse"]
FIELDS = (
    *("name", "short", "number", "kind", "colour", "pattern", "active_from", "active_to", "note"),
)


def import_actors(path: Path, outcome: Outcome, conflict: Conflict) -> None:
    """Make or update the actors of a conflict; `parent` are the coalitions or groups an actor belongs to. Dates and
    languages of names, and dates of memberships, stand in braces (`gazetteer.spelled`).
    """
    rows = read_table(path, COLUMNS, outcome)
    known = {actor.slug: actor for actor in Actor.objects.filter(conflict=conflict)}
    in_file: set[str] = set()
    saved: list[tuple[Row, Actor]] = []
    for row in rows:
        values = _values(row, outcome, in_file)
        if values is None:
            continue
        actor = known.get(values["slug"])
        if actor is None:
            actor = Actor(conflict=conflict, slug=values["slug"])
            values.setdefault("pattern", PATTERNS[len(known) % len(PATTERNS)])
            values.setdefault("short", values["name"][:30])
            values.setdefault("kind", Actor.Kind.NON_STATE)
            values.setdefault("colour", "#777777")
        if _store(actor, values, outcome):
            known[actor.slug] = actor
            saved.append((row, actor))
    for row, actor in saved:
        _names(actor, [read_spelled(text) for text in cells.parts(row.get("aliases"))])
        for text in cells.parts(row.get("parent")):
            _coalition(actor, row, text, known, outcome)


def _values(row: Row, outcome: Outcome, in_file: set[str]) -> dict[str, Any] | None:
    """The row's own cells, checked; None where anything is wrong."""
    before = len(outcome.problems)
    values: dict[str, Any] = {
        name: row.get(name)
        for name in ("slug", *FIELDS)
        if row.get(name) or name in ("slug", "name")
    }
    checks = {
        "slug": cells.slug,
        "kind": lambda text: cells.one_of(text, Actor.Kind.values),
        "number": lambda text: cells.one_of(text, Actor.Number.values),
        "pattern": lambda text: cells.one_of(text, PATTERNS),
        "active_from": _edtf,
        "active_to": _edtf,
        "colour": _colour,
    }
    for name, value in values.items():
        limit = Actor._meta.get_field(name).max_length
        try:
            if name in checks:
                checks[name](value)
            elif not value:
                raise ValueError(_("It may not be empty."))
            if limit and len(value) > limit:
                raise ValueError(_("At most %(limit)d characters.") % {"limit": limit})
        except ValueError as error:
            outcome.bad(row.line, name, value, str(error))
    for column in ("aliases", "parent"):
        for text in cells.parts(row.get(column)):
            try:
                read_spelled(text)
            except ValueError as error:
                outcome.bad(row.line, column, text, str(error))
    if values["slug"] in in_file:
        outcome.bad(row.line, "slug", values["slug"], _("The slug is there twice."))
    in_file.add(values["slug"])
    return values if len(outcome.problems) == before else None


def _edtf(text: str) -> None:
    try:
        in_words(text)
    except DateError as error:
        raise ValueError(_(REASONS[error.reason]) % {"text": error.text}) from error


def _colour(text: str) -> None:
    digits = text.removeprefix("#")
    if len(text) != 7 or len(digits) != 6 or not all(c in "0123456789abcdefABCDEF" for c in digits):
        raise ValueError(_("A colour is written #RRGGBB, for example #D55E00."))


def _store(actor: Actor, values: dict[str, Any], outcome: Outcome) -> bool:
    new = actor.pk is None
    differing = [name for name in values if getattr(actor, name) != values[name]]
    for name in differing:
        setattr(actor, name, values[name])
    if new or differing:
        actor.save()
    outcome.created += new
    outcome.updated += not new and bool(differing)
    outcome.unchanged += not new and not differing
    return True


def _names(actor: Actor, aliases: list[Spelled]) -> None:
    """A name that is there keeps what is said of it, unless the row says something else in braces."""
    have = {row.name: row for row in actor.names.all()}
    wanted = {name: spelled_plainly(name) for name in (actor.name, actor.short)}
    for spelled in aliases:
        if spelled.text not in wanted or spelled.dated:
            wanted[spelled.text] = spelled
    for name, spelled in wanted.items():
        row = have.get(name) or ActorName(actor=actor, name=name, folded=fold_name(name))
        said = (spelled.language, spelled.since, spelled.until)
        if row.pk is None or (spelled.dated and said != (row.language, row.used_from, row.used_to)):
            row.language, row.used_from, row.used_to = said
            row.save()


def _coalition(
    actor: Actor, row: Row, text: str, known: dict[str, Actor], outcome: Outcome
) -> None:
    """Without braces it lasts as long as the actor."""
    spelled = read_spelled(text)
    if spelled.text not in known or spelled.text == actor.slug:
        outcome.bad(row.line, "parent", text, _("It is not the slug of another actor."))
        return
    since, until = (
        (spelled.since, spelled.until) if spelled.dated else (actor.active_from, actor.active_to)
    )
    found, _new = Coalition.objects.get_or_create(
        member=actor, coalition=known[spelled.text], since=since, defaults={"until": until}
    )
    if spelled.dated and found.until != until:
        found.until = until
        found.save()
