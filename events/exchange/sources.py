"""sources.csv."""

from pathlib import Path

from django.utils.translation import gettext as _

from events.gazetteer import fold_name
from events.models import Actor, Source, SourceName

from . import cells
from .problems import Outcome
from .table import Columns, Row, read_table

COLUMNS = Columns(
    ("slug", "name"), ("aliases", "kind", "leanings", "reliability", "note"), guarded=True
)


def import_sources(path: Path, outcome: Outcome) -> None:
    """Make or update sources. `leanings` name actors by slug, in every conflict that has one of that slug."""
    actors: dict[str, list[int]] = {}
    for slug, pk in Actor.objects.values_list("slug", "pk"):
        actors.setdefault(slug, []).append(pk)
    known = {source.slug: source for source in Source.objects.all()}
    in_file: set[str] = set()
    for row in read_table(path, COLUMNS, outcome):
        before = len(outcome.problems)
        _check(row, actors, in_file, outcome)
        in_file.add(row.get("slug"))
        if len(outcome.problems) == before:
            _store(row, known.get(row.get("slug")), actors, outcome)


def _check(row: Row, actors: dict[str, list[int]], in_file: set[str], outcome: Outcome) -> None:
    def bad(column: str, reason: str) -> None:
        outcome.bad(row.line, column, row.get(column), reason)

    try:
        cells.slug(row.get("slug"))
    except ValueError as error:
        bad("slug", str(error))
    if row.get("slug") in in_file:
        bad("slug", _("The slug is there twice."))
    if not 0 < len(row.get("name")) <= 150:
        bad("name", _("A name of 1 to 150 characters is needed."))
    for column, allowed in (
        ("kind", Source.Kind.values),
        ("reliability", Source.Reliability.values),
    ):
        if row.get(column):
            try:
                cells.one_of(row.get(column), list(allowed))
            except ValueError as error:
                bad(column, str(error))
    for alias in cells.parts(row.get("aliases")):
        if len(alias) > 150:
            outcome.bad(
                row.line, "aliases", alias, _("At most %(limit)d characters.") % {"limit": 150}
            )
    for leaning in cells.parts(row.get("leanings")):
        if leaning not in actors:
            outcome.bad(row.line, "leanings", leaning, _("It is not the slug of an actor."))


def _store(row: Row, source: Source | None, actors: dict[str, list[int]], outcome: Outcome) -> None:
    new = source is None
    source = source or Source(slug=row.get("slug"))
    values = {
        "name": row.get("name"),
        "folded": fold_name(row.get("name")),
        "kind": row.get("kind") or source.kind or Source.Kind.OTHER,
        "reliability": row.get("reliability") or source.reliability,
        "note": row.get("note") or source.note,
    }
    differs = any(getattr(source, name) != value for name, value in values.items())
    if new or differs:
        for name, value in values.items():
            setattr(source, name, value)
        source.save()
    leanings = {pk for slug in cells.parts(row.get("leanings")) for pk in actors[slug]}
    if row.has("leanings") and set(source.leanings.values_list("pk", flat=True)) != leanings:
        source.leanings.set(leanings)
        differs = True
    have = set(source.names.values_list("name", flat=True))
    fresh = [name for name in cells.parts(row.get("aliases")) if name not in have]
    SourceName.objects.bulk_create(
        SourceName(source=source, name=name, folded=fold_name(name)) for name in fresh
    )
    differs |= bool(fresh)
    outcome.created += new
    outcome.updated += differs and not new
    outcome.unchanged += not differs and not new
