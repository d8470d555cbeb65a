"""The actors of a conflict as the actors.csv that `import_actors` reads: what comes out goes in again unaltered."""

import csv
import io
from typing import Any

from events.gazetteer import write_spelled
from events.models import Actor, Conflict

from .formulas import guarded

COLUMNS = (
    *("slug", "name", "short", "number", "aliases", "kind", "parent", "colour", "pattern"),
    *("active_from", "active_to", "note"),
)


def actor_rows(conflict: Conflict) -> list[dict[str, Any]]:
    """By the columns; `aliases` and `parent` are lists. In the order in which they were made; four queries."""
    rows = Actor.objects.filter(conflict=conflict).order_by("pk")
    return [_row(actor) for actor in rows.prefetch_related("names", "coalitions__coalition")]


def actors_csv(conflict: Conflict) -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for row in actor_rows(conflict):
        cells = (row[column] for column in COLUMNS)
        writer.writerow(guarded(c if isinstance(c, str) else "|".join(c)) for c in cells)
    return out.getvalue()


def _row(actor: Actor) -> dict[str, Any]:
    plain = {name: getattr(actor, name) for name in COLUMNS if name not in ("aliases", "parent")}
    return {**plain, "aliases": _aliases(actor), "parent": _parents(actor)}


def _aliases(actor: Actor) -> list[str]:
    """Name and short name are among the names by themselves, unless something is to be said of them."""
    own = (actor.name, actor.short)
    texts = (
        (row.name, write_spelled(row.name, row.language, row.used_from, row.used_to))
        for row in sorted(actor.names.all(), key=lambda row: row.pk)
    )
    return [text for name, text in texts if name not in own or text != name]


def _parents(actor: Actor) -> list[str]:
    """Without braces a membership lasts as long as the actor; with empty ones it is without dates."""
    found = []
    for row in sorted(actor.coalitions.all(), key=lambda row: row.pk):
        slug = row.coalition.slug
        if (row.since, row.until) == (actor.active_from, actor.active_to):
            found.append(slug)
        else:
            text = write_spelled(slug, "", row.since, row.until)
            found.append(text if text != slug else f"{slug} {{}}")
    return found
