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


def compose(own: Standing, inside: Sequence[Standing]) -> Standing:
    """The standing of a place from those of the tracked settlements inside it.

    Its own older statement about who holds it never contradicts them; who fights in it, encircles it or is
    present is its own to say, too.
    """
    if not inside:
        return own
    alike = {standing.holds for standing in inside}
    divided = len(alike) > 1 or any(standing.state == DIVIDED for standing in inside)
    holds = in_slug_order(actor for standing in inside for actor in standing.holds)
    contests = in_slug_order(
        actor
        for standing in (own, *inside)
        for actor in standing.contests
        if divided or actor not in holds
    )
    if divided:
        state = DIVIDED
    elif any(standing.state == CHANGING for standing in inside):
        state = CHANGING
    elif contests or any(standing.state == CONTESTED for standing in inside):
        state = CONTESTED
    else:
        state = state_of(holds, (), unclear=True)
    latest = max(inside, key=lambda s: (s.since is not None, s.since, s.key))
    return Standing(
        state=state,
        holds=holds,
        to=in_slug_order(a for s in inside for a in s.to) if state == CHANGING else (),
        contests=contests,
        besieges=own.besieges,
        present=in_slug_order(a for a in own.present if a not in holds),
        disputed=own.disputed or any(standing.disputed for standing in inside),
        since=latest.since,
        key=latest.key,
        counts=count(inside),
    )


def count(inside: Sequence[Standing]) -> Counts:
    """How many are held by whom, most first; a place that is itself divided counts for all who hold part of it."""
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
        standing = compose(own.get(slug, NOTHING), votes[slug])
        shown[slug] = standing
        if parent is None or kind == SITE:
            continue
        if kind in SETTLEMENTS or not votes[slug]:
            if standing.state != NO_DATA:
                votes[parent].append(standing)
        else:
            votes[parent] += votes[slug]
    return {slug: shown[slug] for slug, _, _ in rows}
