"""An article into its sentences, and those into the changes that they seem to state."""

import re
from collections import deque
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice

from django.utils.translation import gettext as _

from events.chronology.dates import in_words
from events.gazetteer import PLACE, Index, fold_name
from events.models import Conflict

from ..sentence import Reading, filled, in_conflict, read
from ..sentence.lexicon import lexicon
from ..sentence.tokens import plain
from .suggested import Given, Suggested, cite, guesses_of, relayed, unsettle

# A stop, with what closes after it; or the end of a line.
END = re.compile(r"(?:[.!?؟۔]+|…)[\"'”’»)\]]*(?=\s|$)|\n+")
LAST_WORD = re.compile(r"(?:[^\W\d_]\.)*[^\W_]+$")
# What was spoken of last, for names of several places.
REMEMBERED = 4


def sentences(text: str) -> list[tuple[int, int]]:
    """Spans in the order of the text, apart, without the blanks round them: all that is no blank is in one.

    A stop after an abbreviation or an initial ends none, nor does a line that goes on in lower case.
    """
    found: list[tuple[int, int]] = []
    start = 0
    for end in END.finditer(text):
        if end.group().startswith("\n"):
            if not _breaks(text, end):
                continue
        elif _abbreviated(text, end):
            continue
        _add(found, text, start, end.end())
        start = end.end()
    _add(found, text, start, len(text))
    return found


def _add(found: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    bare = piece.strip()
    if bare:
        start += len(piece) - len(piece.lstrip())
        found.append((start, start + len(bare)))


def _breaks(text: str, end: re.Match[str]) -> bool:
    """A line that is only wrapped goes on with a small letter."""
    after = text[end.end() : end.end() + 1]
    return len(end.group()) > 1 or not after.islower()


def _abbreviated(text: str, end: re.Match[str]) -> bool:
    if not end.group().startswith(".") or len(end.group()) > 1:
        return False
    following = text[end.end() : end.end() + 40].lstrip()
    if following[:1].islower():
        return True
    word = LAST_WORD.search(text, max(0, end.start() - 20), end.start())
    if word is None:
        return False
    said = word.group()
    initial = len(said) == 1 and said.isupper()
    return bool(following) and (initial or plain(said) in lexicon().abbreviations)


def suggested(
    conflict: Conflict, index: Index, text: str, given: Given, on: date
) -> Iterator[Suggested]:
    """A sentence that states several changes gives as many. `on`: the day of publication, by which "on Friday" is
    meant. What names several places is read by those that the article spoke of before.
    """
    spoken: deque[str] = deque(maxlen=REMEMBERED)
    for start, end in sentences(text):
        words = text[start:end]
        reading = read(conflict, words, on=on, near=tuple(spoken), index=index)
        every = [reading, *reading.more]
        stated = [number for number, each in enumerate(every) if each.states_a_change]
        for number in stated:
            typed = filled(every[number])
            typed.sentence = typed.read = words
            typed.entered = on.isoformat()
            typed.nth = str(number) if len(every) > 1 else ""
            cite(index, typed, given, words)
            guesses = relayed(guesses_of(every[number], unsure_day=given.guessed), typed)
            unsettle(conflict, every[number], typed)
            if given.guessed:
                for row in range(len(typed.citations)):
                    guesses[f"published-{row}"] = [
                        [given.published, in_words(given.published, gettext=_)]
                    ]
            if not typed.date:
                typed.date, guesses["date"] = _had_happened(conflict, on)
            yield Suggested(start, end, words, typed, 0, number, guesses)
        spoken.extend(_slugs(index, reading))


def _had_happened(conflict: Conflict, on: date) -> tuple[str, list[list[str]]]:
    """(date, what it may be) of a change whose sentence says no day: it had happened when it was published.

    After the war that says nothing: somebody has to say when, and its last day is the bound that is offered.
    """
    if in_conflict(conflict, on.isoformat()):
        by = f"../{on.isoformat()}"
        days = [by, on.isoformat(), (on - timedelta(1)).isoformat()]
    else:
        by = ""
        days = [f"../{conflict.end}"] if conflict.end and conflict.end < on else []
    return by, [[day, in_words(day, gettext=_)] for day in days]


def _slugs(index: Index, reading: Reading) -> Iterator[str]:
    """Of the places that it surely names."""
    for part in islice(reading.of("places"), REMEMBERED):
        if part.guessed:
            continue
        if (PLACE, part.value) in index.by_slug:
            yield part.value
            continue
        named = [thing for thing in index.called(fold_name(part.value)) if thing.what == PLACE]
        if len(named) == 1:
            yield named[0].slug
