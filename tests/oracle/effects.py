"""The table of verbs once more, written from docs/glossary.md and docs/decisions/0002 and 0003 alone.

Plain sets, rebuilt by each statement: `effect` takes the roles that stood and says those that stand after it.
Nothing here is taken from `events.chronology`, which it is there to judge.
"""

from collections.abc import Callable

Pair = tuple[str | None, str]
Roles = frozenset[Pair]

# A marker has no part in "every role": nobody is known to hold it; somebody is said to.
UNCLEAR: Pair = (None, "unclear")
EVERY_ROLE = ("holds", "contests", "besieges", "present")

# "Reaches places inside P": everywhere; only where the actor has a role; not at all.
EVERYWHERE = {"captured", "retook", "holds", "shares", "unclear"}
WHERE_IT_HAS_A_ROLE = {"withdrew", "handed_over", "absent"}
ABOUT_HOLDING = EVERYWHERE | WHERE_IT_HAS_A_ROLE


def holders(roles: Roles) -> set[str | None]:
    return {who for who, role in roles if role == "holds"}


def without(roles: Roles, goes: Callable[[str | None, str], bool]) -> Roles:
    return frozenset((who, role) for who, role in roles if not goes(who, role))


def settled(roles: Roles, *now: str) -> Roles:
    """These hold it, alone or together; nobody else holds, contests or is present; none of them besieges."""
    kept = {
        (w, r) for w, r in roles if r in {"besieges", "claims"} and (w not in now or r == "claims")
    }
    return frozenset(kept | {(who, "holds") for who in now})


def joined(roles: Roles, who: str) -> Roles:
    """One more holds it; whoever holds neither contests, nor besieges, nor is merely present."""
    rest = without(roles, lambda w, r: w == who and r in {"contests", "present", "besieges"})
    return (rest - {UNCLEAR}) | {(who, "holds")}


def unclear_if_nobody(roles: Roles) -> Roles:
    return roles if holders(roles) else roles | {UNCLEAR}


def effect(verb: str, roles: Roles, a: str | None, b: str | None, *, said_of_it: bool) -> Roles:
    """`said_of_it`: of this very place, not of an area around it."""
    held = (a, "holds") in roles
    if verb in {"captured", "retook", "holds"}:
        assert a is not None
        return settled(roles, a)
    if verb == "shares":
        assert a is not None and b is not None
        return settled(roles, a, b)
    if verb == "entered":
        return roles if held else (roles - {(a, "present")}) | {(a, "contests")}
    if verb == "repelled":
        gone = {b} if b else {who for who, _ in roles} - {a}
        return without(roles, lambda w, r: r == "contests" and w in gone)
    if verb == "withdrew":
        rest = without(roles, lambda w, r: w == a and r in {"holds", "contests", "present"})
        if b is None:
            return unclear_if_nobody(rest)
        return joined(rest, b) if held or said_of_it else rest
    if verb == "handed_over":
        assert b is not None
        rest = roles - {(a, "holds")}
        return joined(rest, b) if held or said_of_it else rest
    if verb == "besieged":
        return roles if held else roles | {(a, "besieges")}
    if verb == "relieved":
        return without(roles, lambda w, r: r == "besieges" and b in (None, w))
    if verb == "present":
        busy = held or (a, "contests") in roles
        return roles if busy else roles | {(a, "present")}
    if verb == "absent":
        rest = without(roles, lambda w, r: w == a and r in EVERY_ROLE)
        return unclear_if_nobody(rest) if held else rest
    if verb == "unclear":
        return without(roles, lambda w, r: r == "holds") | {UNCLEAR}
    assert verb in {"clash", "attack"}, verb
    return roles
