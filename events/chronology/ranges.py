"""Who gained and lost how many places between two instants, as ranges: "IS lost 3 to 5 districts in June".

A span surely holds from `valid_from` on and until `closing_doubt_from`; it may hold from `doubt_from` on and
until `valid_to`. A place with tracked places inside is held by whoever holds all of them (tree.py says who has a
voice), alone or with others.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from .standing import SpanLike
from .tree import SETTLEMENTS, SITE
from .verbs import CONTESTS, HOLDS, UNCLEAR


@dataclass(frozen=True, slots=True)
class Stake:
    """One actor in one place: whether it surely or perhaps holds it then and now, and may have come or gone."""

    sure_then: bool = False
    maybe_then: bool = False
    sure_now: bool = False
    maybe_now: bool = False
    may_lose: bool = False
    may_gain: bool = False

    @property
    def must_lose(self) -> bool:
        return self.sure_then and not self.maybe_now

    @property
    def must_gain(self) -> bool:
        return self.sure_now and not self.maybe_then


NO_STAKE = Stake()


@dataclass(frozen=True, slots=True)
class Voice:
    """One place: who has a stake, and whether anything is said of it at either instant."""

    stakes: Mapping[Any, Stake]
    then: bool
    now: bool

    def of(self, actor: Any) -> Stake:
        return self.stakes.get(actor, NO_STAKE)


@dataclass(frozen=True, slots=True)
class Tally:
    """Of one actor and one kind of place; each a (least, most)."""

    held_then: tuple[int, int] = (0, 0)
    held_now: tuple[int, int] = (0, 0)
    gained: tuple[int, int] = (0, 0)
    lost: tuple[int, int] = (0, 0)


def may_hold(span: SpanLike, at: datetime) -> bool:
    begun = span.valid_from <= at or span.doubt_from is None or span.doubt_from < at
    return begun and (span.valid_to is None or at < span.valid_to)


def surely_holds(span: SpanLike, at: datetime) -> bool:
    if not span.valid_from <= at:
        return False
    if span.valid_to is None:
        return True
    return at < span.valid_to and (span.closing_doubt_from is None or at <= span.closing_doubt_from)


def stake(spans: Sequence[SpanLike], then: datetime, now: datetime) -> Stake:
    """One actor's own stake by its `holds` spans in one place; `then` before `now`.

    What may have begun cannot also have been lost by the same doubt: begin and end are looked at span by span.
    """
    sure_then = any(surely_holds(span, then) for span in spans)
    sure_now = any(surely_holds(span, now) for span in spans)
    return Stake(
        sure_then,
        any(may_hold(span, then) for span in spans),
        sure_now,
        any(may_hold(span, now) for span in spans),
        may_lose=not sure_now and any(may_hold(s, then) and _may_end_by(s, now) for s in spans),
        may_gain=not sure_then and any(may_hold(s, now) and s.valid_from > then for s in spans),
    )


def _may_end_by(span: SpanLike, at: datetime) -> bool:
    if span.valid_to is None:
        return False
    return span.valid_to <= at or (
        span.closing_doubt_from is not None and span.closing_doubt_from < at
    )


def own_voice(spans: Iterable[SpanLike], then: datetime, now: datetime, *roles: str) -> Voice:
    """The place's own. `roles` besides holding that count as something said of it."""
    held: dict[Any, list[SpanLike]] = defaultdict(list)
    said_then = said_now = False
    for span in spans:
        if span.role == HOLDS:
            held[span.actor].append(span)
        if span.role in (HOLDS, UNCLEAR, *roles):
            said_then |= may_hold(span, then)
            said_now |= may_hold(span, now)
    return Voice({who: stake(rows, then, now) for who, rows in held.items()}, said_then, said_now)


def together(voices: Sequence[Voice]) -> Voice:
    """The voice of a whole: an actor holds it where it holds all parts of which anything is said."""
    actors = {who for voice in voices for who in voice.stakes}
    then = [voice for voice in voices if voice.then]
    now = [voice for voice in voices if voice.now]
    return Voice({who: _whole(who, then, now) for who in actors}, bool(then), bool(now))


def _whole(who: Any, then: Sequence[Voice], now: Sequence[Voice]) -> Stake:
    maybe_then = bool(then) and all(voice.of(who).maybe_then for voice in then)
    maybe_now = bool(now) and all(voice.of(who).maybe_now for voice in now)
    return Stake(
        bool(then) and all(voice.of(who).sure_then for voice in then),
        maybe_then,
        bool(now) and all(voice.of(who).sure_now for voice in now),
        maybe_now,
        # a part of which nothing was said then may simply not be the actor's now
        may_lose=maybe_then
        and (not now or any(v.of(who).may_lose if v.then else not v.of(who).sure_now for v in now)),
        may_gain=maybe_now
        and (
            not then or any(v.of(who).may_gain if v.now else not v.of(who).sure_then for v in then)
        ),
    )


def tallies(
    places: Iterable[tuple[int, str, int | None]],
    spans: Mapping[int, Sequence[SpanLike]],
    then: datetime,
    now: datetime,
) -> dict[tuple[Any, str], Tally]:
    """By (actor, kind of place); who has nothing at either instant is left out.

    `places`: (key, kind, parent's key), parents before children; `spans` by the place's key.
    """
    found: dict[tuple[Any, str], list[Stake]] = defaultdict(list)
    inside: dict[int, list[Voice]] = defaultdict(list)
    for key, kind, parent in reversed(list(places)):
        parts = inside.pop(key, [])
        rows = spans.get(key, ())
        if not parts:
            voice = own_voice(rows, then, now, CONTESTS)
        elif kind in SETTLEMENTS:
            voice = together([*parts, own_voice(rows, then, now)])
        else:
            voice = together(parts)
        for who, held in voice.stakes.items():
            found[who, kind].append(held)
        if parent is None or kind == SITE or not (voice.then or voice.now):
            continue
        if kind in SETTLEMENTS or not parts:
            inside[parent].append(voice)
        else:
            inside[parent] += parts
    counted = {key: _tally(stakes) for key, stakes in found.items()}
    return {key: tally for key, tally in counted.items() if tally != Tally()}


def _tally(stakes: Sequence[Stake]) -> Tally:
    return Tally(
        (sum(s.sure_then for s in stakes), sum(s.maybe_then for s in stakes)),
        (sum(s.sure_now for s in stakes), sum(s.maybe_now for s in stakes)),
        (sum(s.must_gain for s in stakes), sum(s.may_gain or s.must_gain for s in stakes)),
        (sum(s.must_lose for s in stakes), sum(s.may_lose or s.must_lose for s in stakes)),
    )
