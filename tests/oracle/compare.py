"""Spans, wherever they come from, as answers to what the oracle is asked; and the instants worth asking about."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from .oracle import Answer, Oracle

TICK = timedelta(microseconds=1)


@dataclass(frozen=True)
class Seen:
    """A Span by names: `[valid_from, valid_to)`, possible from `doubt`, possibly over from `closing_doubt`."""

    actor: str | None
    role: str
    valid_from: datetime
    valid_to: datetime | None
    doubt: datetime
    closing_doubt: datetime | None
    by: str


def answer(spans: Iterable[Seen], valid: datetime) -> Answer:
    roles, coming, leaving = set(), set(), set()
    for span in spans:
        fact = (span.actor, span.role, span.by)
        if span.valid_from <= valid and (span.valid_to is None or valid < span.valid_to):
            roles.add(fact)
            if span.closing_doubt is not None and span.closing_doubt < valid:
                leaving.add(fact)
        elif valid < span.valid_from and span.doubt < valid:
            coming.add(fact)
    return Answer(frozenset(roles), frozenset(coming), frozenset(leaving))


def worth_asking(oracle: Oracle) -> list[datetime]:
    """Each instant that any statement names, its neighbours, and one between it and the next."""
    named = {said.latest for said in oracle.said} | {
        said.earliest for said in oracle.said if said.earliest is not None
    }
    ordered = sorted(named)
    between = {one + (two - one) / 2 for one, two in pairwise(ordered)}
    return sorted(between | {at + n * TICK for at in named for n in (-1, 0, 1)})


def overlapping(spans: Iterable[Seen]) -> list[tuple[Seen, Seen]]:
    """Pairs of one (actor, role) that overlap on the ground; all are of one place and one known instant."""
    rows = list(spans)
    return [
        (one, two)
        for at, one in enumerate(rows)
        for two in rows[at + 1 :]
        if (one.actor, one.role) == (two.actor, two.role)
        and (one.valid_to is None or two.valid_from < one.valid_to)
        and (two.valid_to is None or one.valid_from < two.valid_to)
    ]
