"""Dates as exact as their sources: EDTF text, the instants it bounds, and what it says in words.

A day runs from its 00:00 in the conflict's time zone to the next day's 00:00; a month and a year likewise.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo

from .edtf import REASONS, DateError, Point, canonical, split

__all__ = [
    "REASONS",
    "DateError",
    "Edtf",
    "canonical",
    "close_of",
    "in_words",
    "map_day",
    "parse",
]

Translate = Callable[[str], str]
TICK = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Edtf:
    """`earliest` and `latest` in UTC: when it may first have been so, and from when it surely was.

    `text` is canonical. None is an open end. `kind`: the precision of a single date, or "interval".
    """

    text: str
    earliest: datetime | None
    latest: datetime | None
    approximate: bool
    uncertain: bool
    kind: str


def parse(text: str, tz: tzinfo) -> Edtf:
    """Read EDTF level 1; raises DateError that says what is wrong. An interval is "some time in between".

    A year outside 1 to 9999 is good EDTF, but no instant can be kept for it: reason "year".
    """
    start, end, interval = split(text)
    earliest = None if start is None else _begins(start, tz)
    latest = None if end is None else _ends(end, tz)
    if earliest is not None and latest is not None:
        # an end before the beginning may still touch it: 2018/2017
        if latest < earliest or (latest == earliest and start != end):
            raise DateError("order", text)
    marks = "".join(point.mark for point in (start, end) if point)
    return Edtf(
        text=canonical(text),
        earliest=earliest,
        latest=latest,
        approximate="~" in marks or "%" in marks,
        uncertain="?" in marks or "%" in marks,
        kind="interval" if interval else (start or end).precision,  # type: ignore[union-attr]
    )


def _begins(point: Point, tz: tzinfo) -> datetime:
    if point.precision == "time":
        return _instant(point, tz)
    return midnight(_kept(point.first, point), tz)


def _ends(point: Point, tz: tzinfo) -> datetime:
    if point.precision == "time":
        return _instant(point, tz)
    return midnight(_kept(point.after, point), tz)


def _kept(day: date | None, point: Point) -> date:
    if day is None or point.first is None:
        raise DateError("year", point.text)
    return day


def _instant(point: Point, tz: tzinfo) -> datetime:
    zone = tz if point.offset is None else timezone(timedelta(minutes=point.offset))
    day = _kept(point.first, point)
    try:
        local = datetime.combine(day, time.min, zone) + timedelta(seconds=point.seconds)
        return local.astimezone(UTC)
    except OverflowError as error:
        raise DateError("year", point.text) from error


def midnight(day: date, tz: tzinfo) -> datetime:
    """The first instant of a local day, in UTC (where clocks skip midnight: the instant of the skip)."""
    try:
        return datetime.combine(day, time.min, tz).astimezone(UTC)
    except OverflowError as error:
        raise DateError("year", day.isoformat()) from error


def close_of(day: date, tz: tzinfo) -> datetime:
    """The instant whose standing the map of `day` shows: its next local midnight, in UTC."""
    return midnight(day + timedelta(days=1), tz)


def map_day(latest: datetime, tz: tzinfo) -> date:
    """The first day on whose map something is done that was done at `latest`."""
    return (latest - TICK).astimezone(tz).date()


_ = str  # marks a word for translation; the caller translates it
MONTHS = (
    _("January"),
    _("February"),
    _("March"),
    _("April"),
    _("May"),
    _("June"),
    _("July"),
    _("August"),
    _("September"),
    _("October"),
    _("November"),
    _("December"),
)
SEASON_NAMES = {3: _("spring"), 6: _("summer"), 9: _("autumn"), 12: _("winter")}


def in_words(text: str, *, gettext: Translate = str) -> str:
    """What was understood: "some time between 28 and 30 June 2017". Raises DateError, but never for a year
    that only has no instant.
    """
    start, end, interval = split(text)
    if not interval and start is not None:
        return _marked(start, gettext)
    if start is None and end is not None:
        return gettext("by %(date)s") % {"date": _marked(end, gettext)}
    if end is None and start is not None:
        return gettext("%(date)s or later") % {"date": _marked(start, gettext)}
    assert start is not None and end is not None  # noqa: S101  split() refuses "../.."
    if start.text == end.text:
        return _marked(start, gettext)
    return gettext("some time between %(start)s and %(end)s") % {
        "start": _without_what_follows(start, end, gettext),
        "end": _marked(end, gettext),
    }


def _without_what_follows(start: Point, end: Point, gettext: Translate) -> str:
    """A month and a year that both ends share are said once, with the end."""
    plain = not (start.mark or end.mark) and start.year == end.year and start.year > 0
    both = {start.precision, end.precision}
    if plain and both == {"day"}:
        form = "%(day)d" if start.month == end.month else gettext("%(day)d %(month)s")
        return form % _parts(start, gettext)
    if plain and both == {"month"}:
        return str(_parts(start, gettext)["month"])
    return _marked(start, gettext)


def _marked(point: Point, gettext: Translate) -> str:
    form = {
        "": "%(date)s",
        "~": gettext("about %(date)s"),
        "?": gettext("%(date)s (uncertain)"),
        "%": gettext("about %(date)s (uncertain)"),
    }[point.mark]
    return form % {"date": _point(point, gettext)}


def _parts(point: Point, gettext: Translate) -> dict[str, object]:
    return {
        "day": point.day,
        "month": gettext(MONTHS[point.month - 1]) if point.month else "",
        "year": _counted(point),
        "clock": f"{point.seconds // 3600:02d}:{point.seconds // 60 % 60:02d}",
        "season": gettext(SEASON_NAMES.get(point.month, "")),
        "zone": _zone(point.offset),
    }


def _counted(point: Point) -> int:
    """Years before 1 are counted from there backwards: EDTF's 0000 is 1 BC."""
    if point.year > 0:
        return point.year
    step = {"decade": 10, "century": 100}.get(point.precision)
    return -point.year // step * step if step else 1 - point.year


def _point(point: Point, gettext: Translate) -> str:
    forms = {
        "day": gettext("%(day)d %(month)s %(year)d"),
        "month": gettext("%(month)s %(year)d"),
        "season": gettext("%(season)s %(year)d"),
        "year": "%(year)d",
        "decade": gettext("the %(year)ds"),
        "century": gettext("the century from %(year)d"),
        "time": gettext("%(day)d %(month)s %(year)d, %(clock)s")
        if point.offset is None
        else gettext("%(day)d %(month)s %(year)d, %(clock)s (%(zone)s)"),
    }
    if point.precision in ("decade", "century") and point.first and point.first.year == 1:
        last = {"decade": 9, "century": 99}[point.precision]
        return gettext("the years %(first)d to %(last)d") % {"first": 1, "last": last}
    said = forms[point.precision] % _parts(point, gettext)
    return said if point.year > 0 else gettext("%(date)s BC") % {"date": said}


def _zone(offset: int | None) -> str:
    if not offset:
        return "UTC"
    hours, minutes = divmod(abs(offset), 60)
    return f"UTC{'+' if offset > 0 else '−'}{hours:02d}:{minutes:02d}"
