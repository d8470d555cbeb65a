"""What has gone longest unconfirmed: where to look for news of a recapture that nobody reported."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from events.chronology.dates import in_words, map_day
from events.drafting import options
from events.drafting.called import called
from events.ledger import Refused, listed
from events.ledger.asked import Moment, asked_at, last_day
from events.ledger.stale import Unconfirmed
from events.models import Conflict, slug_of

from ..access import at_the_desk, conflict_at_desk
from ..unconfirmed import longest


@require_safe
@at_the_desk
def stale_page(request: HttpRequest, slug: str) -> HttpResponse:
    """`?at=` a day: as of then; else the last day of a war that is over. A constant number of queries."""
    conflict = conflict_at_desk(request, slug)
    at = usual = last_day(conflict)
    problem = ""
    try:
        at = asked_at(conflict, request.GET.get("at"), usual)
    except Refused as refused:
        problem = " ".join(why for reasons in refused.errors.values() for why in reasons)
    found = longest(conflict, at.instant)
    context = {
        "conflict": conflict,
        "at": at,
        "usual": usual.text,
        "problem": problem,
        "rows": _rows(conflict, at, found),
    }
    return render(request, "editing/stale.html", context, status=400 if problem else 200)


def _rows(conflict: Conflict, at: Moment, found: list[Unconfirmed]) -> list[dict[str, object]]:
    names, slugs = options.short_names(conflict), slug_of(conflict)
    now = called(conflict)
    above = options.where(conflict, [row.place for row in found])
    return [
        {
            "row": row,
            "name": now.place(row.place),
            "where": above[row.place.pk],
            "holders": listed((slugs(actor) for actor in row.held.holders), names)
            or _("nobody is known to hold it"),
            "confirmed": in_words(
                map_day(row.held.confirmed, conflict.zone).isoformat(), gettext=_
            ),
            "days": ngettext("%(days)d day", "%(days)d days", row.days) % {"days": row.days},
            "map": f"{reverse('map', args=[conflict.slug])}?"
            + urlencode({"at": at.text[:10], "place": row.place.slug}),
        }
        for row in found
    ]
