"""Who of those that a clause names is the actor, and who the other one."""

from dataclasses import dataclass

from .scan import Item

# Who is named after "to" or "for" takes over, rather than acts.
LEAVING = frozenset({"withdrew", "handed_over", "absent"})
# Both sides are on a level: who is named first is the actor.
LEVEL = frozenset({"clash", "shares"})


@dataclass(slots=True)
class Who:
    """An actor that is named: its item, the mark before it, and whether it stands before the verb.

    `elided`: it is named in the clause before, and only meant here.
    """

    item: Item
    mark: str
    before: bool
    elided: bool = False


def cast(verb: str, frame: str, whos: list[Who]) -> tuple[Who | None, Who | None]:
    """(actor, other actor) by the frame of the verb."""
    by = next((who for who in whos if who.mark == "by"), None)
    against = next((who for who in whos if who.mark == "from"), None)
    to = next((who for who in whos if who.mark == "to"), None)
    bare = [who for who in whos if not who.mark]
    first = bare[0] if bare else None
    second = next((who for who in bare[1:] if not who.before), None)
    if verb in LEVEL:
        return (whos[0] if whos else None), (whos[1] if len(whos) > 1 else None)
    if frame == "lost":
        return to or by or second or (against if against is not first else None), first
    if frame == "fell":
        return to or by or first, against
    if verb in LEAVING:
        return first or by, (to or (by if first else None) or second)
    if by:
        return by, first or against
    return first, against or second or to
