"""A Reading into the fields of a draft, and into what a person has changed there by hand since."""

from ..typed import CITATION_FIELDS, Typed, empty_citation
from .parts import Reading

SINGLE = ("actor", "verb", "other_actor", "date", "place_count")


def filled(reading: Reading) -> Typed:
    """What the form holds where nobody typed anything into it."""
    typed = Typed()
    for name in SINGLE:
        setattr(typed, name, reading.value(name))
    typed.places = [part.value for part in reading.of("places")] or [""]
    rows = len(reading.of("source"))
    typed.citations = [empty_citation() for _row in range(rows)] or [empty_citation()]
    for part in reading.parts:
        name, _dash, row = part.box.partition("-")
        if name in CITATION_FIELDS:
            typed.citations[int(row)][name] = part.value
    return typed


def merge(typed: Typed, old: Typed, new: Typed) -> None:
    """Bring `typed` from what the earlier sentence gave to what this one gives. What was changed by hand since
    stays, until the sentence says something else about just that.
    """
    for name in SINGLE:
        if getattr(old, name) != getattr(new, name) or not getattr(typed, name).strip():
            setattr(typed, name, getattr(new, name))
    if old.places != new.places or not any(text.strip() for text in typed.places):
        typed.places = list(new.places)
    for row, cited in enumerate(new.citations):
        if row >= len(typed.citations):
            typed.citations.append(dict(cited))
            continue
        before = old.citations[row] if row < len(old.citations) else empty_citation()
        for name in ("source", "stance", "url", "relays"):
            mine = typed.citations[row][name]
            if cited[name] != before[name] or not mine.strip():
                typed.citations[row][name] = cited[name]
    while len(typed.citations) > max(len(new.citations), 1) and len(typed.citations) <= len(
        old.citations
    ):
        if typed.citations[-1] != old.citations[len(typed.citations) - 1]:
            break
        typed.citations.pop()
