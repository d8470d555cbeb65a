"""The changes of a conflict as the changes.csv that `import_changes` reads.

What stands now, each once. What was taken back, and why, stays in the record: a file says what is so, not what was
said when. Whom a report relays has no column.
"""

import csv
from collections.abc import Iterator
from io import StringIO
from itertools import zip_longest

from django.db.models import F, Prefetch
from django.db.models.functions import Coalesce

from events.ledger.published import public_changes
from events.models import Change, ChangePlace, Citation, Conflict

from .formulas import guarded

COLUMNS = (
    *("id", "date", "actor", "verb", "place", "place_count", "other_actor", "headline", "source"),
    *("report_title", "report_url", "published", "stance", "ruling", "ruling_reason", "note"),
)
BATCH = 2_000
Cells = tuple[str, ...]
NO_CITATION: Cells = ("", "", "", "", "", "")


def changes_csv(conflict: Conflict) -> Iterator[str]:
    """The file, some thousand rows at a time. The order of its rows will be the order of entry: those that were put
    behind others of their day come behind all of them, which is the same to the fold.
    """
    out = StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for number, change in enumerate(_changes(conflict)):
        writer.writerows(_rows(change))
        if number % BATCH == BATCH - 1:
            yield out.getvalue()
            out.seek(0)
            out.truncate()
    yield out.getvalue()


def _changes(conflict: Conflict) -> Iterator[Change]:
    named = ChangePlace.objects.order_by("ordinal").select_related("place")
    cited = Citation.objects.order_by("pk").select_related("report__source")
    rows = public_changes(conflict).select_related("actor", "other_actor")
    rows = rows.prefetch_related(
        Prefetch("named_places", named, to_attr="named"),
        Prefetch("citations", cited, to_attr="cited"),
    )
    return rows.order_by("day_order", Coalesce(F("entry"), F("pk"))).iterator(chunk_size=BATCH)


def _rows(change: Change) -> Iterator[list[str]]:
    """One for each place or citation, whatever there is more of."""
    citations = [_cited(citation) for citation in change.cited]  # type: ignore[attr-defined]
    # The note of the first row is the change's own.
    if citations and citations[0][-1]:
        citations.insert(0, NO_CITATION)
    places = [named.place.slug for named in change.named]  # type: ignore[attr-defined]
    both = list(zip_longest(places, citations)) or [(None, None)]
    for number, (place, citation) in enumerate(both):
        source, title, url, published, stance, note = citation or NO_CITATION
        row = (
            *(change.public_id, change.date, change.actor.slug if change.actor else ""),
            *(change.verb, place or "", str(change.place_count or "")),
            *(change.other_actor.slug if change.other_actor else "", change.headline),
            *(source, title, url, published, stance, change.ruling, change.ruling_reason),
            note if number else change.note,
        )
        yield [guarded(cell) for cell in row]


def _cited(citation: Citation) -> Cells:
    report = citation.report
    return (
        *(report.source.slug, report.title, report.url, report.published),
        *(citation.stance, citation.note),
    )
