"""GET /conflicts/{c}/stale: what has gone longest unconfirmed, weighted by importance."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from events.ledger.asked import asked_at, asked_known
from events.ledger.published import one_look
from events.ledger.stale import Unconfirmed, stale
from events.models import slug_of

from .finding import conflict_of, iso, known_text
from .schemas import FAULTS, StalesOut
from .wire import answer

router = Router(tags=["standing"])


@router.get(
    "/conflicts/{slug:conflict}/stale",
    response={200: StalesOut, **FAULTS},
    url_name="stale",
    summary="What has gone longest unconfirmed",
)
def stale_places(
    request: HttpRequest,
    conflict: str,
    at: str | None = Query(None, description="a day or an instant; default `known_at`, else today"),
    known_at: str | None = Query(None, description="as known at this moment"),
    limit: int = Query(100, ge=1, le=1000),
) -> HttpResponse:
    """Days unconfirmed, weighted by population and by the changes nearby lately."""
    found = conflict_of(conflict)
    known = asked_known(found, known_at)
    moment = asked_at(found, at, known)
    instant = known.instant if known else None
    with one_look():
        slugs = slug_of(found)
        rows = stale(found, moment.instant, known_at=instant, limit=limit)
        return answer(
            {
                "conflict": found.slug,
                "at": moment.text,
                "known_at": known_text(found, known),
                "places": [_row(row, slugs) for row in rows],
            }
        )


def _row(row: Unconfirmed, slugs: Any) -> dict[str, Any]:
    return {
        "place": row.place.slug,
        "name": row.place.name,
        "kind": row.place.kind,
        "holds": sorted(slugs(actor) for actor in row.held.holders),
        "since": iso(row.held.since),
        "last_confirmed": iso(row.held.confirmed),
        "days_unconfirmed": row.days,
        "population": row.place.population,
        "changes_nearby": row.fights,
        "score": round(row.score, 1),
    }
