"""A date that is likely a slip of the pen."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from events.chronology.dates import parse
from events.models import Conflict

from ..new import NewChange
from .warning import Warning

LONG_AGO = timedelta(days=30)


def is_long_ago(latest: datetime, conflict: Conflict, now: datetime) -> bool:
    """Of a conflict that is over every date lies long back: nothing to be warned of."""
    ended = conflict.end
    return now - latest > LONG_AGO and not (ended and ended < (now - LONG_AGO).date())


def long_ago(new: NewChange, now: datetime) -> Warning | None:
    latest = parse(new.date, new.conflict.zone).latest
    if latest is None or not is_long_ago(latest, new.conflict, now):
        return None
    return Warning(
        "long_ago",
        _("The date lies %(days)d days back.") % {"days": (now - latest).days},
        _("Check the year and the month."),
    )
