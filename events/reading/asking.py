"""What the address of a page asks: ?at= and ?known=, with a sentence for the reader where it cannot be."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest

from events.ledger import Refused, Unsettled
from events.ledger.asked import Moment, asked_at, asked_known, today
from events.models import Conflict


@dataclass(frozen=True, slots=True)
class Asked:
    """`problem` is empty, or says what could not be understood; then the page shows what it does unasked."""

    at: Moment
    known: Moment | None
    today: Moment
    problem: str
    status: int = 200

    @property
    def known_at(self) -> datetime | None:
        return self.known.instant if self.known else None

    @property
    def is_today(self) -> bool:
        return self.at.text == self.today.text


def asked(request: HttpRequest, conflict: Conflict, usual: Moment | None = None) -> Asked:
    """To be called before `one_look` begins: what was known at an instant is settled here. `usual`: what is shown
    where nothing is asked, or nothing that can be; today where none is given.
    """
    now = today(conflict)
    usual = usual or now
    try:
        at = asked_at(conflict, request.GET.get("at"), usual)
        known = asked_known(conflict, request.GET.get("known"), "known")
    except Refused as refused:
        return Asked(usual, None, now, problem_of(refused), 400)
    except Unsettled as unsettled:
        return Asked(usual, None, now, str(unsettled), 503)
    return Asked(at, known, now, "")


def problem_of(refused: Refused) -> str:
    return " ".join(f"{field}: {' '.join(why)}" for field, why in refused.errors.items())
