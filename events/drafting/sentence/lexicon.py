"""The words of reporting, from data: a TOML file per language in words/, and a newsroom's own beside them.

`SENTENCE_WORDS_DIR` in the settings names a folder with more files of the same shape; docs/editing.md shows one.
"""

import tomllib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from events.chronology.verbs import VERBS

from .tokens import plain, tokens

OWN = Path(__file__).parent / "words"
FRAMES = ("plain", "lost", "fell")


class BadWords(ValueError):
    """A file of words that cannot be used; names the file and what is wrong."""


@dataclass(frozen=True, slots=True)
class Sense:
    """What a phrase is: `sort` verb, cue, mark, not_so, glue or a key of dates; `value` says more."""

    sort: str
    value: str = ""
    frame: str = ""
    alone: str = ""


@dataclass(slots=True)
class Lexicon:
    """`phrases`: words -> senses; `longest`: first word -> most words of a phrase that begins with it.

    Single words: `ordinary` ones are no name that is only spelt otherwise; `people` follow a name that belongs to
    them; `features`, with `of_features` between, are what a place of its own is called by beside a town's name;
    `backing` is joined to a name and makes it somebody else's; `of_actor`: an adjective -> the actor's name;
    `abbreviations`: after them a stop ends no sentence.
    """

    phrases: dict[str, list[Sense]] = field(default_factory=lambda: defaultdict(list))
    longest: dict[str, int] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)
    capital: set[str] = field(default_factory=set)
    abbreviations: set[str] = field(default_factory=set)
    ordinary: set[str] = field(default_factory=set)
    features: set[str] = field(default_factory=set)
    of_features: set[str] = field(default_factory=set)
    people: set[str] = field(default_factory=set)
    backing: set[str] = field(default_factory=set)
    of_actor: dict[str, str] = field(default_factory=dict)

    def add(self, phrase: str, sense: Sense) -> None:
        words = [token.low for token in tokens(phrase) if token.low] or [phrase]
        key = " ".join(words)
        if sense not in self.phrases[key]:
            self.phrases[key].append(sense)
            self.longest[words[0]] = max(self.longest.get(words[0], 0), len(words))


@cache
def lexicon() -> Lexicon:
    """All languages together: a desk writes in the one or the other, and quotes a third."""
    words = Lexicon()
    folders = [OWN, *filter(None, [getattr(settings, "SENTENCE_WORDS_DIR", None)])]
    for folder in folders:
        for path in sorted(Path(folder).glob("*.toml")):
            try:
                _load(words, tomllib.loads(path.read_text(encoding="utf-8")))
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                raise BadWords(f"{path}: {error}") from error
    return words


def _load(words: Lexicon, data: dict[str, Any]) -> None:
    for entry in data.get("verbs", ()):
        verb, frame, alone = entry["verb"], entry.get("frame", "plain"), entry.get("alone", "")
        if verb not in VERBS or (alone and alone not in VERBS) or frame not in FRAMES:
            raise ValueError(f"unknown verb or frame in {verb!r}, {frame!r}, {alone!r}")
        for phrase in entry["phrases"]:
            words.add(phrase, Sense("verb", verb, frame, alone))
    for sort, phrases in _senses(data):
        for phrase in phrases:
            words.add(phrase, sort)
    for word, number in data.get("counted", {}).get("numbers", {}).items():
        words.numbers[plain(word)] = int(number)
    stops = data.get("abbreviations", {}).get("words", ())
    words.abbreviations.update(map(plain, stops))
    words.capital.update(map(plain, data.get("glue", {}).get("capital", ())))
    names = data.get("names", {})
    words.ordinary.update(map(plain, names.get("ordinary", ())))
    words.people.update(map(plain, names.get("people", ())))
    words.features.update(map(plain, names.get("features", ())))
    words.ordinary.update(words.features)
    words.of_features.update(map(plain, names.get("of_features", ())))
    words.backing.update(map(plain, names.get("backing", ())))
    words.of_actor.update((plain(word), name) for word, name in names.get("of_actor", {}).items())


def _senses(data: dict[str, Any]) -> Iterator[tuple[Sense, list[str]]]:
    yield Sense("not_so"), data.get("not_so", {}).get("phrases", [])
    # Before the plain glue: of two senses the first counts.
    yield Sense("glue", "passive"), data.get("glue", {}).get("passive", [])
    yield Sense("glue"), data.get("glue", {}).get("phrases", [])
    for name, phrases in data.get("cues", {}).items():
        yield Sense("cue", name), phrases
    for name, phrases in data.get("marks", {}).items():
        yield Sense("mark", name), phrases
    for name in ("nouns", "in"):
        yield Sense(f"counted_{name}"), data.get("counted", {}).get(name, [])
    for name, phrases in data.get("dates", {}).items():
        if name in ("weekdays", "months"):
            for number, forms in enumerate(phrases):
                yield Sense(f"date_{name}", str(number)), forms
        else:
            yield Sense(f"date_{name}"), phrases
