"""Two texts of one draft, field by field: for who reviews it, and for the person whose save came second."""

from dataclasses import dataclass

from events.drafting.typed import CITATION_FIELDS, FIELDS, Typed

from .said import Bit, Sayer, bits, label_of

__all__ = ["Difference", "differences", "flat", "label_of"]


@dataclass(frozen=True, slots=True)
class Difference:
    """`box`: the input into which either text would go. `theirs` and `yours` as typed; `said_…` as people say it."""

    box: str
    label: str
    theirs: str
    yours: str
    said_theirs: str = ""
    said_yours: str = ""

    @property
    def before(self) -> list[Bit]:
        return bits(self.said_theirs, self.said_yours)

    @property
    def after(self) -> list[Bit]:
        return bits(self.said_yours, self.said_theirs)


def flat(typed: Typed) -> dict[str, str]:
    """Text by input."""
    found = {name: getattr(typed, name) for name in FIELDS if name not in ("entered", "read")}
    found |= {f"places-{row}": text for row, text in enumerate(typed.places)}
    for row, cited in enumerate(typed.citations):
        found |= {f"{name}-{row}": cited[name] for name in CITATION_FIELDS}
    return found


def differences(theirs: Typed, yours: Typed, names: Sayer | None = None) -> list[Difference]:
    """In the order of the form; an input that only one has is empty in the other. Without `names` all is said as it
    was typed, but for verbs, stances, rulings and dates.
    """
    there, here = flat(theirs), flat(yours)
    names = names or Sayer()
    return [
        Difference(box, label_of(box), old, new, names.say(box, old), names.say(box, new))
        for box in dict.fromkeys([*here, *there])
        if (old := there.get(box, "")) != (new := here.get(box, ""))
    ]
