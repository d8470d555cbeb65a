"""Which verbs say who holds a place: each such statement confirms that standing again, or begins it."""

from .verbs import VERBS

# Whom the verb says to hold the place: the actor, the other one, or both.
SAYS_ACTOR = frozenset({"captured", "retook", "holds", "shares"})
SAYS_OTHER = frozenset({"shares", "withdrew", "handed_over"})
SAYS_NOBODY = frozenset({"unclear"})
SAYS = SAYS_ACTOR | SAYS_OTHER | SAYS_NOBODY
# Said of an area, it is said of each place inside.
SAYS_INSIDE = frozenset(name for name in SAYS if VERBS[name].reaches_inside == "all")
