"""Cutting a history into periods of the calendar, so that a new row touches one file and leaves the rest."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import accumulate

Period = tuple[int, int]
UNITS = ("year", "quarter", "month", "third", "day")


def periods(
    counts: list[int], start: date, limit: int, finest: str = "month"
) -> list[tuple[int, int, str]]:
    """[(first day, day after its last, name)] of all that is not empty: whole where at most `limit` rows are
    in it, else years, and of those with more the quarters, months, thirds of months, and days.

    `counts`: rows by day from `start`. Where the cuts lie depends on the calendar and the counts alone.
    """
    sums = [0, *accumulate(counts)]
    found = []

    def cut(first: int, end: int, name: str, unit: int) -> None:
        rows = sums[end] - sums[first]
        if rows <= limit or unit > UNITS.index(finest):
            if rows:
                found.append((first, end, name))
            return
        for one, stop, label in _pieces(first, end, start, UNITS[unit]):
            cut(one, stop, label, unit + 1)

    cut(0, len(counts), "all", 0)
    return found


def _pieces(first: int, end: int, start: date, unit: str) -> Iterator[tuple[int, int, str]]:
    at = first
    while at < end:
        day = start + timedelta(days=at)
        name, after = _around(day, unit)
        stop = min(end, (after - start).days)
        yield at, stop, name
        at = stop


def _around(day: date, unit: str) -> tuple[str, date]:
    """Name of the unit that `day` lies in, and the first day after it."""
    year, month = day.year, day.month
    if unit == "year":
        return f"{year}", date(year + 1, 1, 1)
    if unit == "quarter":
        quarter = (month - 1) // 3
        return f"{year}-q{quarter + 1}", _month(year, quarter * 3 + 4)
    if unit == "month":
        return f"{year}-{month:02d}", _month(year, month + 1)
    if unit == "third":
        third = min(2, (day.day - 1) // 10)
        after = day.replace(day=third * 10 + 11) if third < 2 else _month(year, month + 1)
        return f"{year}-{month:02d}-{'abc'[third]}", after
    return day.isoformat(), day + timedelta(days=1)


def _month(year: int, month: int) -> date:
    return date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)
