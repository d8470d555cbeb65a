"""A Change as readers get it: the same record in the files, the API and the pages."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.translation import gettext, override

from events.chronology.dates import in_words, map_day
from events.models import Change, ChangePlace, Citation

Record = dict[str, Any]


def with_details(changes: QuerySet[Change]) -> QuerySet[Change]:
    """All that `change_records` needs, in a constant number of queries."""
    return changes.select_related(
        "conflict", "actor", "other_actor", "supersedes"
    ).prefetch_related(
        Prefetch("named_places", ChangePlace.objects.select_related("place")),
        Prefetch("citations", Citation.objects.select_related("report__source")),
    )


def change_records(
    changes: QuerySet[Change] | Iterable[Change], languages: Iterable[str] = ()
) -> list[Record]:
    """Changes in the CHANGE form of docs/data-formats.md, in the order given.

    Words are in the language of the moment; a file that all readers share says dates in `languages` too.
    """
    if isinstance(changes, QuerySet):
        changes = with_details(changes)
    records = [change_record(change) for change in changes]
    for language in languages:
        with override(language):
            for record in records:
                words = in_words(record["date"], gettext=gettext)
                record.setdefault("date_words_in", {})[language] = words
    return records


def change_record(change: Change) -> Record:
    zone = change.conflict.zone
    day = map_day(change.latest, zone)
    first = change.earliest.astimezone(zone).date() if change.earliest else None
    return {
        "id": change.public_id,
        "date": change.date,
        "date_words": in_words(change.date, gettext=gettext),
        "day": day.isoformat(),
        "first_day": min(first, day).isoformat() if first else None,
        "kind": change.kind,
        "supersedes": change.supersedes.public_id if change.supersedes else None,
        "reason": change.reason,
        "verb": change.verb,
        "actor": change.actor.slug if change.actor else None,
        "other_actor": change.other_actor.slug if change.other_actor else None,
        "places": [named.place.slug for named in change.named_places.all()],
        "place_count": change.place_count,
        "headline": change.headline,
        "note": change.note,
        "ruling": change.ruling,
        "ruling_reason": change.ruling_reason,
        "published_at": change.recorded_at.isoformat(),
        "url": reverse("change", args=[change.conflict.slug, change.public_id]),
        "citations": [citation_record(citation) for citation in change.citations.all()],
    }


def citation_record(citation: Citation) -> Record:
    report = citation.report
    return {
        "source": report.source.slug,
        "source_name": report.source.name,
        "kind": report.source.kind,
        "reliability": report.source.reliability,
        "stance": citation.stance,
        "title": report.title,
        "url": report.url,
        "published": report.published,
        "quote": report.quote,
        "note": citation.note,
    }
