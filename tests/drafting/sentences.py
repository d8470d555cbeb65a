"""The sets of sentences, and how much of each is read right.

`tuning` is what the rules were made by. `held_back` was kept away from that; what was found wrong in it was mended
by a rule that holds of reporting at large, or not at all. `fresh` was written afterwards, before the last of those
rules, and is measured as it is.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from events.drafting.sentence import Reading, read
from events.gazetteer import ACTOR, PLACE, SOURCE, fold_name, index_of
from events.models import Conflict

HERE = Path(__file__).parent / "sentences"
SETS = ("tuning", "held_back", "fresh")


@dataclass
class Figures:
    """`parts`: expected or found; `right` of them; `unmarked`: words that should be underlined and are not."""

    sentences: int = 0
    whole: int = 0
    parts: int = 0
    right: int = 0
    unread: int = 0
    unmarked: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def line(self, name: str) -> str:
        marked = self.unread - len(self.unmarked)
        return (
            f"{name}: {self.sentences} sentences, {self.right} of {self.parts} parts right "
            f"({100 * self.right / self.parts:.1f} %); of what is not understood {marked} of {self.unread} marked"
        )


def load(half: str) -> list[dict[str, Any]]:
    return json.loads((HERE / f"{half}.json").read_text(encoding="utf-8"))


def measure(conflict: Conflict, half: str) -> Figures:
    figures = Figures()
    for case in load(half):
        figures.sentences += 1
        found = understood(conflict, case["text"], date.fromisoformat(case["on"]))
        before = len(figures.wrong)
        for name, wanted, got in compare(case, found):
            figures.parts += 1
            if wanted == got:
                figures.right += 1
            else:
                figures.wrong.append(f"{case['text']}\n    {name}: wanted {wanted!r}, got {got!r}")
        marked = " ".join(found["unread"])
        for words in case.get("unread", ()):
            figures.unread += 1
            if words not in marked:
                figures.unmarked.append(f"{case['text']}\n    not underlined: {words!r} ({marked})")
        figures.whole += len(figures.wrong) == before
    return figures


def understood(conflict: Conflict, text: str, on: date) -> dict[str, Any]:
    """The parts as slugs."""
    return slugs(conflict, read(conflict, text, on=on))


def slugs(conflict: Conflict, reading: Reading) -> dict[str, Any]:
    index = index_of(conflict)

    def slug(what: str, value: str) -> str:
        found = index.by_slug.get((what, value))
        if found is None:
            found = next(t for t in index.called(fold_name(value)) if t.what == what)
        return found.slug

    one = {name: reading.value(name) for name in ("verb", "date", "place_count")}
    return {
        **one,
        "actor": slug(ACTOR, reading.value("actor")) if reading.of("actor") else "",
        "other_actor": slug(ACTOR, reading.value("other_actor"))
        if reading.of("other_actor")
        else "",
        "places": sorted(slug(PLACE, part.value) for part in reading.of("places")),
        "sources": sorted(
            [slug(SOURCE, source.value), stance.value]
            for source, stance in zip(reading.of("source"), reading.of("stance"), strict=True)
        ),
        "unread": reading.unread_words,
    }


def compare(case: dict[str, Any], found: dict[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    for name in ("actor", "verb", "other_actor", "date", "place_count", "places", "sources"):
        wanted = case.get(name, [] if name in ("places", "sources") else "")
        wanted = sorted(wanted) if isinstance(wanted, list) else str(wanted)
        if wanted or found[name]:
            yield name, wanted, found[name]
