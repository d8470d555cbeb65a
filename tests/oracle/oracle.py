"""The oracle: who has which role in a place at an instant, as known at an instant; slow, and obvious.

It answers one question at a time: it takes all statements that stood then, plays them one instant after
another from the beginning, and looks. It keeps nothing, shares nothing between questions and imports
nothing of the product: it is written from docs/glossary.md and docs/decisions/0002 and 0003.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime

from .effects import ABOUT_HOLDING, EVERY_ROLE, EVERYWHERE, WHERE_IT_HAS_A_ROLE, Pair, Roles, effect

AREAS = {"country", "province", "district", "subdistrict"}


@dataclass(frozen=True)
class Said:
    """One published statement. `entry`: its place in the order of entry; it stood over `[published, gone)`."""

    name: str
    entry: int
    verb: str
    actor: str | None
    places: tuple[str, ...]
    latest: datetime
    earliest: datetime | None = None
    other: str | None = None
    place_count: int | None = None
    day_order: int = 0
    ruling: str = "accepted"
    published: datetime = datetime.min
    gone: datetime | None = None


@dataclass(frozen=True)
class Answer:
    """`roles`: (actor, role, name of the statement that began it). `coming`: those that begin later and may
    have begun by now. `leaving`: those in force that end later and may have ended by now.
    """

    roles: frozenset[tuple[str | None, str, str]]
    coming: frozenset[tuple[str | None, str, str]]
    leaving: frozenset[tuple[str | None, str, str]]


@dataclass
class Frame:
    """What stood from `instant` on: each role with the statement that began it."""

    instant: datetime
    roles: dict[Pair, Said]
    # Roles that stood before and ended at this instant: from when on their end was possible.
    ended: dict[Pair, datetime] = field(default_factory=dict)
    # Statement -> whether the role is about holding -> from when on it may have been so.
    doubt: dict[str, dict[bool, datetime]] = field(default_factory=dict)


class Oracle:
    """`places`: slug -> (kind, parent's slug or None)."""

    def __init__(self, places: dict[str, tuple[str, str | None]]) -> None:
        self.places = places
        self.said: list[Said] = []

    def say(self, said: Said) -> None:
        self.said.append(said)

    def withdraw(self, name: str, at: datetime) -> Said:
        """From the known instant `at` on, it is no longer said."""
        (old,) = [said for said in self.said if said.name == name]
        assert old.gone is None
        self.said[self.said.index(old)] = replace(old, gone=at)
        return old

    def above(self, place: str) -> list[str]:
        parent = self.places[place][1]
        return [] if parent is None else [parent, *self.above(parent)]

    def stood(self, place: str, known: datetime) -> list[tuple[Said, bool]]:
        """(statement, said of this very place) that counted at `known` and can matter here, in their order."""
        found = []
        for said in self.said:
            if said.published > known or (said.gone is not None and said.gone <= known):
                continue
            if said.ruling == "rejected":
                continue
            for named in said.places:
                if said.place_count is not None and self.places[named][0] in AREAS:
                    continue
                inside = named in self.above(place)
                if named == place or (inside and said.verb in EVERYWHERE | WHERE_IT_HAS_A_ROLE):
                    found.append((len(self.above(named)), said, named == place))
        found.sort(key=lambda f: (f[1].latest, f[0], f[1].day_order, f[1].entry))
        return [(said, own) for _, said, own in found]

    def frames(self, place: str, known: datetime) -> Iterator[Frame]:
        """One for each instant at which something was said, oldest first."""
        stood = self.stood(place, known)
        roles: dict[Pair, Said] = {}
        spoken: list[datetime] = []
        for instant in sorted({said.latest for said, _ in stood}):
            frame = Frame(instant, {})
            before = dict(roles)
            for said, own in stood:
                if said.latest != instant:
                    continue
                heard = own or said.verb in EVERYWHERE
                heard = heard or any((said.actor, role) in roles for role in EVERY_ROLE)
                if not heard:
                    continue
                now = self.after(frozenset(roles), said, own)
                earlier = [at for at in spoken if at < instant]
                last = max(earlier) if earlier else None
                frame.doubt[said.name] = {
                    about: in_doubt_from(said, last if about else None) for about in (True, False)
                }
                for pair in set(roles) - now:
                    if roles.pop(pair) is before.get(pair):
                        frame.ended[pair] = frame.doubt[said.name][about_holding(pair)]
                for pair in now - set(roles):
                    roles[pair] = said
                if said.verb in ABOUT_HOLDING and said.ruling == "accepted":
                    spoken.append(instant)
            frame.roles = dict(roles)
            yield frame

    def after(self, roles: Roles, said: Said, own: bool) -> Roles:
        """An open claim has no effect but that it is there, until the next accepted word on who holds it."""
        if said.ruling == "open":
            claimed = said.verb in ABOUT_HOLDING
            return roles | {(said.actor, "claims")} if claimed else roles
        if said.verb in ABOUT_HOLDING:
            roles = frozenset(pair for pair in roles if pair[1] != "claims")
        return effect(said.verb, roles, said.actor, said.other, said_of_it=own)

    def ask(self, place: str, valid: datetime, known: datetime) -> Answer:
        frames = list(self.frames(place, known))
        in_force: dict[Pair, Said] = {}
        for frame in frames:
            if frame.instant <= valid:
                in_force = frame.roles
        coming, leaving = set(), set()
        remaining = dict(in_force)
        for frame in frames:
            if frame.instant <= valid:
                continue
            for pair in set(frame.ended) & set(remaining):
                said = remaining.pop(pair)
                # its end is not in doubt before it had begun
                if max(frame.ended[pair], said.latest) < valid:
                    leaving.add((*pair, said.name))
            for pair, said in frame.roles.items():
                began = said.latest == frame.instant
                if began and frame.doubt[said.name][about_holding(pair)] < valid:
                    coming.add((*pair, said.name))
        roles = frozenset((*pair, said.name) for pair, said in in_force.items())
        return Answer(roles, frozenset(coming), frozenset(leaving))


def about_holding(pair: Pair) -> bool:
    """Whether the doubt of this role ends at the statement before about who holds the place."""
    return pair[1] not in {"contests", "besieges", "present"}


def in_doubt_from(said: Said, last: datetime | None) -> datetime:
    """From when on it may have been so: never before the `last` word; an open start reaches back to that."""
    if said.earliest is None:
        return said.latest if last is None else last
    return min(said.latest, said.earliest if last is None else max(said.earliest, last))
