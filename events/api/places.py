"""GET /conflicts/{c}/places and /conflicts/{c}/places/{slug}/history."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Query, Router

from events.gazetteer import search_places
from events.ledger import spans_of
from events.ledger.asked import asked_known
from events.ledger.confirmed import confirmed, confirming
from events.ledger.published import changes_about, one_look
from events.models import Place
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
        {**about(match.thing), "matched": match.name, "score": round(match.score, 3)}
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
        rows = Place.objects.select_related("conflict", "parent").defer(
            "area", "territory", "parent__area", "parent__territory"
        )
        there = rows.filter(conflict=found, slug=place).first()
        if there is None:
            raise Http404(_("There is no place “%(slug)s”.") % {"slug": place})
        instant = known.instant if known else None
        now = known.instant if known else timezone.now()
        held = confirmed(found, now, known_at=instant, places=[there.pk]).get(there.pk)
        by = confirming(there, held, instant) if held else []
        changes = changes_about(there, instant).order_by("-latest", "-day_order", "-pk")
        return answer(
            {
                "conflict": found.slug,
                "known_at": known_text(found, known),
                "place": {
                    **about(there),
                    "names": list(there.names.values("name", "language", "kind")),
                    "population": there.population,
                },
                "last_confirmed": iso(held.confirmed) if held else None,
                "days_unconfirmed": (now - held.confirmed).days if held else None,
                "confirmed_by": [change.public_id for change in by],
                "spans": [_span(span) for span in spans_of(there, instant)],
                "changes": change_records(changes),
            }
        )


def about(place: Place) -> dict[str, Any]:
    return {
        "place": place.slug,
        "name": place.name,
        "kind": place.kind,
        "parent": place.parent.slug if place.parent else None,
        "lat": round(place.point.y, 5) if place.point else None,
        "lon": round(place.point.x, 5) if place.point else None,
    }


def _span(span: Any) -> dict[str, Any]:
    return {
        "actor": span.actor.slug if span.actor else None,
        "role": span.role,
        "from": iso(span.valid.lower),
        "to": iso(span.valid.upper),
        "doubt_from": iso(span.doubt_from),
        "closing_doubt_from": iso(span.closing_doubt_from),
        "change": span.change.public_id,
        "closed_by": span.closed_by.public_id if span.closed_by else None,
    }
