"""The queue: what waits at one desk."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from events import policy

from .. import queue as waiting
from ..access import at_the_desk, conflict_at_desk


@require_safe
@at_the_desk
def queue(request: HttpRequest, slug: str) -> HttpResponse:
    """`?where=` review (default), returned, embargoed, draft, open, published, dropped; `?mine=`; `?q=`; `?page=`."""
    conflict = conflict_at_desk(request, slug)
    asked = waiting.Filters.from_query(request.GET)
    shown, lines = waiting.page(request.user, conflict, asked, request.GET.get("page", "1"))
    counted, labels = waiting.counts(request.user, conflict), waiting.labels()
    context = {
        "conflict": conflict,
        "asked": asked,
        "page": shown,
        "lines": lines,
        "tabs": [
            (where, labels[where], counted[where], asked.query(where=where)) for where in labels
        ],
        "next_query": asked.query(),
        "may_publish": policy.may(request.user, "events.publish_change", conflict),
    }
    return render(request, "editing/queue.html", context)
