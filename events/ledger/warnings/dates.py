"""A date that is likely a slip of the pen."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from events.chronology.dates import parse

from ..new import NewChange
from .warning import Warning

LONG_AGO = timedelta(days=30)


def long_ago(new: NewChange, now: datetime) -> Warning | None:
    """Of a conflict that is over every date lies long back: nothing to be warned of."""
    latest = parse(new.date, new.conflict.zone).latest
    ended = new.conflict.end
    if latest is None or now - latest <= LONG_AGO or (ended and ended < (now - LONG_AGO).date()):
        return None
    return Warning(
        "long_ago",
        _("The date lies %(days)d days back.") % {"days": (now - latest).days},
        _("Check the year and the month."),
    )
