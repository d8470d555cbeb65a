"""Cells of a spreadsheet brought to what the form takes, where they can mean one thing only; else left as they are."""

import re
from datetime import UTC, date

from events.chronology.dates import DateError, parse
from events.chronology.tidy import DIGITS, tidy
from events.chronology.verbs import VERBS

from ..sentence.lexicon import Sense, lexicon
from ..sentence.tokens import tokens
from ..sentence.when import Clockwork

# 10/08/2017, 10.8.17: which is the day?
NUMERIC = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?:[ T]\d\d?:\d\d(?::\d\d)?)?")
# What a spreadsheet makes of a day: 2017-06-30 00:00:00
MIDNIGHT = re.compile(r"(\d{4}-\d\d-\d\d)[ T]0?0:00(?::00)?")


def verb_of(text: str) -> Sense | None:
    """The verb that a whole cell says: "took over", "سيطر على"."""
    words = " ".join(token.low for token in tokens(text[:200]) if token.low)
    return next((s for s in lexicon().phrases.get(words, ()) if s.sort == "verb"), None)


def set_verb(cell: str, actor: str, other: str) -> tuple[str, str, str]:
    """(verb, actor, other actor): who "lost" a place is the other actor, or left."""
    if cell.lower() in VERBS:
        return cell.lower(), actor, other
    sense = verb_of(cell)
    if sense is None:
        return cell, actor, other
    if sense.frame == "lost" and not other and sense.alone:
        return sense.alone, actor, other
    if sense.frame == "lost":
        return sense.value, other, actor
    return sense.value, actor, other


def day_first(cells: list[str]) -> str:
    """ "day" or "month", where a column of dates says it itself: nothing has a thirteenth month. Else ""."""
    first, second = False, False
    for cell in cells:
        found = NUMERIC.fullmatch(cell.translate(DIGITS))
        if found:
            first = first or int(found[1]) > 12
            second = second or int(found[3]) > 12
    return "day" if first and not second else "month" if second and not first else ""


def date_of(cell: str, on: date, order: str) -> tuple[str, list[str]]:
    """(EDTF, what else it may be). What is not understood stays as it is. `on`: by which "Friday" is meant."""
    text = " ".join(cell.translate(DIGITS).split())
    if midnight := MIDNIGHT.fullmatch(text):
        return midnight[1], []
    if numeric := NUMERIC.fullmatch(text):
        return _numeric(numeric, order) or (cell, [])
    plain = tidy(text)
    if is_date(plain):
        return plain, []
    found = tokens(text[:200])
    got = Clockwork(lexicon(), found, on).at(0) if found else None
    if got and got[1] == len(found) and is_date(got[0].edtf):
        return got[0].edtf, got[0].others[:4] if got[0].guessed else []
    return cell, []


def _numeric(found: re.Match[str], order: str) -> tuple[str, list[str]] | None:
    one, two, year = int(found[1]), int(found[3]), int(found[4])
    year += 0 if year > 99 else 2000
    both = [(two, one), (one, two)] if order != "month" else [(one, two), (two, one)]
    days = [f"{year}-{month:02d}-{day:02d}" for month, day in both]
    good = [text for text in dict.fromkeys(days) if is_date(text)]
    if not good:
        return None
    if len(good) == 1 or order:
        return good[0], good[1:] if order else []
    return "", good


def is_date(text: str) -> bool:
    try:
        parse(text, UTC)
    except DateError:
        return False
    return True


def names_of(cell: str) -> list[str]:
    """Places that one cell lists: apart by semicolons, bars or lines, and by commas where that is how it is written."""
    parts = [part.strip() for part in re.split(r"[;|\n؛]", cell) if part.strip()]
    return parts or [""]
