"""When a source last confirmed each standing: derived from the Changes, for many places in three queries.

Nothing is stored for it: “holds” by the same holder opens no Span, and a Span is never written again. What
began his tenure confirms it first; each later statement that names the holder, again.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from events.chronology.confirming import SAYS, SAYS_ACTOR, SAYS_INSIDE, SAYS_NOBODY, SAYS_OTHER
from events.chronology.tree import SETTLEMENTS, SITE
from events.models import Change, Conflict, Place
from events.models.then import places_then

from .gazette import gazette
from .new import AREAS, has_effect
from .published import Said
from .statements import tree

NOBODY = 0
HOLDING = """
    SELECT place_id, COALESCE(actor_id, 0), lower(valid) FROM events_span
    WHERE role IN ('holds', 'unclear') AND valid @> %(at)s AND {known}
      AND {only}
"""
OF_ALL = "place_id IN (SELECT id FROM events_place WHERE conflict_id = %(conflict)s)"
SAID = """
    SELECT named.place_id, who.actor_id, said.verb = ANY(%(inside)s), max(said.latest)
    FROM events_change AS said
    JOIN events_changeplace AS named ON named.change_id = said.id
    JOIN events_place AS place ON place.id = named.place_id
    CROSS JOIN LATERAL (VALUES
        (CASE WHEN said.verb = ANY(%(says_actor)s) THEN said.actor_id
              WHEN said.verb = ANY(%(says_nobody)s) THEN 0 END),
        (CASE WHEN said.verb = ANY(%(says_other)s) THEN said.other_actor_id END)
    ) AS who(actor_id)
    WHERE said.conflict_id = %(conflict)s AND said.verb = ANY(%(says)s)
      AND said.ruling = 'accepted' AND said.kind <> 'retraction' AND said.latest <= %(at)s
      AND (said.place_count IS NULL OR place.kind <> ALL(%(areas)s)) AND who.actor_id IS NOT NULL
      {recorded}
      AND NOT EXISTS (SELECT FROM events_change AS newer
                      WHERE newer.supersedes_id = said.id {superseded}) {only}
    GROUP BY 1, 2, 3
"""


@dataclass(frozen=True, slots=True)
class Held:
    """Who holds the place itself (actors' keys; () where nobody is known to), and when that was last confirmed."""

    holders: tuple[int, ...]
    since: datetime
    confirmed: datetime


def confirmed(
    conflict: Conflict,
    at: datetime,
    *,
    known_at: datetime | None = None,
    places: Iterable[int] | None = None,
) -> dict[int, Held]:
    """By the place's key: each place (of `places`, or all) of whose own standing a statement was made by `at`.

    Of several holders together the one least lately confirmed counts.
    """
    wanted = None if places is None else list(places)
    alone = wanted is not None and known_at is None
    parents = _parents(conflict, wanted) if alone else gazette(conflict, known_at).parents
    around = None if wanted is None else sorted({a for pk in wanted for a in _up(pk, parents)})
    holding: dict[int, dict[int, datetime]] = defaultdict(dict)
    with connection.cursor() as cursor:
        asked: dict[str, Any] = {"at": at, "known": known_at, "conflict": conflict.pk}
        sql = HOLDING.format(
            known="upper(known) IS NULL" if known_at is None else "known @> %(known)s",
            only=OF_ALL if wanted is None else OF_ALL + " AND place_id = ANY(%(places)s)",
        )
        cursor.execute(sql, {**asked, "places": wanted})
        for place, actor, since in cursor.fetchall():
            holding[place][actor] = since
        sql = SAID.format(
            recorded="" if known_at is None else "AND said.recorded_at <= %(known)s",
            superseded="" if known_at is None else "AND newer.recorded_at <= %(known)s",
            only="" if around is None else "AND named.place_id = ANY(%(places)s)",
        )
        verbs: dict[str, Any] = {
            "says": list(SAYS),
            "says_actor": list(SAYS_ACTOR),
            "says_other": list(SAYS_OTHER),
            "says_nobody": list(SAYS_NOBODY),
            "inside": list(SAYS_INSIDE),
            "areas": [str(kind) for kind in AREAS],
        }
        cursor.execute(sql, {**asked, **verbs, "places": around})
        said: dict[tuple[int, int], datetime] = {}
        inside: dict[tuple[int, int], datetime] = {}
        for place, actor, reaches, latest in cursor.fetchall():
            for found in (said, inside) if reaches else (said,):
                key = (place, actor)
                found[key] = max(found.get(key, latest), latest)
    return {
        place: _held(place, holders, parents, said, inside) for place, holders in holding.items()
    }


def _parents(conflict: Conflict, places: Iterable[int] | None) -> dict[int, int | None]:
    """Of these places and of all around them."""
    nodes = tree(conflict, places).values()
    return {node.pk: node.ancestors[-1] if node.ancestors else None for node in nodes}


def _up(place: int, parents: dict[int, int | None]) -> list[int]:
    found = []
    at: int | None = place
    while at is not None:
        found.append(at)
        at = parents.get(at)
    return found


def _held(
    place: int,
    holders: dict[int, datetime],
    parents: dict[int, int | None],
    said: dict[tuple[int, int], datetime],
    inside: dict[tuple[int, int], datetime],
) -> Held:
    _self, *above = _up(place, parents)
    return _least(
        holders,
        lambda who, since: max(
            said.get((place, who), since),
            *(inside.get((area, who), since) for area in above),
            since,
        ),
    )


def _least(holders: dict[int, datetime], last: Callable[[int, datetime], datetime]) -> Held:
    """`holders`: who -> since when. `last`: when it was said of him last, or since when."""
    # nobody is known to hold it only where nobody does
    known = {who: since for who, since in holders.items() if who != NOBODY} or holders
    latest = min(max(since, last(who, since)) for who, since in known.items())
    return Held(tuple(sorted(who for who in known if who != NOBODY)), max(known.values()), latest)


def confirmed_of(
    place: Place, said: Iterable[Said], at: datetime, known_at: datetime | None = None
) -> Held | None:
    """What `confirmed` finds for this one place, from all that is `said_about` it: one short query."""
    with connection.cursor() as cursor:
        known = "upper(known) IS NULL" if known_at is None else "known @> %(known)s"
        sql = HOLDING.format(known=known, only="place_id = %(place)s")
        cursor.execute(sql, {"at": at, "known": known_at, "place": place.pk})
        holders = {actor: since for _place, actor, since in cursor.fetchall()}
    if not holders:
        return None
    last: dict[int, datetime] = {}
    for one in said:
        if one.latest <= at and one.ruling == Change.Ruling.ACCEPTED and has_effect_at(place, one):
            for who in whom(one):
                last[who] = max(last.get(who, one.latest), one.latest)
    return _least(holders, last.get)


def has_effect_at(place: Place, one: Said) -> bool:
    return not one.own or has_effect(place.kind, one.place_count)


def whom(one: Said) -> list[int]:
    """Whom it says to hold the place: keys of actors, NOBODY among them."""
    if one.verb not in (SAYS if one.own else SAYS_INSIDE):
        return []
    found = [
        one.actor if one.verb in SAYS_ACTOR else NOBODY if one.verb in SAYS_NOBODY else None,
        one.other if one.verb in SAYS_OTHER else None,
    ]
    return [who for who in found if who is not None]


def shown_confirmed(
    conflict: Conflict,
    at: datetime,
    *,
    known_at: datetime | None = None,
    place: Place | None = None,
) -> dict[int, datetime]:
    """When each place's standing *as the map shows it* was last confirmed; with `place`, that one's alone.

    A whole is as well confirmed as that part inside which has gone longest without. Sites have no say.
    """
    places = gazette(conflict, known_at).tree
    wanted = None
    if place is not None:
        inside = places_then(conflict, known_at).filter(path__startswith=place.path)
        wanted = set(inside.values_list("id", flat=True))
    own = confirmed(conflict, at, known_at=known_at, places=wanted)
    shown: dict[int, datetime] = {}
    votes: dict[int, datetime] = {}
    for pk, kind, parent in reversed(places):
        if wanted is not None and pk not in wanted:
            continue
        inside_it, itself = votes.get(pk), own[pk].confirmed if pk in own else None
        heard = [inside_it, itself] if kind in SETTLEMENTS else [inside_it or itself]
        found = min((when for when in heard if when is not None), default=None)
        if found is None:
            continue
        shown[pk] = found
        if kind != SITE and parent is not None:
            votes[parent] = min(votes.get(parent, found), found)
    return shown if place is None else {pk: shown[pk] for pk in shown if pk == place.pk}


def confirming(said: Iterable[Said], held: Held) -> list[Said]:
    """Those, of all that is `said_about` the place, by which it was last confirmed; oldest entry first."""
    found = [
        one
        for one in said
        if one.latest == held.confirmed
        and one.ruling == Change.Ruling.ACCEPTED
        and one.verb in (SAYS if one.own else SAYS_INSIDE)
        and (not held.holders or not set(held.holders).isdisjoint(whom(one)))
    ]
    return sorted(found, key=lambda one: one.key)


__all__ = ["Held", "confirmed", "confirmed_of", "confirming", "shown_confirmed"]
