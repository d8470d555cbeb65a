"""What one may mean, as one types: places, actors and sources by any name. For the desk only."""

from datetime import datetime

from django.http import Http404, HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from events import gazetteer
from events.chronology.dates import DateError, parse
from events.drafting import options
from events.drafting.options import Option
from events.drafting.typed import keepable
from events.models import Conflict

from ..access import at_the_desk, conflict_at_desk

MOST = 8
LONGEST = 150


@require_safe
@at_the_desk
def find(request: HttpRequest, slug: str, kind: str) -> JsonResponse:
    """`?q=` text, `?at=` an EDTF date whose standing is shown beside each place (today without one)."""
    conflict = conflict_at_desk(request, slug)
    text = keepable(request.GET.get("q"))[:LONGEST]
    if kind == "place":
        found = _places(conflict, text, keepable(request.GET.get("at")))
    elif kind == "actor":
        matches = gazetteer.search_actors(conflict, text, limit=MOST)
        found = options.actor_options(conflict, matches)
    elif kind == "source":
        found = options.source_options(gazetteer.search_sources(text, limit=MOST))
    else:
        raise Http404
    return JsonResponse({"options": [option.as_json() for option in found]})


def _places(conflict: Conflict, text: str, at: str) -> list[Option]:
    *_above, name = text.split(">")
    matches = gazetteer.search_places(conflict, name, limit=MOST, hidden=True)
    return options.place_options(conflict, matches, _instant(conflict, at))


def _instant(conflict: Conflict, at: str) -> datetime:
    try:
        return parse(at, conflict.zone).latest or timezone.now()
    except DateError:
        return timezone.now()
