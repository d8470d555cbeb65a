"""From stored Changes to the statements that the fold takes, for many places in a constant number of queries."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.db import connection

from events.chronology.fold import Statement
from events.chronology.verbs import VERBS
from events.models import Conflict, Place

from .new import has_effect

DAY_ORDER_STEP = 1 << 48


@dataclass(frozen=True, slots=True)
class Node:
    """A place as the fold needs it."""

    pk: int
    slug: str
    kind: str
    depth: int
    ancestors: tuple[int, ...]


def order_of(day_order: int, entry: int) -> int:
    """Order within a day: what the desk arranged, else the order of entry."""
    return day_order * DAY_ORDER_STEP + entry


TREE = """
    SELECT id, slug, kind, depth, parent_id FROM events_place
    WHERE conflict_id = %s AND NOT hidden ORDER BY depth, path
"""
TREE_ABOVE = """
    WITH RECURSIVE up AS (
        SELECT id, slug, kind, depth, parent_id FROM events_place WHERE id = ANY(%s)
        UNION
        SELECT above.id, above.slug, above.kind, above.depth, above.parent_id
        FROM events_place AS above JOIN up ON above.id = up.parent_id
    ) SELECT * FROM up ORDER BY depth
"""


def tree(conflict: Conflict, places: Iterable[int] | None = None) -> dict[int, Node]:
    """The public places of the conflict by primary key, parents before children; with `places`, these, hidden or
    not, and their ancestors.
    """
    nodes: dict[int, Node] = {}
    with connection.cursor() as cursor:
        if places is None:
            cursor.execute(TREE, [conflict.pk])
        else:
            cursor.execute(TREE_ABOVE, [list(places)])
        for pk, slug, kind, depth, parent in cursor.fetchall():
            above = (*nodes[parent].ancestors, parent) if parent else ()
            nodes[pk] = Node(pk, slug, kind, depth, above)
    return nodes


def prefixes(path: str) -> list[str]:
    """ "a/b/c/" -> "a/", "a/b/", "a/b/c/": a place's path and those of its ancestors."""
    return [path[: at + 1] for at, letter in enumerate(path) if letter == "/"]


def reached(places: Iterable[Place], verb: str) -> tuple[str, list[Any]]:
    """The places whose fold a Change may alter: those named, and all public ones inside where the verb reaches.

    As a condition on `events_place` and its values: it is asked for each publication, and written out it takes a
    fifth off what Python does for one.
    """
    places = list(places)
    which = ["id = ANY(%s)"]
    values: list[Any] = [places[0].conflict_id, [place.pk for place in places]]
    if VERBS[verb].reaches_inside != "no":
        for place in places:
            which.append("path LIKE %s AND NOT hidden")
            values.append(connection.ops.prep_for_like_query(place.path) + "%")
    return f"conflict_id = %s AND ({' OR '.join(which)})", values


# What counts today: not superseded, not rejected, not itself a retraction. In one flat statement: as a subquery of
# changes the planner would first go through all of the conflict's.
IN_FORCE = """
    SELECT named.place_id, said.id, said.verb, said.actor_id, said.other_actor_id, said.latest,
           said.earliest, said.day_order, said.ruling, said.place_count, coalesce(said.entry, said.id)
    FROM events_changeplace AS named JOIN events_change AS said ON said.id = named.change_id
    WHERE named.place_id = ANY(%s) AND said.kind <> 'retraction' AND said.ruling <> 'rejected'
      AND NOT EXISTS (SELECT FROM events_change AS newer WHERE newer.supersedes_id = said.id)
"""


def in_force(places: Iterable[int]) -> list[tuple[Any, ...]]:
    """What counts today of these places, as `statements_of` takes it."""
    with connection.cursor() as cursor:
        cursor.execute(IN_FORCE, [list(places)])
        return list(cursor.fetchall())


def statements_at(nodes: dict[int, Node], places: Iterable[int]) -> dict[int, list[Statement]]:
    """Statements by the place they were made at, for `places` (all among `nodes`), `own` true."""
    return statements_of(nodes, in_force(places))


def statements_of(
    nodes: dict[int, Node], rows: Iterable[tuple[Any, ...]]
) -> dict[int, list[Statement]]:
    """The same, of rows that were read already."""
    found: dict[int, list[Statement]] = defaultdict(list)
    for (
        place,
        change,
        verb,
        actor,
        other,
        latest,
        earliest,
        day_order,
        ruling,
        count,
        entry,
    ) in rows:
        node = nodes[place]
        if has_effect(node.kind, count):
            found[place].append(
                Statement(
                    key=change,
                    verb=verb,
                    actor=actor,
                    latest=latest,
                    earliest=earliest,
                    other=other,
                    depth=node.depth,
                    order=order_of(day_order, entry),
                    ruling=ruling,
                )
            )
    return found


def for_place(node: Node, made_at: dict[int, list[Statement]]) -> list[Statement]:
    """What the fold of one place takes: its own statements and those of its ancestors that reach inside."""
    own = made_at.get(node.pk, [])
    from_above = [
        replace(statement, own=False)
        for above in node.ancestors
        for statement in made_at.get(above, ())
        if VERBS[statement.verb].reaches_inside != "no"
    ]
    return [*own, *from_above]
