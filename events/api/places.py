"""GET /conflicts/{c}/places and /conflicts/{c}/places/{slug}/history."""

from datetime import datetime
from typing import Any

from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Query, Router

from events.gazetteer import search_places
from events.ledger import span_rows
from events.ledger.asked import asked_known
from events.ledger.confirmed import confirmed_of, confirming
from events.ledger.published import one_look, said_about
from events.models import Conflict, Place
from events.models.then import names_then, places_of, places_then
from events.replay import change_records

from .finding import conflict_of, iso, known_text
from .schemas import FAULTS, HistoryOut, MatchesOut
from .wire import answer

router = Router(tags=["places"])


@router.get(
    "/conflicts/{slug:conflict}/places",
    response={200: MatchesOut, **FAULTS},
    url_name="places",
    summary="Find places by any name",
)
def places(
    request: HttpRequest,
    conflict: str,
    q: str = Query(..., min_length=1, max_length=200, description="any alias, in any script"),
    limit: int = Query(10, ge=1, le=100),
) -> HttpResponse:
    """Best first. A slip of the pen is forgiven; a place is named once, with its best name."""
    found = conflict_of(conflict)
    matches = [
        {
            **about(match.thing, match.thing.parent.slug if match.thing.parent else None),
            "matched": match.name,
            "score": round(match.score, 3),
        }
        for match in search_places(found, q, limit)
    ]
    return answer({"conflict": found.slug, "q": q, "places": matches})


@router.get(
    "/conflicts/{slug:conflict}/places/{slug:place}/history",
    response={200: HistoryOut, **FAULTS},
    url_name="history",
    summary="Spans and changes of one place",
)
def history(
    request: HttpRequest, conflict: str, place: str, known_at: str | None = None
) -> HttpResponse:
    """Changes are those that name the place, or one around it where the verb reaches inside."""
    found = conflict_of(conflict)
    known = asked_known(found, known_at)
    with one_look():
        instant = known.instant if known else None
        there = _place(found, place, instant)
        now = known.instant if known else timezone.now()
        said = said_about(there, instant)
        held = confirmed_of(there, said, now, instant)
        by = confirming(said, held) if held else []
        return answer(
            {
                "conflict": found.slug,
                "known_at": known_text(found, known),
                "place": {
                    **about(there, there.around),
                    "names": names_then(there, instant),
                    "population": there.population,
                },
                "last_confirmed": iso(held.confirmed) if held else None,
                "days_unconfirmed": (now - held.confirmed).days if held else None,
                "confirmed_by": [change.public_id for change in by],
                "spans": [_span(*row) for row in span_rows(there, instant)],
                "changes": change_records([change.key for change in said], instant),
            }
        )


def _place(conflict: Conflict, slug: str, known_at: datetime | None) -> Any:
    """With the slug of its parent as `around`."""
    rows = places_then(conflict, known_at).filter(slug=slug).annotate(around=F("parent__slug"))
    found = places_of(rows)
    if not found:
        raise Http404(_("There is no place “%(slug)s”.") % {"slug": slug})
    found[0].conflict = conflict
    return found[0]


def about(place: Place, parent: str | None) -> dict[str, Any]:
    """`parent`: its slug."""
    return {
        "place": place.slug,
        "name": place.name,
        "kind": place.kind,
        "parent": parent,
        "lat": round(place.point.y, 5) if place.point else None,
        "lon": round(place.point.x, 5) if place.point else None,
    }


def _span(
    actor: str | None,
    role: str,
    begun: datetime,
    ended: datetime | None,
    doubt: datetime | None,
    closing: datetime | None,
    change: str,
    closed_by: str | None,
) -> dict[str, Any]:
    return {
        "actor": actor,
        "role": role,
        "from": iso(begun),
        "to": iso(ended),
        "doubt_from": iso(doubt),
        "closing_doubt_from": iso(closing),
        "change": change,
        "closed_by": closed_by,
    }
