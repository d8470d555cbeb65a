"""The grammar of EDTF level 1 (Library of Congress, 2019: https://www.loc.gov/standards/datetime/).

Text in, parts out; nothing here knows a time zone. Two liberties, both wanted by a desk: a time of day may
leave its seconds out, and an interval's ends may have a time. Years outside 1 to 9999 are understood too, but
have no days: whoever needs an instant (`dates.parse`) refuses them.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

DAY = re.compile(
    r"(?P<year>-?(?:\d{4}|\d{3}X|\d{2}XX))(?:-(?P<month>\d\d|XX)(?:-(?P<day>\d\d|XX))?)?(?P<mark>[~?%])?",
    re.ASCII,
)
TIME = re.compile(
    r"(?P<date>\d{4}-\d\d-\d\d)T(?P<hour>\d\d):(?P<minute>\d\d)(?::(?P<second>\d\d))?"
    r"(?P<zone>Z|[+-]\d\d(?::?\d\d)?)?",
    re.ASCII,
)
LONG_YEAR = re.compile(r"Y(?P<year>-?[1-9]\d{4,17})(?P<mark>[~?%])?", re.ASCII)
# Meteorological seasons of the northern hemisphere: EDTF leaves their bounds open.
SEASONS = {21: 3, 22: 6, 23: 9, 24: 12}
OPEN = ("", "..")


class DateError(ValueError):
    """`reason` is one of the keys of REASONS, `text` what was typed; dates.py makes the sentence."""

    def __init__(self, reason: str, text: str):
        self.reason, self.text = reason, text
        super().__init__(REASONS[reason] % {"text": text})


_ = str  # marks a sentence for translation; the caller translates it
REASONS = {
    "empty": _("A date is needed, for example 2017-06-30."),
    "grammar": _(
        "“%(text)s” is not understood as a date: year first, for example 2017-06-30, 2017-06, "
        "2017-06-30~ (about) or 2017-06-28/2017-06-30 (some time in between)."
    ),
    "calendar": _("“%(text)s” is not a day of the calendar."),
    "time": _("“%(text)s” is not a time of the day."),
    "year": _("“%(text)s” is outside the years 1 to 9999."),
    "order": _("In “%(text)s” the end comes before the beginning."),
    "open": _("“%(text)s” has neither a beginning nor an end, so it says nothing."),
}


@dataclass(frozen=True, slots=True)
class Point:
    """One date: days `[first, after)`, or an instant of day `first`. `precision`: day, month, season, year,
    decade, century, or time. `mark` is ~ (approximate), ? (uncertain), % (both) or empty.

    `text` is canonical. `first` is None where the calendar of `datetime` has no such days; `year` is
    astronomical (0 is 1 BC), `month` and `day` are 0 where the date is not so exact.
    """

    text: str
    precision: str
    year: int
    first: date | None
    after: date | None
    mark: str = ""
    month: int = 0
    day: int = 0
    seconds: int = 0
    # Minutes east of UTC; None: local time.
    offset: int | None = None


def canonical(text: str) -> str:
    """The one form of an EDTF text: "2017-06-30T14:00+0300" -> "2017-06-30T14:00:00+03:00". Raises DateError."""
    start, end, interval = split(text)
    if not interval:
        return start.text  # type: ignore[union-attr]
    # An open end (..) and an unknown one (nothing) are told apart, as they were written.
    written = text.strip().split("/")
    return "/".join(
        part.strip() if point is None else point.text
        for point, part in zip((start, end), written, strict=True)
    )


def split(text: str) -> tuple[Point | None, Point | None, bool]:
    """(start, end, is an interval); None stands for an open or unknown end. Raises DateError."""
    text = text.strip()
    if not text:
        raise DateError("empty", text)
    parts = text.split("/")
    if len(parts) == 1:
        point = parse_point(text)
        return point, point, False
    if len(parts) != 2:
        raise DateError("grammar", text)
    start, end = (None if part in OPEN else parse_point(part) for part in parts)
    if start is None and end is None:
        raise DateError("open", text)
    return start, end, True


def parse_point(text: str) -> Point:
    timed = TIME.fullmatch(text)
    if timed:
        return _time(text, timed)
    long_year = LONG_YEAR.fullmatch(text)
    if long_year:
        return _years(text, long_year["year"], long_year["mark"] or "")
    found = DAY.fullmatch(text)
    if not found:
        raise DateError("grammar", text)
    year, month, day, mark = found["year"], found["month"], found["day"], found["mark"] or ""
    if year == "-0000" or ("X" in year and month):
        raise DateError("grammar", text)
    if month is None:
        return _years(text, year, mark)
    if month == "XX":
        if day not in (None, "XX"):
            raise DateError("grammar", text)
        return _years(text, year, mark)
    return _within_year(text, int(year), int(month), day, mark)


def _years(text: str, year: str, mark: str) -> Point:
    precision = {0: "year", 1: "decade", 2: "century"}[year.count("X")]
    ends = (int(year.replace("X", "0")), int(year.replace("X", "9")))
    lowest, highest = min(ends), max(ends)
    # the first decade and century begin with the year 1: there is no year 0 in the calendar
    first = max(lowest, 1) if "X" in year and not year.startswith("-") else lowest
    return Point(text, precision, lowest, _date(first, 1, 1), _date(highest + 1, 1, 1), mark)


def _date(year: int, month: int, day: int) -> date | None:
    return date(year, month, day) if 1 <= year <= 9999 else None


def _within_year(text: str, year: int, month: int, day: str | None, mark: str) -> Point:
    if month in SEASONS and day is None:
        first = SEASONS[month]
        after = _months_later(year, first, 3)
        return Point(text, "season", year, _date(year, first, 1), after, mark, first)
    if not 1 <= month <= 12:
        raise DateError("calendar", text)
    if day in (None, "XX"):
        after = _months_later(year, month, 1)
        return Point(text, "month", year, _date(year, month, 1), after, mark, month)
    number = int(day)
    # the calendar repeats after 400 years, also before the year 1
    last = calendar.monthrange(2000 + year % 400, month)[1]
    if not 1 <= number <= last:
        raise DateError("calendar", text)
    first_day = _date(year, month, number)
    after = first_day + timedelta(days=1) if first_day and first_day < date.max else None
    return Point(text, "day", year, first_day, after, mark, month, number)


def _months_later(year: int, month: int, months: int) -> date | None:
    more, month = divmod(month - 1 + months, 12)
    return _date(year + more, month + 1, 1)


def _time(text: str, found: re.Match[str]) -> Point:
    day = parse_point(found["date"])
    hour, minute, second = (int(found[name] or 0) for name in ("hour", "minute", "second"))
    if hour > 23 or minute > 59 or second > 59:
        raise DateError("time", text)
    zone, offset = found["zone"], None
    if zone == "Z":
        offset = 0
    elif zone:
        digits = zone[1:].replace(":", "").ljust(4, "0")
        if int(digits[:2]) > 14 or int(digits[2:]) > 59:
            raise DateError("time", text)
        offset = (int(digits[:2]) * 60 + int(digits[2:])) * (-1 if zone[0] == "-" else 1)
    seconds = hour * 3600 + minute * 60 + second
    clock = f"{found['date']}T{hour:02d}:{minute:02d}:{second:02d}{_zone(offset)}"
    return Point(clock, "time", day.year, day.first, None, "", day.month, day.day, seconds, offset)


def _zone(offset: int | None) -> str:
    if not offset:
        return "" if offset is None else "Z"
    hours, minutes = divmod(abs(offset), 60)
    return f"{'-' if offset < 0 else '+'}{hours:02d}:{minutes:02d}"
