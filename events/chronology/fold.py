"""fold(statements) -> spans, for one place. Same input, same output, whatever the order of arrival."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from .verbs import CLAIMS, HOLDS, ROLES, UNCLEAR, VERBS, Actor

ACCEPTED, OPEN, REJECTED = "accepted", "open", "rejected"


@dataclass(frozen=True, slots=True)
class Statement:
    """What one Change says about this place. `own`: said of it, not of a place around it.

    Instants are aware; `earliest` None is an open start. `depth` is that of the place it was made at,
    `order` the order of entry; `key` identifies the Change.
    """

    key: int
    verb: str
    actor: Any
    latest: datetime
    earliest: datetime | None = None
    other: Any = None
    depth: int = 0
    order: int = 0
    ruling: str = ACCEPTED
    own: bool = True


@dataclass(frozen=True, slots=True)
class FoldSpan:
    """`actor` has `role` over `[valid_from, valid_to)`; it may have begun from `doubt_from` on and may have
    ended from `closing_doubt_from` on. `key` opened it, `closed_by` ended it.
    """

    actor: Any
    role: str
    valid_from: datetime
    valid_to: datetime | None
    doubt_from: datetime
    closing_doubt_from: datetime | None
    key: int
    closed_by: int | None


# (actor, role), all that are open.
Pairs = frozenset[tuple[Any, str]]
# A statement, the roles before and after it, and the spans that were over by then.
Watch = Callable[[Statement, Pairs, Pairs, list[FoldSpan]], None]


@dataclass(slots=True)
class _Open:
    since: datetime
    doubt: datetime
    key: int


@dataclass(slots=True)
class _Place:
    """The open roles of one place while its statements go by; implements `verbs.Roles`."""

    open_roles: dict[tuple[Actor | None, str], _Open] = field(default_factory=dict)
    done: list[FoldSpan] = field(default_factory=list)
    statement: Statement | None = None
    # Instants of the two last distinct statements about holding: they bound the doubt of the next.
    spoken: datetime | None = None
    spoken_before: datetime | None = None

    def _doubt(self, role: str) -> datetime:
        """From when the present statement may already have been so: never before the statement before it,
        and nowhere where an open start has no statement to reach back to.
        """
        now = self.statement
        assert now is not None  # noqa: S101  only called while a statement goes by
        before = self.spoken_before if self.spoken == now.latest else self.spoken
        if role in ROLES and role != HOLDS:
            before = None
        if now.earliest is None:
            return now.latest if before is None else before
        return now.earliest if before is None else min(max(now.earliest, before), now.latest)

    @property
    def own(self) -> bool:
        return self.statement is not None and self.statement.own

    def open(self, actor: Actor | None, role: str) -> None:
        if (actor, role) not in self.open_roles and self.statement is not None:
            self.open_roles[actor, role] = _Open(
                self.statement.latest, self._doubt(role), self.statement.key
            )

    def close(self, *roles: str, actor: Actor | None = None, but: tuple[Actor, ...] = ()) -> None:
        for who, role in list(self.open_roles):
            if role in roles and actor in (None, who) and who not in but:
                self._end(who, role)

    def _end(self, actor: Actor | None, role: str) -> None:
        begun, now = self.open_roles.pop((actor, role)), self.statement
        # What began and ended at one instant never was.
        if now is not None and begun.since < now.latest:
            doubt = max(self._doubt(role), begun.since)
            span = FoldSpan(
                actor, role, begun.since, now.latest, begun.doubt, doubt, begun.key, now.key
            )
            self.done.append(span)

    def has(self, actor: Actor, *roles: str) -> bool:
        return any((actor, role) in self.open_roles for role in roles)

    def anyone_holds(self) -> bool:
        return any(role == HOLDS for _, role in self.open_roles)

    def take(self, statement: Statement) -> None:
        verb = VERBS[statement.verb]
        reaches = statement.own or verb.reaches_inside == "all"
        if not reaches and not (
            verb.reaches_inside == "own_roles" and self.has(statement.actor, *ROLES)
        ):
            return
        self.statement = statement
        if statement.ruling == OPEN:
            if verb.about_holding:
                # “unclear” names nobody: it is in dispute all the same
                self.open(statement.actor, CLAIMS)
            return
        if verb.about_holding:
            self.close(CLAIMS)
        verb.effect(self, statement.actor, statement.other)
        if verb.about_holding and self.spoken != statement.latest:
            self.spoken_before, self.spoken = self.spoken, statement.latest


def in_order(statements: Iterable[Statement]) -> list[Statement]:
    """By effective instant, then ancestor before descendant, then order of entry."""
    return sorted(statements, key=lambda s: (s.latest, s.depth, s.order, s.key))


def fold(statements: Iterable[Statement], watch: Watch | None = None) -> list[FoldSpan]:
    """The spans of one place from its own statements and those of its ancestors whose verb reaches inside.

    Rejected statements have no effect. Spans come in the order of their beginning. `watch` sees each statement go by.
    """
    place = _Place()
    for statement in in_order(statements):
        if statement.ruling == REJECTED:
            continue
        if watch is None:
            place.take(statement)
        else:
            before = frozenset(place.open_roles)
            place.take(statement)
            watch(statement, before, frozenset(place.open_roles), place.done)
    running = [
        FoldSpan(actor, role, o.since, None, o.doubt, None, o.key, None)
        for (actor, role), o in place.open_roles.items()
    ]
    return sorted(
        [*place.done, *running], key=lambda s: (s.valid_from, s.role, str(s.actor), s.key)
    )


__all__ = [
    "ACCEPTED",
    "CLAIMS",
    "OPEN",
    "REJECTED",
    "UNCLEAR",
    "FoldSpan",
    "Pairs",
    "Statement",
    "Watch",
    "fold",
]
