"""One change that a paste seems to state, before anybody has looked at it."""

from dataclasses import dataclass, field

from events.gazetteer import SOURCE, Index, fold_name
from events.models import Conflict

from ..sentence import Reading, in_conflict
from ..typed import Typed, empty_citation, is_blank

Guesses = dict[str, list[list[str]]]


@dataclass(frozen=True, slots=True)
class Given:
    """What is given once for all: the report that each is cited from. Text as typed.

    `guessed`: `published` was not given, but is a day that the article names.
    """

    source: str = ""
    title: str = ""
    url: str = ""
    published: str = ""
    guessed: bool = False


@dataclass(slots=True)
class Suggested:
    """`[start, end)` of the text, which are its `words`; `guesses`: input -> [[text, label]] of what else it may be."""

    start: int
    end: int
    words: str
    typed: Typed
    line: int = 0
    nth: int = 0
    guesses: Guesses = field(default_factory=dict)


def guesses_of(reading: Reading, *, unsure_day: bool = False) -> Guesses:
    """What was guessed, the guess first. `unsure_day`: so was the day by which "on Friday" is meant."""
    return {
        part.box: [[option.value, option.label] for option in part.options]
        for part in reading.parts
        if (part.guessed or (unsure_day and part.relative))
        and part.box != "verb"
        and "stance" not in part.box
    }


def _same(index: Index, one: str, other: str) -> bool:
    """Whether both are names of one source: "AFP" is Agence France-Presse."""
    if one.casefold() == other.casefold():
        return True
    named = [
        {thing.pk for thing in index.called(fold_name(text)) if thing.what == SOURCE}
        for text in (one, other)
    ]
    return bool(named[0] & named[1])


def relayed(guesses: Guesses, typed: Typed) -> Guesses:
    """Of a source that was guessed, and that the report given once relays, the guess is whom it relays."""
    out: Guesses = {}
    for box, options in guesses.items():
        name, _dash, row = box.partition("-")
        if name == "source" and typed.citations[int(row)]["source"] != options[0][0]:
            if typed.citations[int(row)]["relays"] == options[0][0]:
                out[f"relays-{row}"] = options
        else:
            out[box] = options
    return out


def unsettle(conflict: Conflict, reading: Reading, typed: Typed) -> None:
    """A guessed day outside the conflict's is none: the words stand there until somebody says which is meant."""
    for part in reading.of("date"):
        if part.guessed and not in_conflict(conflict, part.value):
            typed.date = reading.text[part.start : part.end]


def cite(index: Index, typed: Typed, given: Given, quote: str) -> None:
    """The report that was given once, with the words. It relays whom the words name: an agency that quotes a monitor
    is one report of the agency, and no second source.
    """
    rows = [row for row in typed.citations if not is_blank(row)]
    source = given.source.strip()
    for row in rows:
        if source and row["source"] and not _same(index, source, row["source"]):
            row["relays"] = " > ".join(filter(None, (row["source"], row["relays"])))
            row["source"] = source
        row["title"], row["published"] = given.title, given.published
        row["url"] = row["url"] or given.url
        row["quote"] = quote
    own = empty_citation() | {
        "source": given.source,
        "title": given.title,
        "url": given.url,
        "published": given.published,
        "quote": quote,
    }
    typed.citations = rows or [own]
