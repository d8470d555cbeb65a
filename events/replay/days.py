"""The days of one conflict as numbers: 0 is its first day. Instants are microseconds since 1970, UTC."""

from bisect import bisect_left, bisect_right
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.contrib.gis.db.models import BigIntegerField, Func

from events.chronology.dates import close_of, map_day
from events.models import Change, Conflict

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
TICK = timedelta(microseconds=1)


class Micros(Func):
    """An instant in SQL as microseconds since 1970: exact, and quicker to read than a datetime."""

    template = "(extract(epoch from %(expressions)s) * 1000000)::bigint"
    output_field = BigIntegerField()
    # the driver has made it an int already
    convert_value = staticmethod(Func._convert_value_noop)  # type: ignore[attr-defined]


class Bound(Micros):
    """The same of one bound of a range: `Bound("valid", function="lower")`."""

    template = "(extract(epoch from %(function)s(%(expressions)s)) * 1000000)::bigint"


def micros(instant: datetime) -> int:
    return (instant - EPOCH) // TICK


def instant(value: int) -> datetime:
    return EPOCH + value * TICK


def last_day(conflict: Conflict, now: datetime) -> date:
    """The last day of the time bar: the conflict's own, else today or the last change."""
    if conflict.end:
        return conflict.end
    today = now.astimezone(conflict.zone).date()
    latest = Change.objects.filter(conflict=conflict).order_by("-latest").first()
    return max(today, map_day(latest.latest, conflict.zone) if latest else today, conflict.start)


class Days:
    """`count` days from the conflict's first; `closes[n]` is the instant that the map of day n shows."""

    def __init__(self, conflict: Conflict, end: date) -> None:
        self.start, self.zone = conflict.start, conflict.zone
        self.count = (end - conflict.start).days + 1
        days = (conflict.start + timedelta(days=n) for n in range(self.count))
        self.closes = [micros(close_of(day, self.zone)) for day in days]

    def on_map(self, instant: int) -> int:
        """The first day on whose map it is done; `count` where that is after the last."""
        return bisect_left(self.closes, instant)

    def after(self, instant: int) -> int:
        """The first day that closes later than `instant`: doubt begins strictly after its instant."""
        return bisect_right(self.closes, instant)

    def named(self, day: int) -> date:
        return self.start + timedelta(days=day)

    def number(self, day: date) -> int:
        return (day - self.start).days


def deltas(values: Any) -> list[int]:
    """[3, 3, 5] -> [3, 0, 2]."""
    last, coded = 0, []
    for value in values:
        coded.append(value - last)
        last = value
    return coded
