"""What the address of a page asks: ?at= and ?known=, with a sentence for the reader where it cannot be."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest

from events.ledger import Refused, Unsettled
from events.ledger.asked import Moment, asked_at, asked_known, last_day, today
from events.models import Conflict

from .typed_date import day_typed


@dataclass(frozen=True, slots=True)
class Asked:
    """`problem` is empty, or says what could not be understood; then the page shows what it does unasked, and `wrong`
    are the fields that it is about. `today` is the last day there is: of a war that has `ended`, the end's.
    """

    at: Moment
    known: Moment | None
    today: Moment
    ended: bool
    problem: str
    status: int = 200
    wrong: tuple[str, ...] = ()

    @property
    def known_at(self) -> datetime | None:
        return self.known.instant if self.known else None

    @property
    def is_today(self) -> bool:
        return self.at.text == self.today.text


def asked(request: HttpRequest, conflict: Conflict, usual: Moment | None = None) -> Asked:
    """To be called before `one_look` begins: what was known at an instant is settled here. `usual`: what is shown
    where nothing is asked, or nothing that can be; the last day there is where none is given.
    """
    now = last_day(conflict)
    ended = now.text != today(conflict).text
    usual = usual or now
    try:
        typed = request.GET.get("at")
        at = asked_at(conflict, typed and day_typed(conflict, typed, "at"), usual)
        known = asked_known(conflict, request.GET.get("known"), "known")
    except Refused as refused:
        return Asked(usual, None, now, ended, problem_of(refused), 400, tuple(refused.errors))
    except Unsettled as unsettled:
        return Asked(usual, None, now, ended, str(unsettled), 503)
    return Asked(at, known, now, ended, "")


def problem_of(refused: Refused) -> str:
    return " ".join(f"{field}: {' '.join(why)}" for field, why in refused.errors.items())
