"""How many towns whom: the numbers of the column, and the same in words."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from events.chronology.standing import (
    CHANGING,
    CONTESTED,
    DIVIDED,
    NO_DATA,
    UNKNOWN,
    Standing,
)


@dataclass
class Counts:
    """By actor: towns `held` alone, and `shared` with others or in part. `states`: towns by state."""

    held: Counter[str] = field(default_factory=Counter)
    shared: Counter[str] = field(default_factory=Counter)
    states: Counter[str] = field(default_factory=Counter)

    @property
    def actors(self) -> list[str]:
        """Those who hold something, most first."""
        total = self.held + self.shared
        return sorted(total, key=lambda actor: (-total[actor], actor))

    def of(self, actor: str) -> str:
        shared = self.shared[actor]
        return f"{self.held[actor]} + {shared}" if shared else f"{self.held[actor]}"

    def states_in_words(self) -> str:
        words = (
            (DIVIDED, _("%(count)s divided")),
            (CONTESTED, _("%(count)s contested")),
            (CHANGING, _("%(count)s changing hands")),
            (UNKNOWN, _("%(count)s unclear")),
        )
        said = [text % {"count": self.states[s]} for s, text in words if self.states[s]]
        return " · ".join(said)


def counted(standings: Iterable[Standing]) -> Counts:
    """Of the standings of all towns, as the map shows them."""
    found = Counts()
    for standing in standings:
        found.states[standing.state] += 1
        alone = len(standing.holds) == 1 and standing.state != DIVIDED
        for actor in standing.holds:
            (found.held if alone else found.shared)[actor] += 1
    return found


def described(counts: Counts, names: Mapping[str, str]) -> str:
    """What the picture says, in a sentence, for who does not see it."""
    held = [f"{names.get(actor, actor)} {counts.of(actor)}" for actor in counts.actors]
    if not held:
        return _("No town is known to be held by anybody.")
    parts = [_("Towns held"), ": ", _(", ").join(held), "."]
    states = counts.states_in_words()
    if states:
        parts += [" ", states, "."]
    none = counts.states[NO_DATA]
    if none:
        parts += [" ", _("%(count)s without data") % {"count": none}, "."]
    return "".join(parts)
