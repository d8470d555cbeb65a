"""What a sentence was read as: its parts, each with the words it was read from and what else they may mean."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Option:
    """`value` goes into the form's input; `label` tells it from the others."""

    value: str
    label: str


@dataclass(slots=True)
class Part:
    """`box` is the form's input ("actor", "places-0", "source-1"); `[start, end)` the words in the text.

    `guessed`: it may as well be one of the other `options`, the first of which is what it was read as.
    `relative`: a day that only the day of entry makes one ("on Friday").
    """

    box: str
    start: int
    end: int
    options: list[Option]
    guessed: bool = False
    relative: bool = False

    @property
    def value(self) -> str:
        return self.options[0].value

    @property
    def label(self) -> str:
        return self.options[0].label


@dataclass(slots=True)
class Reading:
    """`parts` in the order of the text; `unread`: spans whose words went into no part, to be shown underlined.

    `more`: the other changes that the text states, each with parts of its own. Their words are unread here.
    """

    text: str
    parts: list[Part] = field(default_factory=list)
    unread: list[tuple[int, int]] = field(default_factory=list)
    more: list["Reading"] = field(default_factory=list)

    def of(self, name: str) -> list[Part]:
        """The parts for one kind of input: "actor", "places", "source"."""
        return [part for part in self.parts if part.box.partition("-")[0] == name]

    def value(self, name: str) -> str:
        found = self.of(name)
        return found[0].value if found else ""

    @property
    def unread_words(self) -> list[str]:
        return [self.text[start:end] for start, end in self.unread]

    @property
    def states_a_change(self) -> bool:
        """A verb and a place: enough to propose a draft from."""
        return bool(self.of("verb") and self.of("places"))

    def nth(self, text: str) -> "Reading":
        """The change that a draft of this sentence speaks of: "" or "0" the first, "2" the third."""
        every = [self, *self.more]
        number = int(text) if text.isdecimal() and len(text) < 4 else 0
        return every[number] if number < len(every) else self

    @property
    def changes(self) -> list["Reading"]:
        """Every change that it states, in the order of the text: each is enough for a draft."""
        return [reading for reading in (self, *self.more) if reading.states_a_change]
