"""What readers see now: the page one lands on after publishing."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from events.chronology.dates import in_words, map_day
from events.drafting import options
from events.drafting.called import called

from ..access import at_the_desk, draft_at_desk


@require_safe
@at_the_desk
def published(request: HttpRequest, pk: int) -> HttpResponse:
    draft = draft_at_desk(request, pk)
    change = draft.change
    if change is None:
        return redirect("editing:draft", draft.pk)
    conflict = draft.conflict
    day = map_day(change.latest, conflict.zone)
    places = [named.place for named in change.named_places.select_related("place")]
    now = called(conflict)
    said = options.standings_in_words(conflict, places, change.latest)
    rows = [
        {
            "name": now.place(place),
            "standing": said[place.pk],
            "map": f"/{conflict.slug}/?{urlencode({'at': day.isoformat(), 'place': place.slug})}",
        }
        for place in places
    ]
    context = {
        "draft": draft,
        "change": change,
        "conflict": conflict,
        "rows": rows,
        "day": in_words(day.isoformat(), gettext=_),
        "date": in_words(change.date, gettext=_),
    }
    return render(request, "editing/published.html", context)
