"""places.csv, and whatever else brings in places: rows of the same cells."""

from collections import defaultdict
from pathlib import Path
from typing import Any

from django.contrib.gis.geos import GEOSGeometry
from django.utils.translation import gettext as _

from events.gazetteer import fold_name, language_of, script_of
from events.ledger import rebuild
from events.ledger.copying import check_at_once, copy_in
from events.models import Change, Conflict, Place, PlaceName

from . import cells
from .problems import Outcome
from .table import Columns, Row, read_table

NAME = r"name_[a-z]{2,3}(?:[-_][A-Za-z]{2,8})?"
COLUMNS = Columns(
    ("slug",),
    (
        *("kind", "parent", "name_en", "aliases", "lat", "lon", "population", "geonames_id"),
        *("pcode", "wikidata", "area", "coordinates_from"),
    ),
    NAME,
    guarded=True,
)
TEXTS = ("pcode", "wikidata", "coordinates_from")
NUMBERS = ("population", "geonames_id")
BATCH = 1_000
DEEPEST = 50


def import_places(path: Path, outcome: Outcome, conflict: Conflict) -> None:
    """Make or update places from CSV."""
    store_places(read_table(path, COLUMNS, outcome), outcome, conflict)


def store_places(rows: list[Row], outcome: Outcome, conflict: Conflict) -> None:
    """Make or update places, parents first whatever their order in the file.

    A place that is there already keeps what the row has no cell for; one that only the desk knew becomes public: who
    brings in a gazetteer says so. Where a place moved in the tree, what
    reaches it changed too: the Spans are folded anew.
    """
    # Each audit row begins a subtransaction.
    check_at_once()
    known = {place.slug: place for place in Place.every.filter(conflict=conflict)}
    checked: dict[str, tuple[Row, dict[str, Any]]] = {}
    for row in rows:
        values = _values(row, outcome, known)
        if values is not None and row.get("slug") in checked:
            outcome.bad(row.line, "slug", row.get("slug"), _("The slug is there twice."))
        elif values is not None:
            checked[row.get("slug")] = (row, values)
    before = {place.pk: place for place in known.values()}
    moved = revealed = False
    # Those of one depth together, so that each has a parent that is stored already.
    fresh: dict[int, list[Place]] = defaultdict(list)
    changed: list[Place] = []
    for slug in _parents_first(checked, known, outcome):
        row, values = checked[slug]
        revealed |= slug in known and known[slug].hidden
        place, what = _brought(row, values, known, before, outcome, conflict)
        moved |= what == "moved"
        if what == "new":
            fresh[place.depth].append(place)
        elif what != "unchanged":
            changed.append(place)
    for depth in sorted(fresh):
        Place.objects.bulk_create(fresh[depth], batch_size=BATCH)
    for place in changed:
        place.save()
    _names([(known[slug], row) for slug, (row, _v) in checked.items() if slug in known])
    if moved:
        _follow(before)
    # What was said of an area reaches a place that is new in it.
    if (moved or revealed or outcome.created) and Change.objects.filter(conflict=conflict).exists():
        rebuild(conflict)


def _follow(before: dict[int, Place]) -> None:
    """What is inside a place that moved moves with it."""
    seated: set[int] = set()

    def seat(place: Place) -> None:
        if place.pk in seated:
            return
        seated.add(place.pk)
        # One that is new in this import is in its place already.
        parent = before.get(place.parent_id) or place.parent if place.parent_id else None
        if parent is not None and parent.pk in before:
            seat(parent)
        path = place.path
        place.put_inside(parent)
        if place.path != path:
            place.save(update_fields=["depth", "path"])

    for place in before.values():
        seat(place)


def _values(row: Row, outcome: Outcome, known: dict[str, Place]) -> dict[str, Any] | None:
    """The row's cells as values of the model; None where anything is wrong."""
    before = len(outcome.problems)
    values: dict[str, Any] = {}

    def take(name: str, make: Any, *columns: str) -> None:
        columns = columns or (name,)
        if not any(row.get(column) for column in columns):
            return
        try:
            values[name] = make(*(row.get(column) for column in columns))
        except ValueError as error:
            shown = ", ".join(row.get(column) for column in columns)
            outcome.bad(row.line, columns[0], shown, str(error))

    try:
        cells.slug(row.get("slug"))
    except ValueError as error:
        outcome.bad(row.line, "slug", row.get("slug"), str(error))
    take("kind", lambda text: cells.one_of(text, list(Place.Kind.values)))
    take("point", cells.point, "lat", "lon")
    take("area", cells.area)
    take("name", str, "name_en")
    for name in NUMBERS:
        take(name, cells.whole)
    for name in TEXTS:
        take(name, str)
        _length(row, name, Place._meta.get_field(name).max_length, outcome)
    for column in row.cells:
        if column.startswith("name_"):
            _length(row, column, 150, outcome)
    for alias in cells.parts(row.get("aliases")):
        if len(alias) > 150:
            outcome.bad(
                row.line, "aliases", alias, _("At most %(limit)d characters.") % {"limit": 150}
            )
    if row.get("slug") not in known:
        for name, column in (("kind", "kind"), ("name", "name_en")):
            if name not in values and not row.get(column):
                outcome.bad(row.line, column, "", _("A new place needs it."))
    return values if len(outcome.problems) == before else None


def _length(row: Row, column: str, limit: int | None, outcome: Outcome) -> None:
    if limit and len(row.get(column)) > limit:
        reason = _("At most %(limit)d characters.") % {"limit": limit}
        outcome.bad(row.line, column, row.get(column), reason)


def _parents_first(
    checked: dict[str, tuple[Row, dict[str, Any]]], known: dict[str, Place], outcome: Outcome
) -> list[str]:
    """Slugs in an order in which each parent comes before its children; what has no way up is refused."""
    order: list[str] = []
    state: dict[str, str] = {}

    def visit(slug: str, above: int) -> bool:
        if slug not in checked:
            return slug in known
        if slug in state:
            return state[slug] == "done"
        state[slug] = "open"
        row = checked[slug][0]
        parent = row.get("parent")
        # a long chain of parents is bounded by the depth of a gazetteer, so recursion is safe: DEEPEST levels
        if parent and (above >= DEEPEST or not visit(parent, above + 1)):
            again = state.get(parent) == "open"
            reason = (
                _("The places are inside one another.") if again else _("The parent is not known.")
            )
            outcome.bad(row.line, "parent", parent, reason)
            state[slug] = "bad"
            return False
        state[slug] = "done"
        order.append(slug)
        return True

    for slug in checked:
        visit(slug, 0)
    return order


def _brought(
    row: Row,
    values: dict[str, Any],
    known: dict[str, Place],
    before: dict[int, Place],
    outcome: Outcome,
    conflict: Conflict,
) -> tuple[Place, str]:
    """One place as it is to be stored, and whether it is new, moved in the tree, changed otherwise, or unchanged.
    `before`: those that were there, by key.
    """
    found = known.get(row.get("slug"))
    place = found or Place(conflict=conflict, slug=row.get("slug"))
    parent = known[row.get("parent")] if row.get("parent") else before.get(place.parent_id)
    # A parent that is new has no key yet.
    moved = found is not None and (parent and parent.pk) != place.parent_id
    if moved and parent and (parent.path.startswith(place.path)):
        outcome.bad(row.line, "parent", parent.slug, _("The places are inside one another."))
        return place, "unchanged"
    changed = (
        moved
        or place.hidden
        or any(not _same(getattr(place, name), values[name]) for name in values)
    )
    for name, value in values.items():
        setattr(place, name, value)
    place.put_inside(parent)
    place.hidden = False
    known[place.slug] = place
    if found is None:
        outcome.created += 1
        return place, "new"
    outcome.updated += changed
    outcome.unchanged += not changed
    return place, "moved" if moved else "changed" if changed else "unchanged"


def _same(old: Any, new: Any) -> bool:
    if isinstance(old, GEOSGeometry) and isinstance(new, GEOSGeometry):
        return bool(old.wkb == new.wkb)
    return bool(old == new)


def _names(pairs: list[tuple[Place, Row]]) -> None:
    """Add the names that are not there yet; a newsroom's own additions stay."""
    ids = [place.pk for place, _row in pairs]
    have = {
        (pk, name, language)
        for pk, name, language in PlaceName.every.filter(place__in=ids).values_list(
            "place_id", "name", "language"
        )
    }
    fresh: dict[tuple[int, str, str], str] = {}
    for place, row in pairs:
        official = {
            column.removeprefix("name_"): text
            for column, text in row.cells.items()
            if column.startswith("name_") and text
        }
        wanted = [(name, language, PlaceName.Kind.OFFICIAL) for language, name in official.items()]
        for alias in cells.parts(row.get("aliases")):
            wanted.append((alias, language_of(alias), PlaceName.Kind.ALIAS))
        for name, language, kind in wanted:
            if (key := (place.pk, name, language)) not in have:
                fresh.setdefault(key, kind)
    copy_in(
        PlaceName,
        ("place_id", "name", "language", "kind", "script", "folded"),
        ((*key, kind, script_of(key[1]), fold_name(key[1])) for key, kind in fresh.items()),
    )
