"""The changes of a conflict, newest first; and one change with its sources, its ruling and its effect."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from events.chronology.dates import map_day
from events.chronology.standing import Standing, standing_at
from events.ledger import Refused
from events.ledger.published import newest_first, one_look, public_changes
from events.ledger.warnings import overrides_of
from events.models import Change, Conflict, ReadSpan, Span, slug_of
from events.replay import with_details

from .asking import problem_of
from .cited import citations_of
from .words import Names, date_words, listed_places, sentence

PAGE = 50
TICK = timedelta(microseconds=1)


def change_row(change: Change, names: Names) -> dict[str, Any]:
    """A Change for a list: `day` is the first day on whose map it is done."""
    return {
        "change": change,
        "sentence": sentence(change, names),
        "date_words": date_words(change.date),
        "day": map_day(change.latest, names.zone),
        "places": listed_places(change, names),
    }


def change_list(request: HttpRequest, conflict: str) -> HttpResponse:
    with one_look():
        found = get_object_or_404(Conflict, slug=conflict)
        changes = with_details(public_changes(found))
        problem = ""
        try:
            page = newest_first(changes, request.GET.get("cursor"), PAGE)
        except Refused as refused:
            problem, page = problem_of(refused), newest_first(changes, None, PAGE)
        names = Names(found)
        rows = [change_row(change, names) for change in page.changes]
    context = {"conflict": found, "rows": rows, "next": page.next, "problem": problem}
    return render(request, "reading/changes.html", context, status=400 if problem else 200)


def change_page(request: HttpRequest, conflict: str, public_id: str) -> HttpResponse:
    """Superseded and retracted Changes keep their page: the record says what it once said, and why no more."""
    with one_look():
        found = get_object_or_404(Conflict, slug=conflict)
        rows = with_details(Change.objects.filter(conflict=found))
        rows = rows.select_related(
            "conflict", "actor", "other_actor", "supersedes", "superseded_by"
        )
        change = get_object_or_404(rows, public_id=public_id.replace("\x00", ""))
        names = Names(found)
        effects, others = effects_of(change, names)
        context = {
            "conflict": found,
            "row": change_row(change, names),
            "change": change,
            "citations": citations_of([change])[change.pk],
            "effects": effects,
            "others": others,
            "superseded_by": getattr(change, "superseded_by", None),
            **_overridden(change, request.user),
        }
    return render(request, "reading/change.html", context)


def _overridden(change: Change, user: Any) -> dict[str, Any]:
    """The warnings in spite of which it was published: the desk sees all, readers those about the sources."""
    at_desk = user.has_perm("events.use_desk", change.conflict)
    rows = [row for row in overrides_of(change.overrides) if at_desk or row.public]
    return {"overrides": rows, "at_desk": at_desk}


def effects_of(change: Change, names: Names) -> tuple[list[dict[str, Any]], int]:
    """What it did where it was made, as known when it was published; and in how many places inside.

    Doubt is left out here: the standing that surely was before, and the one that surely was from then on.
    """
    spans = Span.objects.filter(place__conflict=change.conflict_id).known(change.recorded_at)
    reached = set(spans.filter(change=change).values_list("place_id", flat=True))
    reached |= set(spans.filter(closed_by=change).values_list("place_id", flat=True))
    named = [row.place for row in change.named_places.all()]
    by_place = spans.filter(place__in=named).by_place(slug_of(change.conflict))
    effects = [
        {
            "place": names.place(place),
            "slug": place.slug,
            "before": names.standing(_surely(by_place.get(place.pk, []), change, TICK)),
            "after": names.standing(_surely(by_place.get(place.pk, []), change)),
            "changed": place.pk in reached,
        }
        for place in named
    ]
    return effects, len(reached - {place.pk for place in named})


def _surely(spans: list[ReadSpan], change: Change, before: timedelta = timedelta()) -> Standing:
    sure = [replace(s, doubt_from=s.valid_from, closing_doubt_from=None) for s in spans]
    return standing_at(sure, change.latest - before)
