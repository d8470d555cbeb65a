"""The list of conflicts, and the map of one."""

from django.db.models import Count, Max, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from events.models import Change, Conflict

from .fallback import fallback
from .map_asked import asked_of_map
from .source import source_of


def conflict_list(request: HttpRequest) -> HttpResponse:
    in_record = Q(changes__superseded_by__isnull=True) & ~Q(changes__kind=Change.Kind.RETRACTION)
    conflicts = Conflict.objects.annotate(
        change_count=Count("changes", filter=in_record),
        last_published=Max("changes__recorded_at"),
    ).defer("bounds")
    return render(request, "reading/conflicts.html", {"conflicts": conflicts})


def map_page(request: HttpRequest, conflict: str) -> HttpResponse:
    """The replay. What the address asks goes to the map; what it cannot mean is said, and left out."""
    found = get_object_or_404(Conflict, slug=conflict)
    asked = asked_of_map(request.GET, found)
    source = source_of(found)
    context = {
        "conflict": found,
        "asked": asked,
        "source": source,
        "fallback": fallback(found, asked, source.build),
    }
    return render(request, "reading/map.html", context, status=asked.status)
