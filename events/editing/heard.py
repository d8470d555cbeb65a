"""The sentence above the form: read, filled in below, and shown as it was understood, each part with its choices."""

from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from events.drafting.sentence import Option, Part, Reading, filled, merge, read
from events.drafting.typed import Typed
from events.models import Conflict

from .boxes import plain_labels
from .compare import flat


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the sentence: `sort` is part, guess, unread or empty."""

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
    """`unseen`: the sentence was changed since it was last shown, so nobody has seen what it was read as."""

    pieces: list[Piece] = field(default_factory=list)
    chips: list[Chip] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    unseen: bool = False

    @property
    def guesses(self) -> int:
        return sum(chip.guessed for chip in self.chips)


def hear(conflict: Conflict, typed: Typed) -> Heard:
    """Read `typed.sentence` and bring the fields of `typed` in step with it."""
    if not typed.sentence.strip() and not typed.read.strip():
        return Heard()
    near = tuple(text for text in typed.places if text.strip())
    on = _day(typed.entered)
    reading = read(conflict, typed.sentence, on=on, near=near)
    unseen = typed.sentence != typed.read
    if unseen:
        before = filled(read(conflict, typed.read, on=on, near=near)) if typed.read else Typed()
        merge(typed, before, filled(reading))
        typed.read = typed.sentence
    now = flat(typed)
    chips = [_chip(part, now.get(part.box, "")) for part in reading.parts if part.options]
    return Heard(_pieces(reading), chips, reading.unread_words, unseen)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def _chip(part: Part, now: str) -> Chip:
    name, _dash, row = part.box.partition("-")
    label = str(plain_labels()[name])
    if row and int(row):
        label = f"{label} {int(row) + 1}"
    others = [option for option in part.options if option.value != now]
    here = [option for option in part.options if option.value == now]
    stands = here or [Option(now, now or _("left empty"))]
    return Chip(part.box, label, [*stands, *others], part.guessed and now == part.value)


def _pieces(reading: Reading) -> list[Piece]:
    spans = [(p.start, p.end, "guess" if p.guessed else "part") for p in reading.parts]
    spans += [(start, end, "unread") for start, end in reading.unread]
    out: list[Piece] = []
    at = 0
    for start, end, sort in sorted(spans):
        if end <= start or start < at:
            continue
        if start > at:
            out.append(Piece(reading.text[at:start]))
        out.append(Piece(reading.text[start:end], sort))
        at = end
    if at < len(reading.text):
        out.append(Piece(reading.text[at:]))
    return out
