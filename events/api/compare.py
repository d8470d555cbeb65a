"""GET /conflicts/{c}/compare: who gained and lost what between two moments, as ranges."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Router

from events.chronology.standing import Standing
from events.ledger import Refused
from events.ledger.asked import asked_known, moment
from events.ledger.compared import changes_between, compare
from events.ledger.published import one_look

from .finding import conflict_of, known_text
from .schemas import FAULTS, ComparedOut
from .wire import answer

router = Router(tags=["standing"])
MOST_CHANGES = 1_000


@router.get(
    "/conflicts/{slug:conflict}/compare",
    response={200: ComparedOut, **FAULTS},
    url_name="compare",
    summary="Who gained and lost between two moments",
)
def compare_moments(
    request: HttpRequest,
    conflict: str,
    from_: str = Query(..., alias="from", description="a day or an instant"),
    to: str = Query(..., description="a day or an instant after it"),
    known_at: str | None = Query(None, description="as known at this moment"),
) -> HttpResponse:
    """Ranges are [least, most]: where a date is uncertain, both are as the record allows."""
    found = conflict_of(conflict)
    then, now = moment(found, from_, "from"), moment(found, to, "to")
    if now.instant <= then.instant:
        raise Refused({"to": [_("“To” must come after “from”.")]})
    known = asked_known(found, known_at)
    instant = known.instant if known else None
    with one_look():
        compared = compare(found, then.instant, now.instant, known_at=instant)
        changes = changes_between(found, then.instant, now.instant, instant)
        ids = list(changes.values_list("public_id", flat=True)[: MOST_CHANGES + 1])
        return answer(
            {
                "conflict": found.slug,
                "from": then.text,
                "to": now.text,
                "known_at": known_text(found, known),
                "tallies": [
                    {
                        "actor": actor,
                        "kind": kind,
                        "held_from": list(tally.held_then),
                        "held_to": list(tally.held_now),
                        "gained": list(tally.gained),
                        "lost": list(tally.lost),
                    }
                    for (actor, kind), tally in sorted(compared.tallies.items())
                ],
                "places": [
                    {
                        "place": moved.place.slug,
                        "name": moved.place.name,
                        "kind": moved.place.kind,
                        "from": _side(moved.then),
                        "to": _side(moved.now),
                    }
                    for moved in compared.moved
                ],
                "changes": ids[:MOST_CHANGES],
                "more_changes": len(ids) > MOST_CHANGES,
            }
        )


def _side(standing: Standing) -> dict[str, Any]:
    return {"state": standing.state, "holds": list(standing.holds), "to": list(standing.to)}
