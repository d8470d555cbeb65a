"""A Change as readers get it: the same record in the files, the API and the pages."""

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.translation import get_language, gettext

from events.chronology.dates import in_words, map_day
from events.models import Change, ChangePlace, Citation
from events.models.then import OF_THEN

Record = dict[str, Any]
# In one statement, with what belongs to each: as models a place's hundred changes would take most of an answer's time.
RECORDS = """
    SELECT said.id, said.public_id, said.date, said.earliest, said.latest, said.kind, was.public_id, said.reason,
           said.verb, actor.slug, other.slug, said.place_count, said.headline, said.note, said.ruling,
           said.ruling_reason, said.recorded_at, conflict.slug, conflict.timezone,
           (SELECT array_agg(place.slug ORDER BY named.ordinal, named.id)
            FROM events_changeplace AS named JOIN events_place AS place ON place.id = named.place_id
            WHERE named.change_id = said.id),
           (SELECT json_agg(json_build_array(source.slug, source.name, source.kind, source.reliability, cited.stance,
                                             report.title, report.url, report.published, report.quote, cited.note)
                            ORDER BY cited.id)
            FROM events_citation AS cited {report} {source} WHERE cited.change_id = said.id)
    FROM events_change AS said JOIN events_conflict AS conflict ON conflict.id = said.conflict_id
    LEFT JOIN events_change AS was ON was.id = said.supersedes_id
    LEFT JOIN events_actor AS actor ON actor.id = said.actor_id
    LEFT JOIN events_actor AS other ON other.id = said.other_actor_id
    WHERE said.id = ANY(%(keys)s)
"""
REPORT = "JOIN events_report AS report ON report.id = cited.report_id"
SOURCE = "JOIN events_source AS source ON source.id = report.source_id"
THEN = {
    "report": OF_THEN.format(table="events_reportevent", key="cited.report_id", name="report"),
    "source": OF_THEN.format(table="events_sourceevent", key="report.source_id", name="source"),
}
CITATION = (
    *("source", "source_name", "kind", "reliability", "stance"),
    *("title", "url", "published", "quote", "note"),
)


def with_details(changes: QuerySet[Change]) -> QuerySet[Change]:
    """All that the pages show of them, in a constant number of queries."""
    return changes.select_related(
        "conflict", "actor", "other_actor", "supersedes"
    ).prefetch_related(
        Prefetch(
            "named_places",
            ChangePlace.objects.select_related("place").defer("place__area", "place__territory"),
        ),
        Prefetch("citations", Citation.objects.select_related("report__source")),
    )


def change_records(keys: Iterable[int], known_at: datetime | None = None) -> list[Record]:
    """Changes in the CHANGE form of docs/data-formats.md, by their keys, in the order given; one query.

    Sources and reports as they were known at `known_at` (None: now). Words are in the language of the moment.
    """
    wanted = list(keys)
    sql = RECORDS.format(**(THEN if known_at else {"report": REPORT, "source": SOURCE}))
    with connection.cursor() as cursor:
        cursor.execute(sql, {"keys": wanted, "known": known_at})
        found = {row[0]: _record(row) for row in cursor.fetchall()}
    return [found[key] for key in wanted]


@lru_cache(maxsize=20_000)
def _words(date: str, language: str | None) -> str:
    """A war's dates are a few thousand, said over and over. `language` is the one that is active."""
    return in_words(date, gettext=gettext)


def _record(row: tuple[Any, ...]) -> Record:
    (
        _key, public_id, date, earliest, latest, kind, supersedes, reason, verb, actor, other, place_count, headline,
        note, ruling, ruling_reason, recorded_at, conflict, timezone, places, citations,
    ) = row  # fmt: skip
    zone = ZoneInfo(timezone)
    day = map_day(latest, zone)
    first = earliest.astimezone(zone).date() if earliest else None
    return {
        "id": public_id,
        "date": date,
        "date_words": _words(date, get_language()),
        "day": day.isoformat(),
        "first_day": min(first, day).isoformat() if first else None,
        "kind": kind,
        "supersedes": supersedes,
        "reason": reason,
        "verb": verb,
        "actor": actor,
        "other_actor": other,
        "places": places or [],
        "place_count": place_count,
        "headline": headline,
        "note": note,
        "ruling": ruling,
        "ruling_reason": ruling_reason,
        "published_at": recorded_at.isoformat(),
        "url": reverse("change", args=[conflict, public_id]),
        "citations": [dict(zip(CITATION, cited, strict=True)) for cited in citations or ()],
    }
