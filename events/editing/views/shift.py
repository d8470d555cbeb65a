"""The shift's list, and the record of who did what."""

from datetime import datetime
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from events import policy

from .. import record as acts
from .. import reviewing
from .. import shift as shifts
from ..access import at_the_desk, conflict_at_desk


@require_safe
@at_the_desk
def shift(request: HttpRequest, slug: str) -> HttpResponse:
    """`?since=18:00`, in the conflict's zone; the last edition without it."""
    conflict = conflict_at_desk(request, slug)
    asked = shifts.since(conflict, request.GET.get("since", ""))
    context = {
        "conflict": conflict,
        "since": asked,
        "now": timezone.now(),
        "shift": shifts.shift(request.user, conflict, asked.at),
        "editions": [hour.strftime("%H:%M") for hour in conflict.editions],
    }
    return render(request, "editing/shift.html", context, status=400 if asked.problem else 200)


@require_safe
@at_the_desk
def record(request: HttpRequest, slug: str) -> HttpResponse:
    """`?before=` an instant (the pages' own links), `?by=` a person's key."""
    conflict = conflict_at_desk(request, slug)
    policy.require(request.user, "events.see_record", conflict)
    by = request.GET.get("by", "")[:9]
    person = int(by) if by.isdecimal() else None
    found = acts.actions(conflict, _instant(request.GET.get("before", "")), person)
    older = ""
    if len(found) == acts.A_PAGE:
        asked = {"before": found[-1].at.isoformat(), "by": by}
        older = urlencode({name: text for name, text in asked.items() if text})
    context = {
        "conflict": conflict,
        "actions": found,
        "older": older,
        "members": reviewing.members(conflict),
        "by": person,
    }
    return render(request, "editing/record.html", context)


def _instant(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else None
