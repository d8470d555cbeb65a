"""The verbs of a Change and what each does to the open roles of one place (docs/glossary.md, "Verbs").

A role is a pair (actor, role name). `Roles` is the fold's working state; an effect only opens and closes.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Protocol

Actor = Hashable
HOLDS, CONTESTS, BESIEGES, PRESENT = "holds", "contests", "besieges", "present"
# Markers: nobody is known to hold the place; somebody is said to, and the desk has not ruled.
UNCLEAR, CLAIMS = "unclear", "claims"
INSIDE = (HOLDS, CONTESTS, PRESENT)
ROLES = (HOLDS, CONTESTS, BESIEGES, PRESENT)


class Roles(Protocol):
    """What an effect may do; `close` takes None for "any actor". `own`: it was said of this very place."""

    @property
    def own(self) -> bool: ...
    def open(self, actor: Actor | None, role: str) -> None: ...
    def close(
        self, *roles: str, actor: Actor | None = None, but: tuple[Actor, ...] = ()
    ) -> None: ...
    def has(self, actor: Actor, *roles: str) -> bool: ...
    def anyone_holds(self) -> bool: ...


Effect = Callable[[Roles, Actor, Actor | None], None]


@dataclass(frozen=True, slots=True)
class Verb:
    """`reaches_inside`: "all" places inside, only where the actor has a role ("own_roles"), or "no"."""

    name: str
    reaches_inside: str
    effect: Effect
    needs_actor: bool = True
    needs_other: bool = False
    # Whether it says who holds the place: such a statement overtakes open claims and bounds the doubt of the next.
    about_holding: bool = False


def _settle(roles: Roles, *holders: Actor) -> None:
    """These hold, alone or together: all others' roles inside end, and the holders' own lesser roles."""
    roles.close(HOLDS, but=holders)
    roles.close(CONTESTS, PRESENT)
    roles.close(UNCLEAR)
    for holder in holders:
        roles.close(BESIEGES, actor=holder)
        roles.open(holder, HOLDS)


def _captured(roles: Roles, actor: Actor, other: Actor | None) -> None:
    _settle(roles, actor)


def _shares(roles: Roles, actor: Actor, other: Actor | None) -> None:
    _settle(roles, actor, *([] if other is None else [other]))


def _entered(roles: Roles, actor: Actor, other: Actor | None) -> None:
    if not roles.has(actor, HOLDS):
        roles.close(PRESENT, actor=actor)
        roles.open(actor, CONTESTS)


def _repelled(roles: Roles, actor: Actor, other: Actor | None) -> None:
    if other is None:
        roles.close(CONTESTS, but=(actor,))
    else:
        roles.close(CONTESTS, actor=other)


def _joins(roles: Roles, actor: Actor) -> None:
    """`actor` holds from now on, whoever else does."""
    roles.close(CONTESTS, PRESENT, BESIEGES, actor=actor)
    roles.close(UNCLEAR)
    roles.open(actor, HOLDS)


def _withdrew(roles: Roles, actor: Actor, other: Actor | None) -> None:
    held = roles.has(actor, HOLDS)
    roles.close(*INSIDE, actor=actor)
    if other is not None:
        # Who leaves a province leaves to the other only what he held there.
        if held or roles.own:
            _joins(roles, other)
    elif not roles.anyone_holds():
        roles.open(None, UNCLEAR)


def _handed_over(roles: Roles, actor: Actor, other: Actor | None) -> None:
    held = roles.has(actor, HOLDS)
    roles.close(HOLDS, actor=actor)
    if other is not None and (held or roles.own):
        _joins(roles, other)


def _besieged(roles: Roles, actor: Actor, other: Actor | None) -> None:
    # Nobody besieges what he holds himself.
    if not roles.has(actor, HOLDS):
        roles.open(actor, BESIEGES)


def _relieved(roles: Roles, actor: Actor, other: Actor | None) -> None:
    roles.close(BESIEGES, actor=other)


def _present(roles: Roles, actor: Actor, other: Actor | None) -> None:
    if not roles.has(actor, HOLDS, CONTESTS):
        roles.open(actor, PRESENT)


def _absent(roles: Roles, actor: Actor, other: Actor | None) -> None:
    held = roles.has(actor, HOLDS)
    roles.close(*ROLES, actor=actor)
    # Where he never held it, his absence says nothing about who does.
    if held and not roles.anyone_holds():
        roles.open(None, UNCLEAR)


def _unclear(roles: Roles, actor: Actor, other: Actor | None) -> None:
    roles.close(HOLDS)
    roles.open(None, UNCLEAR)


def _nothing(roles: Roles, actor: Actor, other: Actor | None) -> None:
    """Shown in the timeline and the place's history only."""


VERBS: dict[str, Verb] = {
    verb.name: verb
    for verb in (
        Verb("captured", "all", _captured, about_holding=True),
        Verb("retook", "all", _captured, about_holding=True),
        Verb("holds", "all", _captured, about_holding=True),
        Verb("entered", "no", _entered),
        Verb("repelled", "no", _repelled),
        Verb("withdrew", "own_roles", _withdrew, about_holding=True),
        Verb("handed_over", "own_roles", _handed_over, needs_other=True, about_holding=True),
        Verb("shares", "all", _shares, needs_other=True, about_holding=True),
        Verb("besieged", "no", _besieged),
        Verb("relieved", "no", _relieved),
        Verb("present", "no", _present),
        Verb("absent", "own_roles", _absent, about_holding=True),
        Verb("unclear", "all", _unclear, needs_actor=False, about_holding=True),
        Verb("clash", "no", _nothing, needs_actor=False),
        Verb("attack", "no", _nothing),
    )
}
