"""The grammar of EDTF level 1 (Library of Congress, 2019: https://www.loc.gov/standards/datetime/).

Text in, parts out; nothing here knows a time zone. Two liberties, both wanted by a desk: a time of day may
leave its seconds and its zone out, and an interval's ends may have a time.
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
LONG_YEAR = re.compile(r"Y-?\d{5,}", re.ASCII)
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
    """

    text: str
    precision: str
    first: date
    after: date | None
    mark: str = ""
    seconds: int = 0
    # Minutes east of UTC; None: local time.
    offset: int | None = None


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
    if LONG_YEAR.fullmatch(text):
        raise DateError("year", text)
    found = DAY.fullmatch(text)
    if not found:
        raise DateError("grammar", text)
    year, month, day, mark = found["year"], found["month"], found["day"], found["mark"] or ""
    if year.startswith("-"):
        raise DateError("year", text)
    if "X" in year:
        if month:
            raise DateError("grammar", text)
        return _years(text, year, mark)
    if int(year) == 0:
        raise DateError("year", text)
    if month is None:
        return _years(text, year, mark)
    if month == "XX":
        if day not in (None, "XX"):
            raise DateError("grammar", text)
        return _years(text, year, mark)
    return _within_year(text, int(year), int(month), day, mark)


def _years(text: str, year: str, mark: str) -> Point:
    first, last = int(year.replace("X", "0")), int(year.replace("X", "9"))
    precision = {0: "year", 1: "decade", 2: "century"}[year.count("X")]
    after = date(last + 1, 1, 1) if last < 9999 else None
    if after is None:
        raise DateError("year", text)
    return Point(text, precision, date(max(first, 1), 1, 1), after, mark)


def _within_year(text: str, year: int, month: int, day: str | None, mark: str) -> Point:
    if month in SEASONS and day is None:
        first = date(year, SEASONS[month], 1)
        return Point(text, "season", first, _months_later(text, first, 3), mark)
    if not 1 <= month <= 12:
        raise DateError("calendar", text)
    if day in (None, "XX"):
        first = date(year, month, 1)
        return Point(text, "month", first, _months_later(text, first, 1), mark)
    if not 1 <= int(day) <= calendar.monthrange(year, month)[1]:
        raise DateError("calendar", text)
    first = date(year, month, int(day))
    if first == date.max:
        raise DateError("year", text)
    return Point(text, "day", first, first + timedelta(days=1), mark)


def _months_later(text: str, first: date, months: int) -> date:
    year, month = divmod(first.month - 1 + months, 12)
    if first.year + year > 9999:
        raise DateError("year", text)
    return date(first.year + year, month + 1, 1)


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
    return Point(text, "time", day.first, None, "", seconds, offset)
