"""The fold of many places, a batch at a time: what is held in memory does not grow with the record."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from events.chronology.fold import FoldSpan, Statement, fold
from events.chronology.verbs import VERBS

from .statements import Node, statements_at

BATCH = 500


def folded(nodes: dict[int, Node], places: Sequence[int]) -> Iterator[dict[int, list[FoldSpan]]]:
    """Each place's Spans as the record of now gives them, in batches of places in the order given.

    `nodes` has the places and their ancestors. What areas say to the places inside is read once, at the start.
    """
    inside = _said_inside(nodes, {pk for at in places for pk in nodes[at].ancestors})
    for start in range(0, len(places), BATCH):
        batch = places[start : start + BATCH]
        own = statements_at(nodes, batch)
        yield {
            pk: fold(
                [
                    *own.get(pk, ()),
                    *(said for above in nodes[pk].ancestors for said in inside.get(above, ())),
                ]
            )
            for pk in batch
        }


def _said_inside(nodes: dict[int, Node], areas: set[int]) -> dict[int, list[Statement]]:
    made_at = statements_at(nodes, areas)
    return {
        area: [replace(s, own=False) for s in said if VERBS[s.verb].reaches_inside != "no"]
        for area, said in made_at.items()
    }
