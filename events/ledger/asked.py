"""What a reader asks: a day or an instant on the ground, and as known when. Pages and API read it alike."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from events.chronology.dates import REASONS, DateError, Edtf, close_of, parse
from events.models import Conflict

from .known import database_now, settle
from .new import Refused

# In an address a plus sign stands for a space, so "+03:00" arrives as " 03:00".
LOST_PLUS = re.compile(r"(T[\d:.]+) (\d\d:?\d\d)$", re.ASCII)


@dataclass(frozen=True, slots=True)
class Moment:
    """`text` is what was asked in normal form (a day, or an instant in ISO), `instant` what it means."""

    text: str
    instant: datetime


def moment(conflict: Conflict, text: str, field: str) -> Moment:
    """A day means its close in the conflict's zone (for today: now). Raises Refused that names `field`."""
    now = timezone.now()
    text = LOST_PLUS.sub(r"\1+\2", text.strip())
    if "T" in text.upper() and "/" not in text:
        found = _instant(conflict, text, field)
        if found > now:
            raise _future(field, text)
        return Moment(found.isoformat(), found)
    day = edtf(conflict, text, field)
    if day.kind != "day" or day.approximate or day.uncertain or day.earliest is None:
        raise Refused({field: [_("“%(text)s” is neither a day nor an instant.") % {"text": text}]})
    if day.earliest > now:
        raise _future(field, text)
    local = day.earliest.astimezone(conflict.zone).date()
    return Moment(local.isoformat(), min(close_of(local, conflict.zone), now))


def today(conflict: Conflict) -> Moment:
    """The map of today: the standing as it is now."""
    now = timezone.now()
    return Moment(now.astimezone(conflict.zone).date().isoformat(), now)


def last_day(conflict: Conflict) -> Moment:
    """Where the record ends: the last day of a conflict that is over, else today."""
    now = today(conflict)
    if conflict.end and conflict.end.isoformat() < now.text:
        return moment(conflict, conflict.end.isoformat(), "at")
    return now


def asked_at(conflict: Conflict, text: str | None, usual: Moment | None = None) -> Moment:
    """The moment on the ground. Where none is given it is `usual`, such as the moment of knowledge, so that the same
    question has the same answer whenever it is asked; or today.
    """
    return moment(conflict, text, "at") if text else usual or today(conflict)


def asked_known(conflict: Conflict, text: str | None, field: str = "known_at") -> Moment | None:
    """The moment of knowledge, settled: what was known then changes no more. None, what is known now, where none
    is given. Ask before `one_look` begins. A day that is not over means now, and is named by that instant: asked
    again later, the day would mean another. Raises Refused, or Unsettled.
    """
    if not text:
        return None
    found = moment(conflict, text, field)
    now = database_now()
    # The close of today is now. Only the database's clock dates publications, so only it says when now is.
    if found.instant > now and "T" in found.text:
        raise _future(field, text)
    known = Moment(found.text, min(found.instant, now))
    if "T" not in known.text and known.instant < _close(conflict, known.text):
        known = Moment(known.instant.isoformat(), known.instant)
    settle(conflict, known.instant)
    return known


def _close(conflict: Conflict, day: str) -> datetime:
    return close_of(date.fromisoformat(day), conflict.zone)


def edtf(conflict: Conflict, text: str, field: str) -> Edtf:
    """An EDTF date; raises Refused that names `field`."""
    try:
        return parse(text, conflict.zone)
    except DateError as error:
        raise Refused({field: [_(REASONS[error.reason]) % {"text": error.text}]}) from error


def _instant(conflict: Conflict, text: str, field: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
        return (found if found.tzinfo else found.replace(tzinfo=conflict.zone)).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        why = _("“%(text)s” is not an instant, for example 2017-06-30T14:00+03:00.")
        raise Refused({field: [why % {"text": text}]}) from error


def _future(field: str, text: str) -> Refused:
    return Refused({field: [_("“%(date)s” is in the future.") % {"date": text}]})
