"""What an address asks of a map: ?at=, ?known=, ?place=. One reading for the replay, its embed and its picture."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from events.ledger import Refused, Unsettled
from events.ledger.asked import Moment, asked_at, asked_known
from events.models import Conflict, Place

from .asking import problem_of
from .typed_date import day_typed


@dataclass(frozen=True, slots=True)
class MapAsked:
    """`at` is a day or empty, `known` an instant in ISO or empty. `problem` says what could not be understood;
    then none of them counts, and the map shows today.
    """

    at: str = ""
    known: str = ""
    place: Place | None = None
    problem: str = ""
    status: int = 200

    @property
    def query(self) -> str:
        """The same in an address, "?" included; empty where nothing is asked."""
        place = self.place.slug if self.place else ""
        given = {"at": self.at, "known": self.known, "place": place}
        text = urlencode({name: value for name, value in given.items() if value}, safe=":")
        return f"?{text}" if text else ""


def asked_of_map(query: Mapping[str, str], conflict: Conflict) -> MapAsked:
    """To be called before `one_look` begins, as `asked_known` is."""
    try:
        typed = query.get("at")
        at = asked_at(conflict, day_typed(conflict, typed, "at")) if typed else None
        day = day_on_map(conflict, at) if at else None
        known = asked_known(conflict, query.get("known"), "known")
        place = _place(conflict, query.get("place", ""))
    except Refused as refused:
        return MapAsked(problem=problem_of(refused), status=400)
    except Unsettled as unsettled:
        return MapAsked(problem=str(unsettled), status=503)
    return MapAsked(
        day.isoformat() if day else "", known.instant.isoformat() if known else "", place
    )


def day_on_map(conflict: Conflict, at: Moment) -> date:
    """The map knows days: an instant is on the map of the day that it falls in."""
    if "T" not in at.text:
        return date.fromisoformat(at.text)
    return (at.instant - timedelta(microseconds=1)).astimezone(conflict.zone).date()


def _place(conflict: Conflict, slug: str) -> Place | None:
    if not slug:
        return None
    places = conflict.places.defer("area", "territory")
    found = places.filter(slug=slug.replace("\x00", "")).first()
    if found is None:
        raise Refused({"place": [_("There is no place “%(slug)s”.") % {"slug": slug}]})
    return found
