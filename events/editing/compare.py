"""Two texts of one draft, field by field, for the person whose save came second."""

from dataclasses import dataclass

from events.drafting.typed import ASIDE, CITATION_FIELDS, FIELDS, Typed

from .boxes import plain_labels


@dataclass(frozen=True, slots=True)
class Difference:
    """`box`: the input into which either text would go."""

    box: str
    label: str
    theirs: str
    yours: str


def flat(typed: Typed) -> dict[str, str]:
    """Text by input."""
    found = {name: getattr(typed, name) for name in FIELDS if name not in ASIDE}
    found |= {f"places-{row}": text for row, text in enumerate(typed.places)}
    for row, cited in enumerate(typed.citations):
        found |= {f"{name}-{row}": cited[name] for name in CITATION_FIELDS}
    return found


def differences(theirs: Typed, yours: Typed) -> list[Difference]:
    """In the order of the form; an input that only one has is empty in the other."""
    there, here = flat(theirs), flat(yours)
    return [
        Difference(box, label_of(box), there.get(box, ""), here.get(box, ""))
        for box in dict.fromkeys([*here, *there])
        if there.get(box, "") != here.get(box, "")
    ]


def label_of(box: str) -> str:
    name, _dash, row = box.partition("-")
    label = str(plain_labels()[name])
    return f"{label} {int(row) + 1}" if row else label
