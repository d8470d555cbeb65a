"""The fold of many places, a batch at a time: what is held in memory does not grow with the record.

Statements are read for many places at once, which takes one walk over the Changes instead of a search for each; Spans
come for fewer, so that they are written while the next are folded.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from events.chronology.fold import FoldSpan, Watch, fold
from events.chronology.verbs import VERBS

from .statements import Node, in_force, statements_at, statements_of

READ = 4_000
BATCH = 500
REACHES = {name: verb.reaches_inside != "no" for name, verb in VERBS.items()}


def folded(
    nodes: dict[int, Node],
    places: Sequence[int],
    watch: Callable[[Node], Watch] | None = None,
) -> Iterator[dict[int, list[FoldSpan]]]:
    """Each place's Spans as the record of now gives them, in batches of places in the order given.

    `nodes` has the places and their ancestors. What areas say to the places inside is read once, at the start.
    `watch`: who sees the statements of a place go by.
    """
    areas = {pk for at in places for pk in nodes[at].ancestors}
    # The first places' own statements are read with those of the areas: for a single Change, one statement less.
    made_at = statements_at(nodes, areas.union(places[:READ]))
    inside = {
        area: [replace(s, own=False) for s in made_at[area] if REACHES[s.verb]]
        for area in areas & made_at.keys()
    }
    own = made_at
    for start in range(0, len(places), READ):
        here = places[start : start + READ]
        after = places[start + READ : start + 2 * READ]
        rows: list[tuple[Any, ...]] = []
        for at in range(0, len(here), BATCH):
            done = {
                pk: fold(
                    [
                        *own.get(pk, ()),
                        *(said for above in nodes[pk].ancestors for said in inside.get(above, ())),
                    ],
                    watch and watch(nodes[pk]),
                )
                for pk in here[at : at + BATCH]
            }
            if after and at + BATCH >= len(here):
                # Before the last of these are written, so that the next are folded while they are.
                rows = in_force(after)
            yield done
        own = statements_of(nodes, rows)
