"""The sentence above the form: read, filled in below, and shown as it was understood, each part with its choices."""

import re
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from events.chronology.tidy import tidy
from events.drafting import words
from events.drafting.assemble import assemble
from events.drafting.sentence import Option, Part, Reading, filled, merge, read
from events.drafting.sentence.tokens import ARTICLES
from events.drafting.typed import Typed
from events.gazetteer import fold_name, index_of
from events.models import Conflict

from .boxes import plain_labels
from .compare import flat
from .lists import in_a_sentence

LONGEST_NAME = 4
HYPHENS = " -‐‑"
# Words with a capital each, at the end of what was not understood and at its beginning.
NAMED = r"[A-ZÀ-Þ][\w'’]*"
NAME_LAST = re.compile(rf"{NAMED}(?:[ \-]+{NAMED})*$")
NAME_FIRST = re.compile(rf"{NAMED}(?:[ \-]+{NAMED})*")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the sentence: `sort` is part, guess, more (part of another change), unread or empty."""

    text: str
    sort: str = ""


@dataclass(frozen=True, slots=True)
class Chip:
    """One part, to be put right without the mouse. The first of `options` is what stands in the form."""

    box: str
    label: str
    options: list[Option]
    guessed: bool


@dataclass(slots=True)
class Heard:
    """`unseen`: the sentence was changed since it was last shown, so nobody has seen what it was read as.

    `more`: the other changes that it states, in words; `taken`: they are drafts of their own already.
    `day_wrong`: what was typed for the day of entry, where that is no day.
    `nameable`: what was only guessed to be a place, or not understood and is written like a name: it may be one that
    the gazetteer lacks.
    """

    pieces: list[Piece] = field(default_factory=list)
    chips: list[Chip] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    nameable: list[str] = field(default_factory=list)
    unseen: bool = False
    day_wrong: str = ""
    more: list[str] = field(default_factory=list)
    taken: bool = False
    whole: Reading = field(default_factory=lambda: Reading(""))

    @property
    def all(self) -> int:
        return len(self.more) + 1

    @property
    def guessed(self) -> set[str]:
        return {chip.box for chip in self.chips if chip.guessed}

    @property
    def guesses(self) -> int:
        return sum(chip.guessed for chip in self.chips)


def hear(conflict: Conflict, typed: Typed) -> Heard:
    """Read `typed.sentence` and bring the fields of `typed` in step with it."""
    if not typed.sentence.strip() and not typed.read.strip():
        return Heard()
    near = tuple(text for text in typed.places if text.strip())
    on = _day(typed.entered)
    whole = read(conflict, typed.sentence, on=on, near=near)
    reading = whole.nth(typed.nth)
    unseen = typed.sentence != typed.read
    if unseen:
        before = Typed()
        if typed.read:
            before = filled(read(conflict, typed.read, on=on, near=near).nth(typed.nth))
        merge(typed, before, filled(reading))
        typed.read = typed.sentence
    now = flat(typed)
    chips = [_chip(typed, part, now.get(part.box, "")) for part in reading.parts if part.options]
    others = [other for other in whole.changes if other is not reading]
    pieces = _pieces(typed, reading, whole, others)
    unread = [piece.text for piece in pieces if piece.sort == "unread"]
    said = [_in_words(conflict, filled(other)) for other in others]
    like = _likenesses(conflict, reading)
    rest = [
        name for name in map(_as_a_name, unread) if name and not any(name in one for one in like)
    ]
    nameable = list(dict.fromkeys([*like, *rest]))
    wrong = typed.entered.strip()[:40] if on is None else ""
    return Heard(pieces, chips, unread, nameable, unseen, wrong, said, bool(typed.nth), whole)


def guessed(conflict: Conflict, typed: Typed) -> set[str]:
    """The inputs that still hold what was guessed from the sentence. Alters nothing."""
    if not typed.read.strip():
        return set()
    near = tuple(text for text in typed.places if text.strip())
    reading = read(conflict, typed.read, on=_day(typed.entered), near=near).nth(typed.nth)
    now = flat(typed)
    return {
        part.box for part in reading.parts if _open(typed, part) and now.get(part.box) == part.value
    }


def _open(typed: Typed, part: Part) -> bool:
    """Guessed, and nobody has said that it is right."""
    return part.guessed and not typed.is_sure(part.box, part.value)


def _likenesses(conflict: Conflict, reading: Reading) -> list[str]:
    """Words that only sound like the places that they were taken for; first with the rest of their name, if nobody
    knows that: "Khanzir Tahtani", "Khanzir".
    """
    called = index_of(conflict).called
    found: list[str] = []
    for part in reading.of("places"):
        words = reading.text[part.start : part.end]
        if part.guessed and not called(fold_name(words)):
            found += [_whole(reading, part), words]
    return found


def _whole(reading: Reading, part: Part) -> str:
    """Its words with those that are not understood beside them and are written like a name."""
    text, start, end = reading.text, part.start, part.end
    for first, last in reading.unread:
        if last <= start and not text[last:start].strip(HYPHENS):
            before = NAME_LAST.search(text[first:last])
            start = first + before.start() if before else start
        elif first >= end and not text[end:first].strip(HYPHENS):
            after = NAME_FIRST.match(text[first:last])
            end = first + after.end() if after else end
    return text[start:end]


def _as_a_name(words: str) -> str:
    """ "the unknown village of Wxyz" -> "Wxyz": from the first word that is written like a name to the last."""
    parts = words.split()
    like = [n for n, word in enumerate(parts) if word != word.lower() or not word[:1].isascii()]
    if not like or like[-1] - like[0] > LONGEST_NAME:
        return ""
    first = like[0]
    while first and parts[first - 1].lower() in ARTICLES:
        first -= 1
    return " ".join(parts[first : like[-1] + 1]).strip(' .,;:!?()«»“”"')


def _in_words(conflict: Conflict, typed: Typed) -> str:
    return words.headline(assemble(conflict, typed).new) or in_a_sentence(typed)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(tidy(text))
    except ValueError:
        return None


def _chip(typed: Typed, part: Part, now: str) -> Chip:
    name, _dash, row = part.box.partition("-")
    label = str(plain_labels()[name])
    if row and int(row):
        label = f"{label} {int(row) + 1}"
    others = [option for option in part.options if option.value != now]
    here = [option for option in part.options if option.value == now]
    stands = here or [Option(now, now or _("left empty"))]
    return Chip(part.box, label, [*stands, *others], _open(typed, part) and now == part.value)


def _pieces(typed: Typed, reading: Reading, whole: Reading, others: list[Reading]) -> list[Piece]:
    spans = [(p.start, p.end, "guess" if _open(typed, p) else "part") for p in reading.parts]
    spans += [(p.start, p.end, "more") for other in others for p in other.parts]
    spans += [(*span, "unread") for span in _unread(reading, whole, others)]
    out: list[Piece] = []
    at = 0
    # Of two that begin at one letter, what belongs to this change comes first.
    for start, end, sort in sorted(spans, key=lambda span: (span[0], span[2] == "more")):
        if end <= start or start < at:
            continue
        if start > at:
            out.append(Piece(reading.text[at:start]))
        out.append(Piece(reading.text[start:end], sort))
        at = end
    if at < len(reading.text):
        out.append(Piece(reading.text[at:]))
    return out


def _unread(reading: Reading, whole: Reading, others: list[Reading]) -> list[tuple[int, int]]:
    """What the whole sentence left, without the words of the changes that were read of it."""
    taken = sorted((p.start, p.end) for read in (reading, *others) for p in read.parts)
    out: list[tuple[int, int]] = []
    for start, end in whole.unread:
        for first, last in [t for t in taken if start <= t[0] < end]:
            out.append((start, first))
            start = max(start, last)
        out.append((start, end))
    text = reading.text
    return [(a + len(text[a:b]) - len(text[a:b].lstrip()), b) for a, b in out if text[a:b].strip()]
