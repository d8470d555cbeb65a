"""The changes of a conflict, newest first: all, or those of some days, of a place, of somebody, of a kind."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from events.chronology.dates import map_day
from events.ledger import Refused
from events.ledger.narrowed import narrowed
from events.ledger.paging import newest_first
from events.ledger.published import one_look, public_changes
from events.ledger.sentences import sentence
from events.models import Change, Conflict
from events.replay import with_details

from .asking import problem_of
from .narrowing import actor_choices, narrowing, source_choices, verb_choices
from .words import Names, date_words, listed_places

PAGE = 50
MOST_COUNTED = 10_000


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
        asked = narrowing(found, request.GET)
        listed = narrowed(public_changes(found), asked.wanted)
        problems = dict(asked.problems)
        try:
            page = newest_first(with_details(listed), request.GET.get("cursor"), PAGE)
        except Refused as refused:
            problems |= refused.errors
            page = newest_first(with_details(listed), None, PAGE)
        names = Names(found)
        context = {
            "conflict": found,
            "asked": asked,
            # of a whole war no more are counted than a reader cares for
            "fitting": listed.order_by()[: MOST_COUNTED + 1].count(),
            "most": MOST_COUNTED,
            "rows": [change_row(change, names) for change in page.changes],
            "next": asked.address(cursor=page.next) if page.next else "",
            "problem": problem_of(Refused(problems)) if problems else "",
            "actors": actor_choices(names),
            "verbs": verb_choices(),
            "sources": source_choices(found),
        }
    return render(request, "reading/changes.html", context, status=400 if problems else 200)
