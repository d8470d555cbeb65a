"""What was taken back, in the open: the list of corrections, each with before and after, and why."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from events.chronology.standing import standing_at
from events.ledger import Refused
from events.ledger.known import TICK
from events.ledger.paging import BY_PUBLICATION, newest_first
from events.ledger.published import one_look, taken_back
from events.models import Change, Conflict, Membership, Place, ReadSpan, Span
from events.replay import with_details

from .asking import asked, problem_of
from .changes import change_row
from .words import Names

PAGE = 30
# A correction that names more places shows the first of them; each place's page has its own.
MOST_PLACES = 6


@dataclass(frozen=True, slots=True)
class Mended:
    """One place on the day in question: what readers were shown until then, and what they are shown since."""

    slug: str
    place: str
    before: Any
    after: Any

    @property
    def changed(self) -> bool:
        return bool(self.before.words != self.after.words)


def correction_list(request: HttpRequest, conflict: str) -> HttpResponse:
    """Newest first. With `?known=` those that had been made by then."""
    found = get_object_or_404(Conflict, slug=conflict)
    question = asked(request, found)
    problem, status = question.problem, question.status
    with one_look():
        changes = with_both(taken_back(found, question.known_at))
        try:
            page = newest_first(changes, request.GET.get("cursor"), PAGE, BY_PUBLICATION)
        except Refused as refused:
            problem, status = problem_of(refused), 400
            page = newest_first(changes, None, PAGE, BY_PUBLICATION)
        rows = correction_rows(found, page.changes, Names(found, known_at=question.known_at))
    context = {
        "conflict": found,
        "rows": rows,
        "next": page.next,
        "problem": problem,
        "asked": question,
    }
    return render(request, "reading/corrections.html", context, status=status)


def with_both(changes: QuerySet[Change]) -> QuerySet[Change]:
    """With what was taken back at hand, for `correction_rows`."""
    return with_details(changes).prefetch_related(
        "supersedes__conflict",
        "supersedes__actor",
        "supersedes__other_actor",
        "supersedes__named_places__place",
        "supersedes__citations__report__source",
    )


def correction_rows(
    conflict: Conflict, corrections: Iterable[Change], names: Names
) -> list[dict[str, Any]]:
    """Each correction or retraction for a page, in a constant number of queries."""
    corrections = list(corrections)
    instants = {change.pk: _day_in_question(change) for change in corrections}
    spans = _spans(conflict, corrections)
    roles = roles_of(conflict, corrections)
    return [
        {
            **change_row(change, names),
            "was": change_row(change.supersedes, names),
            "retracted": change.kind == Change.Kind.RETRACTION,
            "role": roles.get(change.published_by_id or 0, ""),
            **_sources(change, names),
            "day": (instants[change.pk] - TICK).astimezone(conflict.zone).date(),
            "mended": _mended(change, instants[change.pk], spans, names),
        }
        for change in corrections
        if change.supersedes is not None
    ]


def roles_of(conflict: Conflict, changes: Iterable[Change]) -> Mapping[int, str]:
    """Who published, as readers are told: the role, never the name."""
    people = {change.published_by_id for change in changes}
    held = Membership.objects.filter(conflict=conflict, user__in=people)
    return {row.user_id: str(row.get_role_display()) for row in held}


def _sources(change: Change, names: Names) -> dict[str, list[str]]:
    """Sources cited only before, and only since: by the report, named by the source."""
    assert change.supersedes is not None  # noqa: S101  the callers pass none without
    before, after = (
        {row.report_id: names.source(row.report.source) for row in one.citations.all()}
        for one in (change.supersedes, change)
    )
    if change.kind == Change.Kind.RETRACTION:
        return {"no_more_cited": [], "newly_cited": []}
    return {
        "no_more_cited": sorted({name for key, name in before.items() if key not in after}),
        "newly_cited": sorted({name for key, name in after.items() if key not in before}),
    }


def _day_in_question(change: Change) -> datetime:
    """The earlier of the two effective instants: from there the old and the new record part."""
    assert change.supersedes is not None  # noqa: S101  the callers pass none without
    if change.kind == Change.Kind.RETRACTION:
        return change.supersedes.latest
    return min(change.latest, change.supersedes.latest)


def _named(change: Change) -> list[Place]:
    """The places that it or what it takes back names."""
    both = [change.supersedes, change] if change.supersedes else [change]
    named = [row.place for one in both for row in one.named_places.all()]
    return list(dict.fromkeys(named))[:MOST_PLACES]


def _spans(conflict: Conflict, corrections: list[Change]) -> dict[int, list[Span]]:
    places = {place.pk for change in corrections for place in _named(change)}
    if not places:
        return {}
    first = min(change.recorded_at for change in corrections) - TICK
    last = max(change.recorded_at for change in corrections)
    # What was said at some time between the first and the last of these corrections.
    rows = Span.objects.filter(place__in=places, known__overlap=(first, last + TICK))
    found: dict[int, list[Span]] = {}
    for span in rows:
        found.setdefault(span.place_id, []).append(span)
    return found


def _mended(
    change: Change, instant: datetime, spans: dict[int, list[Span]], names: Names
) -> list[Mended]:
    slug = slug_by_key(names)
    rows = []
    for place in _named(change):
        said = spans.get(place.pk, [])
        before, after = (
            standing_at(_known(said, at, slug), instant)
            for at in (change.recorded_at - TICK, change.recorded_at)
        )
        rows.append(
            Mended(place.slug, names.place(place), names.standing(before), names.standing(after))
        )
    return rows


def slug_by_key(names: Names) -> Mapping[int, str]:
    return {actor.pk: slug for slug, actor in names.actors.items()}


def _known(spans: Iterable[Span], at: datetime, slug: Mapping[int, str]) -> list[ReadSpan]:
    return [
        ReadSpan(
            slug[span.actor_id] if span.actor_id else None,
            span.role,
            span.valid.lower,
            span.valid.upper,
            span.doubt_from,
            span.closing_doubt_from,
            span.change_id,
            span.closed_by_id,
        )
        for span in spans
        if span.known.lower <= at and (span.known.upper is None or at < span.known.upper)
    ]
