"""A date as a person types it into a page: static/js/replay/typed-date.js, in Python, for pages without a script.

ISO, the day first, or with the month's name in English or Arabic; a month or a year alone.
"""

import re
import unicodedata
from calendar import monthrange
from datetime import date
from functools import cache

from django.utils.translation import gettext as _

from events.drafting.sentence.lexicon import lexicon
from events.ledger import Refused
from events.ledger.asked import last_day
from events.models import Conflict

# Of "sept", "sep." and "September"; "ma" would be two of them.
LEAST_LETTERS = 3
MARKS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
ISO = re.compile(r"(\d{4})(?:([-/.])(\d{1,2})(?:\2(\d{1,2}))?)?", re.ASCII)
DAY_FIRST = re.compile(r"(?:(\d{1,2})[-/. ] ?)?(\d{1,2})[-/. ] ?(\d+)", re.ASCII)
ORDINAL = re.compile(r"(\d)(st|nd|rd|th)\b", re.I | re.ASCII)


class NoDate(ValueError):
    """`reason`: form, month, day or year; `number`: the month that there is not, or how many days the month has."""

    def __init__(self, reason: str, number: int = 0) -> None:
        super().__init__(reason)
        self.reason, self.number = reason, number

    def in_words(self, text: str) -> str:
        why = {
            "form": _(
                "“%(text)s” is not a date. Write it as 2017-06-30, 30 June 2017, June 2017 or 2017."
            ),
            "month": _(
                "“%(text)s”: there is no month %(number)s. The day comes first, as in 30/6/2017."
            ),
            "day": _("“%(text)s”: this month has the days 1 to %(number)s."),
            "year": _("“%(text)s”: write the year with four digits."),
        }[self.reason]
        return why % {"text": text[:60], "number": self.number}


def read_date(text: str) -> tuple[date, date]:
    """First and last day, the same of a day. Raises NoDate."""
    plain = _in_ascii(text)
    if len(plain) > 60:
        raise NoDate("form")
    if iso := ISO.fullmatch(plain):
        return _date(iso[1], iso[3], iso[4])
    if numbers := DAY_FIRST.fullmatch(plain):
        return _date(numbers[3], numbers[2], numbers[1])
    return _with_name(plain)


def day_typed(conflict: Conflict, text: str, field: str, *, last: bool = False) -> str:
    """The day in ISO; of a month or a year the first, or the last, that the record has. An instant stays as it is.
    Raises Refused that names `field`.
    """
    text = text.strip()
    if "T" in text.upper() and ":" in text:
        return text
    try:
        first, end = read_date(text)
    except NoDate as none:
        raise Refused({field: [none.in_words(text)]}) from none
    if first == end:
        return first.isoformat()
    begin, close = conflict.start, date.fromisoformat(last_day(conflict).text)
    if last:
        return (min(end, close) if first <= close else end).isoformat()
    return (max(first, begin) if end >= begin else first).isoformat()


def _in_ascii(text: str) -> str:
    """Digits of any script as 0 to 9, without marks of direction."""
    text = MARKS.sub("", text)
    digits = (
        str(unicodedata.digit(letter)) if unicodedata.category(letter) == "Nd" else letter
        for letter in text
    )
    return " ".join("".join(digits).split())


def _with_name(plain: str) -> tuple[date, date]:
    """ "30 June 2017", "June 30, 2017", "June 2017"."""
    numbers = re.findall(r"\d+", plain)
    words = re.sub(r"\d+", " ", ORDINAL.sub(r"\1", plain))
    month = _month(re.sub(r"[.,،]|\bof\b", " ", words, flags=re.I))
    if month is None or not numbers or len(numbers) > 2:
        raise NoDate("form")
    year = next((number for number in numbers if len(number) > 2), None)
    if year is None:
        raise NoDate("year")
    numbers.remove(year)
    return _date(year, str(month), numbers[0] if numbers else None)


def _month(words: str) -> int | None:
    wanted = _folded(words)
    if len(wanted) < LEAST_LETTERS:
        return None
    names = _months()
    if wanted in names:
        return names[wanted]
    begun = {month for name, month in names.items() if name.startswith(wanted)}
    return begun.pop() if len(begun) == 1 else None


@cache
def _months() -> dict[str, int]:
    return {
        _folded(phrase): int(sense.value) + 1
        for phrase, senses in lexicon().phrases.items()
        for sense in senses
        if sense.sort == "date_months"
    }


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).casefold()
    letters = "".join(
        letter if letter.isalpha() else " " for letter in plain if not unicodedata.combining(letter)
    )
    return " ".join(letters.split())


def _date(year: str, month: str | None, day: str | None) -> tuple[date, date]:
    if len(year) != 4 or int(year) < 100:
        raise NoDate("year")
    if month is None:
        return date(int(year), 1, 1), date(int(year), 12, 31)
    if not 1 <= int(month) <= 12:
        raise NoDate("month", int(month))
    days = monthrange(int(year), int(month))[1]
    if day is None:
        return date(int(year), int(month), 1), date(int(year), int(month), days)
    if not 1 <= int(day) <= days:
        raise NoDate("day", days)
    at = date(int(year), int(month), int(day))
    return at, at
