"""One truth at every zoom: a place with tracked places inside is shown by what they are."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from .standing import (
    CHANGING,
    CONTESTED,
    DIVIDED,
    NO_DATA,
    NOTHING,
    Standing,
    in_slug_order,
    state_of,
)

SETTLEMENTS = frozenset({"town", "neighbourhood"})
SITE = "site"
Counts = tuple[tuple[tuple[Any, ...], int], ...]
Key = TypeVar("Key")
# A standing, and since when and by which Change it is so: apart, so that places that stand alike can share one.
Part = tuple[Standing, Any, Any]


class Voices:
    """The tracked settlements inside a place: how many stand so, and the last to come to stand as it does.

    A standing that many share is one entry; equal ones that are not the same object are counted apart.
    """

    __slots__ = ("groups", "last")

    def __init__(self) -> None:
        self.groups: dict[int, list[Any]] = {}
        self.last: tuple[Any, Any] | None = None

    def add(self, part: Part) -> None:
        standing, since, key = part
        group = self.groups.get(id(standing))
        if group is None:
            self.groups[id(standing)] = [standing, 1]
        else:
            group[1] += 1
        if since is not None and (self.last is None or (since, key) > self.last):
            self.last = (since, key)

    def merge(self, others: "Voices") -> None:
        for name, (standing, times) in others.groups.items():
            group = self.groups.get(name)
            if group is None:
                self.groups[name] = [standing, times]
            else:
                group[1] += times
        if others.last is not None and (self.last is None or others.last > self.last):
            self.last = others.last

    def __iter__(self) -> Iterator[Standing]:
        return (standing for standing, _times in self.groups.values())


def part_of(standing: Standing) -> Part:
    return standing, standing.since, standing.key


def compose_voices(kind: str, own_part: Part, inside: Voices) -> Part:
    """The same, however many settlements stand alike.

    A town is more than its tracked quarters: its own statement speaks for the rest of it, so where it differs
    the town is divided. An area is its settlements; its own older statement about who holds it is not heard.
    Who fights in it, encircles it or is present is its own to say, too.
    """
    own, since, key = own_part
    speaks = kind in SETTLEMENTS and own.state != NO_DATA and (own.holds or not own.contests)
    voices = [*inside, own] if speaks else list(inside)
    divided = len({v.holds for v in voices}) > 1 or any(v.state == DIVIDED for v in inside)
    holds = in_slug_order(actor for voice in voices for actor in voice.holds)
    contests = in_slug_order(
        actor
        for standing in (own, *inside)
        for actor in standing.contests
        if divided or actor not in holds
    )
    if divided:
        state = DIVIDED
    elif any(voice.state == CHANGING for voice in voices):
        state = CHANGING
    elif contests:
        state = CONTESTED
    else:
        state = state_of(holds, (), unclear=True)
    last = inside.last
    if speaks and since is not None and (last is None or (since, key) > last):
        last = (since, key)
    since, key = last or (None, None)
    standing = Standing(
        state=state,
        holds=holds,
        to=in_slug_order(a for v in voices for a in v.to) if state == CHANGING else (),
        contests=contests,
        besieges=own.besieges,
        present=in_slug_order(a for a in own.present if a not in holds),
        disputed=own.disputed or any(standing.disputed for standing in inside),
        since=since,
        key=key,
        counts=count(inside, own if speaks else None),
    )
    return standing, since, key


def count(inside: Voices, rest: Standing | None) -> Counts:
    """How many are held by whom, most first; one that is itself divided counts for all who hold part of it.

    The rest of a town is one of them where nobody inside is held as it is.
    """
    found: dict[tuple[Any, ...], int] = {}
    for standing, times in inside.groups.values():
        found[standing.holds] = found.get(standing.holds, 0) + times
    if rest is not None and rest.holds not in found:
        found[rest.holds] = 1
    return tuple(sorted(found.items(), key=lambda item: (-item[1], [str(a) for a in item[0]])))


def compose_tree(
    places: Iterable[tuple[str, str, str | None]], own: Mapping[str, Standing]
) -> dict[str, Standing]:
    """Every place's standing as shown. `places`: (slug, kind, parent's slug), parents before children."""
    rows = list(places)
    parts = compose_parts(rows, {slug: part_of(standing) for slug, standing in own.items()})
    return {slug: parts[slug][0] if slug in parts else NOTHING for slug, _, _ in rows}


def compose_parts(
    places: Sequence[tuple[Key, str, Key | None]], own: Mapping[Key, Part]
) -> dict[Key, Part]:
    """The same for any kind of key, and apart; places of which nothing is said, themselves or inside, are left out."""
    votes: dict[Key, Voices] = {}
    shown: dict[Key, Part] = {}
    for place, kind, parent in reversed(places):
        part, inside = own.get(place), votes.get(place)
        if inside is not None:
            part = compose_voices(kind, part or (NOTHING, None, None), inside)
        elif part is None:
            continue
        shown[place] = part
        if parent is None or kind == SITE:
            continue
        alone = inside is None or kind in SETTLEMENTS
        if alone and part[0].state == NO_DATA:
            continue
        voices = votes.get(parent)
        if voices is None:
            voices = votes[parent] = Voices()
        if alone or inside is None:
            voices.add(part)
        else:
            voices.merge(inside)
    return shown
