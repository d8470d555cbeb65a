"""One truth at every zoom: a place with tracked places inside is shown by what they are."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

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


def compose(kind: str, own: Standing, inside: Sequence[Standing]) -> Standing:
    """The standing of a place from those of the tracked settlements inside it.

    A town is more than its tracked quarters: its own statement speaks for the rest of it, so where it differs
    the town is divided. An area is its settlements; its own older statement about who holds it is not heard.
    Who fights in it, encircles it or is present is its own to say, too.
    """
    if not inside:
        return own
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
    latest = max(voices, key=lambda s: (s.since is not None, s.since, s.key))
    return Standing(
        state=state,
        holds=holds,
        to=in_slug_order(a for v in voices for a in v.to) if state == CHANGING else (),
        contests=contests,
        besieges=own.besieges,
        present=in_slug_order(a for a in own.present if a not in holds),
        disputed=own.disputed or any(standing.disputed for standing in inside),
        since=latest.since,
        key=latest.key,
        counts=count(inside if any(own.holds == s.holds for s in inside) else voices),
    )


def count(inside: Sequence[Standing]) -> Counts:
    """How many are held by whom, most first; one that is itself divided counts for all who hold part of it.

    The rest of a town is one of them where nobody inside is held as it is.
    """
    found = Counter(standing.holds for standing in inside)
    return tuple(sorted(found.items(), key=lambda item: (-item[1], [str(a) for a in item[0]])))


def compose_tree(
    places: Iterable[tuple[str, str, str | None]], own: Mapping[str, Standing]
) -> dict[str, Standing]:
    """Every place's standing as shown. `places`: (slug, kind, parent's slug), parents before children."""
    rows = list(places)
    votes: dict[str, list[Standing]] = {slug: [] for slug, _, _ in rows}
    shown: dict[str, Standing] = {}
    for slug, kind, parent in reversed(rows):
        standing = compose(kind, own.get(slug, NOTHING), votes[slug])
        shown[slug] = standing
        if parent is None or kind == SITE:
            continue
        if kind in SETTLEMENTS or not votes[slug]:
            if standing.state != NO_DATA:
                votes[parent].append(standing)
        else:
            votes[parent] += votes[slug]
    return {slug: shown[slug] for slug, _, _ in rows}
