"""GET /conflicts/{c}/changes."""

from datetime import datetime
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema

from events.chronology.verbs import VERBS
from events.ledger import Refused
from events.ledger.asked import asked_known, edtf
from events.ledger.narrowed import Wanted, narrowed
from events.ledger.paging import newest_first
from events.ledger.published import one_look, public_changes
from events.models import Conflict
from events.replay import change_records

from .finding import actor_asked, conflict_of, known_text, place_asked
from .schemas import FAULTS, ChangesOut
from .wire import answer

router = Router(tags=["changes"])


class ChangesAsked(Schema):
    from_: str | None = Field(None, alias="from", description="EDTF; the first day, included")
    to: str | None = Field(None, description="EDTF; the day after the last")
    place: str | None = Field(None, description="slug; this place and all inside it")
    actor: str | None = Field(None, description="slug; as actor or as the other one")
    verb: str | None = None
    known_at: str | None = Field(
        None, description="as known at this instant, or at this day's close"
    )
    cursor: str | None = Field(None, description="`next` of the page before")
    limit: int = Field(50, ge=1, le=200)


@router.get(
    "/conflicts/{slug:conflict}/changes",
    response={200: ChangesOut, **FAULTS},
    url_name="changes",
    summary="Published changes with their citations, newest first",
)
def changes(
    request: HttpRequest, conflict: str, asked: Annotated[ChangesAsked, Query()]
) -> HttpResponse:
    """`from` and `to` are days on whose map a change is done, `[from, to)`."""
    found = conflict_of(conflict)
    known = asked_known(found, asked.known_at)
    with one_look():
        instant = known.instant if known else None
        rows = narrowed(public_changes(found, instant), _wanted(found, asked, instant), instant)
        page = newest_first(rows, asked.cursor, asked.limit)
        return answer(
            {
                "conflict": found.slug,
                "known_at": known_text(found, known),
                "changes": change_records([change.pk for change in page.changes], instant),
                "next": page.next,
            }
        )


def _wanted(conflict: Conflict, asked: ChangesAsked, known_at: datetime | None) -> Wanted:
    if asked.verb and asked.verb not in VERBS:
        why = _("“%(verb)s” is not one of the verbs: %(verbs)s.")
        words = {"verb": asked.verb, "verbs": ", ".join(VERBS)}
        raise Refused({"verb": [why % words]})
    return Wanted(
        # A change is done on the map of a day whose close is not before its `latest`.
        after=edtf(conflict, asked.from_, "from").earliest if asked.from_ else None,
        until=edtf(conflict, asked.to, "to").earliest if asked.to else None,
        place=place_asked(conflict, asked.place, known_at=known_at) if asked.place else None,
        actor=actor_asked(conflict, asked.actor) if asked.actor else None,
        verbs=(asked.verb,) if asked.verb else (),
    )
