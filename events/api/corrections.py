"""GET /conflicts/{c}/corrections."""

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Field, Query, Router, Schema

from events.ledger.asked import asked_known
from events.ledger.paging import BY_PUBLICATION, newest_first
from events.ledger.published import one_look, taken_back
from events.replay import change_records

from .finding import conflict_of, known_text
from .schemas import FAULTS, CorrectionsOut
from .wire import answer

router = Router(tags=["changes"])


class CorrectionsAsked(Schema):
    known_at: str | None = Field(
        None, description="as known at this instant, or at this day's close"
    )
    cursor: str | None = Field(None, description="`next` of the page before")
    limit: int = Field(50, ge=1, le=200)


@router.get(
    "/conflicts/{slug:conflict}/corrections",
    response={200: CorrectionsOut, **FAULTS},
    url_name="corrections",
    summary="Corrections and retractions, newest first, each with what it takes back",
)
def corrections(
    request: HttpRequest, conflict: str, asked: Annotated[CorrectionsAsked, Query()]
) -> HttpResponse:
    """`was` is the change as it was told; of a retraction, the correction's own columns repeat it."""
    found = conflict_of(conflict)
    known = asked_known(found, asked.known_at)
    with one_look():
        instant = known.instant if known else None
        rows = taken_back(found, instant)
        page = newest_first(rows, asked.cursor, asked.limit, BY_PUBLICATION)
        taken = change_records([c.supersedes_id for c in page.changes if c.supersedes_id], instant)
        fresh = change_records([change.pk for change in page.changes], instant)
        return answer(
            {
                "conflict": found.slug,
                "known_at": known_text(found, known),
                "corrections": [
                    {**record, "was": old} for record, old in zip(fresh, taken, strict=True)
                ],
                "next": page.next,
            }
        )
