"""What places, actors and sources were called at a known instant, for pages that are read as of then.

From the rows that pghistory keeps, as `then` has the places themselves (docs/decisions/0014-words-of-then.md).
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection

from .conflict import Conflict
from .then import OF_THEN, not_before_the_record, places_then

# The last row of each by K; of what was made later, as it was made.
LAST = """
    SELECT DISTINCT ON (row.pgh_obj_id) row.pgh_obj_id, {columns} FROM {table} AS row {only}
    ORDER BY row.pgh_obj_id, row.pgh_created_at > %(known)s,
             CASE WHEN row.pgh_created_at > %(known)s THEN row.pgh_id ELSE -row.pgh_id END
"""
ACTORS = LAST.format(
    columns="row.name, row.short, row.number",
    table="events_actorevent",
    only="WHERE row.conflict_id = %(conflict)s",
)
SOURCES = LAST.format(columns="row.name", table="events_sourceevent", only="")
# The first name that each has in the language, of those that were not taken back by K.
IN_LANGUAGE = """
    SELECT DISTINCT ON ({of}) {of}, name FROM (
        SELECT DISTINCT ON (row.pgh_obj_id) row.* FROM {table} AS row JOIN {things} AS thing ON thing.id = row.{of}
        WHERE thing.conflict_id = %(conflict)s AND row.pgh_created_at <= %(known)s
        ORDER BY row.pgh_obj_id, row.pgh_id DESC
    ) AS last WHERE pgh_label <> 'delete' AND language = %(language)s {only} ORDER BY {of}, id
"""
PLACES_IN = IN_LANGUAGE.format(
    of="place_id",
    table="events_placenameevent",
    things="events_place",
    only="AND kind = 'official'",
)
ACTORS_IN = IN_LANGUAGE.format(
    of="actor_id", table="events_actornameevent", things="events_actor", only=""
)
CITED = """
    SELECT cited.id, report.title, report.url, report.published, report.quote, source.name, source.kind,
           source.reliability
    FROM events_citation AS cited {report} {source} WHERE cited.id = ANY(%(keys)s)
"""
THEN = {
    "report": OF_THEN.format(table="events_reportevent", key="cited.report_id", name="report"),
    "source": OF_THEN.format(table="events_sourceevent", key="report.source_id", name="source"),
}


@dataclass(frozen=True, slots=True)
class WordsThen:
    """By key; what is not in here is called as it is now. `actors`: (name, short name, number)."""

    places: dict[int, str] = field(default_factory=dict)
    actors: dict[int, tuple[str, str, str]] = field(default_factory=dict)
    aliases: dict[int, str] = field(default_factory=dict)
    sources: dict[int, str] = field(default_factory=dict)


def words_then(conflict: Conflict, known_at: datetime, language: str) -> WordsThen:
    """In the reader's language: `aliases` are the actors' names in it, where it is not English."""
    known = not_before_the_record(conflict.pk, known_at)
    asked = {"conflict": conflict.pk, "known": known, "language": language}
    places: dict[int, str] = dict(places_then(conflict, known_at).values_list("id", "name"))
    aliases: dict[int, str] = {}
    if language != "en":
        places |= dict(_rows(PLACES_IN, asked))
        aliases = dict(_rows(ACTORS_IN, asked))
    actors = {pk: (name, short, number) for pk, name, short, number in _rows(ACTORS, asked)}
    return WordsThen(places, actors, aliases, dict(_rows(SOURCES, asked)))


def as_cited_then(conflict: Conflict, citations: list[Any], known_at: datetime) -> None:
    """Put the words of then into citations that have their report and its source at hand; not to be saved."""
    asked = {
        "keys": [row.pk for row in citations],
        "known": not_before_the_record(conflict.pk, known_at),
    }
    found = {key: words for key, *words in _rows(CITED.format(**THEN), asked)}
    for row in citations:
        if row.pk not in found:
            continue
        report, source = row.report, row.report.source
        (
            report.title,
            report.url,
            report.published,
            report.quote,
            source.name,
            source.kind,
            source.reliability,
        ) = found[row.pk]


def _rows(sql: str, asked: dict[str, Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, asked)
        return list(cursor.fetchall())
