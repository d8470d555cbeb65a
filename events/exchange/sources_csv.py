"""Sources as the sources.csv that `import_sources` reads: what comes out goes in again unaltered."""

import csv
import io
from collections.abc import Iterable
from typing import Any

from django.db.models import Prefetch, QuerySet

from events.gazetteer import reports_by_source
from events.models import Actor, Conflict, Source

from .formulas import guarded

COLUMNS = ("slug", "name", "aliases", "kind", "leanings", "reliability", "note")
# What is said of a source to the desk alone.
OF_THE_DESK = ("note",)


def source_rows(conflict: Conflict, sources: QuerySet[Source]) -> list[dict[str, Any]]:
    """By the columns; `aliases` and `leanings` are lists. `leanings` are the conflict's own actors, by slug; three
    queries.
    """
    own = Prefetch(
        "leanings", Actor.objects.filter(conflict=conflict).order_by("pk"), to_attr="own"
    )
    rows = sources.order_by("pk").prefetch_related("names", own)
    return [
        {
            "slug": source.slug,
            "name": source.name,
            "aliases": [row.name for row in sorted(source.names.all(), key=lambda row: row.pk)],
            "kind": source.kind,
            "leanings": [actor.slug for actor in source.own],
            "reliability": source.reliability,
            "note": source.note,
        }
        for source in rows
    ]


def cited_in(conflict: Conflict) -> QuerySet[Source]:
    """Those on whose word a change of the conflict stands or once stood, themselves or relayed by another."""
    return Source.objects.filter(pk__in=list(reports_by_source(conflict)))


def sources_csv(rows: Iterable[dict[str, Any]], columns: Iterable[str] = COLUMNS) -> str:
    columns = list(columns)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    for row in rows:
        cells = (row[column] for column in columns)
        writer.writerow(guarded(c if isinstance(c, str) else "|".join(c)) for c in cells)
    return out.getvalue()
