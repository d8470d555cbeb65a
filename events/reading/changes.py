"""The changes of a conflict, newest first."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from events.chronology.dates import map_day
from events.ledger import Refused
from events.ledger.paging import newest_first
from events.ledger.published import one_look, public_changes
from events.ledger.sentences import sentence
from events.models import Change, Conflict
from events.replay import with_details

from .asking import problem_of
from .words import Names, date_words, listed_places

PAGE = 50


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
