"""A place made on the spot: where it lies is found while one points, and it is made when one says so."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from events import gazetteer, policy
from events.drafting.typed import keepable
from events.gazetteer import BadPlace
from events.models import Conflict

from .. import spotting
from ..access import at_the_desk, conflict_at_desk


@require_http_methods(["GET", "HEAD", "POST"])
@at_the_desk
def spot(request: HttpRequest, slug: str) -> HttpResponse:
    """`do=look` says where the point lies and what is near; `do=make` makes it, after those that sound alike were
    shown: then, with `anyway`, or where there is none.
    """
    conflict = conflict_at_desk(request, slug)
    policy.require(request.user, "events.make_place", conflict)
    if request.method != "POST":
        wanted, written = spotting.wanted_from(request.GET)
        shown = spotting.spotted(conflict, spotting.empty(wanted, written), written, quiet=True)
        date, near = request.GET.get("date", ""), request.GET.getlist("near")
        spotting.open_at(conflict, shown, keepable(date)[:300], [*map(keepable, near)])
        return _page(request, conflict, shown)
    wanted, written = spotting.wanted_from(request.POST)
    make = request.POST.get("do") in ("make", "anyway")
    shown = spotting.spotted(conflict, wanted, written, quiet=not make)
    if not make or shown.errors:
        return _page(request, conflict, shown, status=400 if shown.errors else 200)
    if shown.alike and request.POST.get("do") != "anyway":
        return _page(request, conflict, shown, status=409, asks=True)
    try:
        place = gazetteer.make_place(conflict, wanted, by=request.user, written=written)
    except BadPlace as bad:
        shown.errors = bad.errors
        return _page(request, conflict, shown, status=400)
    if request.headers.get("Accept") == "application/json":
        text = spotting.made_text(conflict, place)
        return JsonResponse({"text": text, "name": place.name, "said": spotting.said(place)})
    messages.success(request, spotting.said(place))
    return redirect(request.path)


def _page(
    request: HttpRequest,
    conflict: Conflict,
    shown: spotting.Spotted,
    *,
    status: int = 200,
    asks: bool = False,
) -> HttpResponse:
    context = {"conflict": conflict, "spot": shown, "asks": asks}
    return render(request, "editing/spot.html", context, status=status)
