"""One truth at every zoom: a place with tracked places inside is shown by what they are."""

from collections.abc import Iterable, Mapping, Sequence
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
        if since is not None:
            last = self.last
            if last is None or since > last[0] or (since == last[0] and key > last[1]):
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
    counts: dict[tuple[Any, ...], int] = {}
    contests, to = set(own.contests), set(own.to if speaks else ())
    divided, disputed = False, own.disputed
    changing = bool(speaks) and own.state == CHANGING
    # One walk: of a whole war's country there are hundreds of likenesses inside.
    for voice, times in inside.groups.values():
        counts[voice.holds] = counts.get(voice.holds, 0) + times
        contests.update(voice.contests)
        to.update(voice.to)
        disputed = disputed or voice.disputed
        divided = divided or voice.state == DIVIDED
        changing = changing or voice.state == CHANGING
    if speaks:
        # The rest of a town is one of them where nobody inside is held as it is.
        counts.setdefault(own.holds, 1)
    divided = divided or len(counts) > 1
    holds = in_slug_order(actor for holders in counts for actor in holders)
    fighting = in_slug_order(contests if divided else contests.difference(holds))
    if divided:
        state = DIVIDED
    elif changing:
        state = CHANGING
    elif fighting:
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
        to=in_slug_order(to) if state == CHANGING else (),
        contests=fighting,
        besieges=own.besieges,
        present=in_slug_order(a for a in own.present if a not in holds),
        disputed=disputed,
        since=since,
        key=key,
        counts=tuple(
            # most first; one that is itself divided counts for all who hold part of it
            sorted(counts.items(), key=lambda item: (-item[1], [str(a) for a in item[0]]))
        ),
    )
    return standing, since, key


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
        area = inside if kind not in SETTLEMENTS else None
        if part[0].state == NO_DATA and area is None:
            continue
        voices = votes.get(parent)
        if voices is None:
            voices = votes[parent] = Voices()
        if area is not None:
            voices.merge(area)
        else:
            voices.add(part)
    return shown
