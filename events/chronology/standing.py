"""Standing: all roles in one place at one instant."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from typing import Any, Protocol

from .dates import close_of, map_day
from .verbs import BESIEGES, CLAIMS, CONTESTS, HOLDS, PRESENT, UNCLEAR

HELD, JOINT, CONTESTED, DIVIDED = "held", "joint", "contested", "divided"
CHANGING, UNKNOWN, NO_DATA = "changing", "unclear", "no_data"
STATES = (HELD, JOINT, CONTESTED, DIVIDED, CHANGING, UNKNOWN, NO_DATA)


class SpanLike(Protocol):
    """A span of the fold, or one read from the database."""

    @property
    def actor(self) -> Any: ...
    @property
    def role(self) -> str: ...
    @property
    def valid_from(self) -> datetime: ...
    @property
    def valid_to(self) -> datetime | None: ...
    @property
    def doubt_from(self) -> datetime | None: ...
    @property
    def closing_doubt_from(self) -> datetime | None: ...
    @property
    def key(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Standing:
    """While it is `changing`, `holds` are those who held it and `to` those who hold it after.

    `since` and `key`: when its holder came to hold it, and by which Change. `counts`, of a place with
    tracked places inside: (holders, how many of them), most first; holders () is "nobody is known".
    """

    state: str = NO_DATA
    holds: tuple[Any, ...] = ()
    to: tuple[Any, ...] = ()
    contests: tuple[Any, ...] = ()
    besieges: tuple[Any, ...] = ()
    present: tuple[Any, ...] = ()
    disputed: bool = False
    since: datetime | None = None
    key: int | None = None
    counts: tuple[tuple[tuple[Any, ...], int], ...] = ()

    @property
    def shown(self) -> tuple[Any, ...]:
        """What the map draws: two standings that agree in this look the same."""
        roles = (self.holds, self.to, self.contests, self.besieges, self.present)
        return (self.state, *roles, self.disputed, self.counts)


NOTHING = Standing()


def in_slug_order(actors: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(sorted(set(actors), key=str))


def state_of(holds: Sequence[Any], contests: Sequence[Any], unclear: bool) -> str:
    if contests:
        return CONTESTED
    if holds:
        return HELD if len(holds) == 1 else JOINT
    return UNKNOWN if unclear else NO_DATA


def standing_at(spans: Iterable[SpanLike], instant: datetime) -> Standing:
    """The standing at `instant` by the spans of one place.

    It is changing hands strictly between the earliest and the latest instant at which it may have.
    """
    now: dict[str, list[SpanLike]] = {}
    coming: list[SpanLike] = []
    for span in spans:
        if span.valid_from <= instant:
            if span.valid_to is None or instant < span.valid_to:
                now.setdefault(span.role, []).append(span)
        elif span.role in (HOLDS, UNCLEAR) and (
            span.doubt_from is None or span.doubt_from < instant
        ):
            coming.append(span)
    holding = now.get(HOLDS, [])
    leaving = {
        span.actor
        for span in holding
        if span.closing_doubt_from is not None and span.closing_doubt_from < instant
    }
    holds = in_slug_order(span.actor for span in holding)
    contests = in_slug_order(span.actor for span in now.get(CONTESTS, []))
    state = state_of(holds, contests, UNCLEAR in now)
    to: tuple[Any, ...] = ()
    if coming or leaving:
        first = min((span.valid_from for span in coming), default=None)
        arriving = {s.actor for s in coming if s.role == HOLDS and s.valid_from == first}
        to = in_slug_order((set(holds) - leaving) | arriving)
        if to != holds or any(span.role == UNCLEAR for span in coming):
            state = CHANGING
        else:
            to = ()
    deciding = holding or now.get(UNCLEAR, []) or now.get(CONTESTS, [])
    latest = max(deciding, key=lambda s: (s.valid_from, s.key), default=None)
    return Standing(
        state=state,
        holds=holds,
        to=to,
        contests=contests,
        besieges=in_slug_order(span.actor for span in now.get(BESIEGES, [])),
        present=in_slug_order(span.actor for span in now.get(PRESENT, [])),
        disputed=CLAIMS in now,
        since=latest.valid_from if latest else None,
        key=latest.key if latest else None,
    )


def steps(spans: Sequence[SpanLike], zone: tzinfo) -> list[tuple[date, Standing]]:
    """The days on whose map the standing differs from the day before's, oldest first."""
    days: set[date] = set()
    for span in spans:
        for instant in (span.valid_from, span.valid_to, span.doubt_from, span.closing_doubt_from):
            if instant is not None:
                day = map_day(instant, zone)
                # a doubt begins strictly after its instant, so perhaps only on the next day's map
                days |= {day, day + timedelta(days=1)}
    found: list[tuple[date, Standing]] = []
    last = NOTHING
    for day in sorted(days):
        standing = standing_at(spans, close_of(day, zone))
        if standing.shown != last.shown:
            found.append((day, standing))
            last = standing
    return found
