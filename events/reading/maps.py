"""The list of conflicts, and the map of one."""

from datetime import timedelta

from django.db.models import Count, Max, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from events.ledger import Refused, Unsettled
from events.ledger.asked import asked_at, asked_known
from events.models import Change, Conflict

from .asking import problem_of


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
    asked, problem, status = {"at": "", "known": ""}, "", 200
    try:
        if request.GET.get("at"):
            at = asked_at(found, request.GET["at"])
            # The map knows days: an instant is on the map of the day that it falls in.
            local = (at.instant - timedelta(microseconds=1)).astimezone(found.zone).date()
            asked["at"] = at.text if "T" not in at.text else local.isoformat()
        known = asked_known(found, request.GET.get("known"), "known")
        asked["known"] = known.instant.isoformat() if known else ""
    except Refused as refused:
        problem, status = problem_of(refused), 400
    except Unsettled as unsettled:
        problem, status = str(unsettled), 503
    place = found.places.filter(slug=request.GET.get("place", "").replace("\x00", "")).first()
    context = {"conflict": found, **asked, "place": place, "problem": problem}
    return render(request, "reading/map.html", context, status=status)
