"""Citations as readers get them: who says so, how reliable, partisan to whom, in which words."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Prefetch

from events.models import Actor, Change, Citation
from events.models.words_then import as_cited_then

from .words import Names, typed_words, web_link


def citations_of(changes: Iterable[Change], names: Names) -> dict[int, list[dict[str, Any]]]:
    """By the Change's key, in three queries. Leanings are those of the Change's own conflict. In the words of then
    where `names` are; to whom a source leans, and what a report relays, is as of now.
    """
    by_key = {change.pk: change for change in changes}
    rows = Citation.objects.filter(change__in=by_key).order_by("pk")
    rows = rows.select_related("report__source", "report__relays__source").prefetch_related(
        Prefetch("report__source__leanings", Actor.objects.order_by("pk"))
    )
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    if names.known_at and by_key:
        as_cited_then(next(iter(by_key.values())).conflict, list(rows), names.known_at)
    for row in rows:
        found[row.change_id].append(_citation(row, by_key[row.change_id], names))
    return found


def _citation(row: Citation, change: Change, names: Names) -> dict[str, Any]:
    report, source = row.report, row.report.source
    return {
        "source": source.name,
        "kind": source.get_kind_display(),
        "reliability_words": source.get_reliability_display(),
        "leanings": [
            names.actor(actor)
            for actor in source.leanings.all()
            if actor.conflict_id == change.conflict_id
        ],
        "stance": row.stance,
        "stance_words": row.get_stance_display(),
        "title": report.title,
        "url": web_link(report.url),
        "published": typed_words(report.published),
        "quote": report.quote,
        "relays": names.source(report.relays.source) if report.relays else "",
        "note": row.note,
    }
