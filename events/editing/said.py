"""What was typed, in words that a person reads: names for slugs, what verbs, stances and rulings are called."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

from events.chronology.agreement import PLURAL, Name, guessed
from events.chronology.dates import DateError, in_words
from events.drafting.called import Called, called
from events.drafting.typed import Typed
from events.drafting.words import verb_label
from events.models import Actor, Change, Citation, Conflict, Place, Source

from .boxes import plain_labels

DATES = ("date", "published")


@dataclass(frozen=True, slots=True)
class Bit:
    """A stretch of a text; `other` where the text beside it has something else, or nothing."""

    text: str
    other: bool = False


@dataclass(slots=True)
class Sayer:
    """Names by slug, of what a few texts name: looked up once, in three queries. `called`: their names in the
    language of the page.
    """

    places: dict[str, str] = field(default_factory=dict)
    actors: dict[str, Name] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)
    called: Called = field(default_factory=Called)

    def say(self, box: str, text: str) -> str:
        """What is no slug, verb, stance, ruling or date stays as it was typed."""
        name, key = box.partition("-")[0], text.strip()
        if not key:
            return ""
        if name == "verb":
            return str(verb_label(key))
        if name == "stance" and key in Citation.Stance.values:
            return str(Citation.Stance(key).label)
        if name == "ruling" and key in Change.Ruling.values:
            return str(Change.Ruling(key).label)
        if name in DATES:
            try:
                return in_words(key, gettext=_)
            except DateError:
                return text
        known: dict[str, Mapping[str, str]] = {
            "places": self.places,
            "actor": self.actors,
            "other_actor": self.actors,
            "source": self.sources,
        }
        said = self.called.typed(name, key) or known.get(name, {}).get(key, text)
        if name == "actor" and not isinstance(said, Name):
            said = Name(said, guessed(said) == PLURAL)
        return said


def sayer(conflict: Conflict, texts: Iterable[Typed]) -> Sayer:
    texts = list(texts)

    def named(rows: Any, slugs: Iterable[str]) -> Any:
        wanted = {slug.strip() for slug in slugs} - {""}
        return rows.filter(slug__in=wanted) if wanted else rows.none()

    places = named(Place.every.filter(conflict=conflict), (p for t in texts for p in t.places))
    actors = named(
        Actor.objects.filter(conflict=conflict),
        (a for t in texts for a in (t.actor, t.other_actor)),
    )
    sources = named(Source.objects.all(), (c["source"] for t in texts for c in t.citations))
    return Sayer(
        dict(places.values_list("slug", "name")),
        {actor.slug: actor.called() for actor in actors},
        dict(sources.values_list("slug", "name")),
        called(conflict),
    )


def label_of(box: str) -> str:
    name, _dash, row = box.partition("-")
    label = str(plain_labels()[name])
    return f"{label} {int(row) + 1}" if row and int(row) else label


def bits(here: str, there: str) -> list[Bit]:
    """`here`, word by word, with what `there` has not marked."""
    mine, other = _words(here), _words(there)
    found: list[Bit] = []
    same = [
        (m.a, m.a + m.size)
        for m in SequenceMatcher(None, mine, other, autojunk=False).get_matching_blocks()
    ]
    at = 0
    for start, end in same:
        found += [Bit("".join(mine[at:start]), True), Bit("".join(mine[start:end]))]
        at = end
    return [bit for bit in found if bit.text]


def _words(text: str) -> list[str]:
    """Words and what is between them; nothing of the text is lost."""
    edges = [
        0,
        *(n for n in range(1, len(text)) if text[n].isspace() != text[n - 1].isspace()),
        len(text),
    ]
    return [text[a:b] for a, b in pairwise(edges) if b > a]
