"""What a Change would do, before it is published. Nothing is written."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from events.chronology.dates import map_day
from events.chronology.fold import FoldSpan, Statement, fold
from events.chronology.standing import Standing, standing_at
from events.models import Actor, Change, Place

from .altered import Altered, altered
from .new import NewChange, has_effect, validate
from .statements import Node, for_place, order_of, reached, statements_at, tree
from .supersede import entry_of, reaches_of

NEXT_ID = 1 << 47


@dataclass(frozen=True, slots=True)
class Effect:
    """The standing of one place before and after; `day` is the map day from which readers see it.

    `later`: the later Spans that would change too (a back-dated Change), actors as slugs.
    """

    place: Place
    before: Standing
    after: Standing
    day: date
    instant: datetime
    later: tuple[Altered, ...] = ()

    @property
    def alters_later(self) -> int:
        return len(self.later)

    @property
    def changes(self) -> bool:
        return (self.before.state, self.before.holds, self.before.contests) != (
            self.after.state,
            self.after.holds,
            self.after.contests,
        ) or (self.before.besieges, self.before.present, self.before.disputed) != (
            self.after.besieges,
            self.after.present,
            self.after.disputed,
        )


PLACES = "SELECT * FROM events_place WHERE {which}"


def _places(asked: tuple[str, list[Any]]) -> Iterable[Place]:
    which, values = asked
    return Place.every.raw(PLACES.format(which=which), values)


def preview(new: NewChange, *, as_if_new: bool = False) -> list[Effect]:
    """One Effect for each place that is named, and for each other one whose standing would differ.

    Of a correction or a retraction: beside what stands now, at the first instant at which it differs; with
    `as_if_new`, beside what would stand had the Change that it takes back never been published.

    Raises Refused exactly where `publish` would.
    """
    now = timezone.now()
    _, earliest, latest = validate(new, now)
    places = {place.pk: place for reach in reaches_of(new) for place in _places(reached(*reach))}
    nodes = tree(new.conflict, places)
    made_at = statements_at(nodes, nodes)
    slugs = dict(Actor.objects.filter(conflict=new.conflict).values_list("pk", "slug"))
    extra = {
        place.pk: _statement(new, nodes[place.pk], earliest, latest)
        for place in new.places
        if has_effect(place.kind, new.place_count)
        and new.ruling != Change.Ruling.REJECTED
        and new.kind != Change.Kind.RETRACTION
    }
    remaining = without(made_at, new.supersedes)
    if as_if_new:
        made_at = remaining
    instants = sorted({latest, new.supersedes.latest}) if new.supersedes else [latest]
    named = {place.pk for place in new.places}
    effects = []
    for pk, place in places.items():
        node = nodes[pk]
        old = fold(for_place(node, made_at))
        added = {at: [*remaining.get(at, []), statement] for at, statement in extra.items()}
        fresh = fold(for_place(node, {**remaining, **added}))
        differing = (at for at in instants if _shown(old, at) != _shown(fresh, at))
        instant = latest if as_if_new else next(differing, latest)
        effect = Effect(
            place,
            _named(standing_at(old, instant), slugs),
            _named(standing_at(fresh, instant), slugs),
            map_day(instant, new.conflict.zone),
            instant,
            tuple(
                replace(found, actor=slugs.get(found.actor))
                for found in altered(old, latest, fresh)
            ),
        )
        if pk in named or effect.changes:
            effects.append(effect)
    effects.sort(key=lambda effect: (effect.place.pk not in named, effect.place.path))
    return effects


def _shown(spans: list[FoldSpan], instant: datetime) -> tuple[object, ...]:
    return standing_at(spans, instant).shown


def without(
    made_at: dict[int, list[Statement]], superseded: Change | None
) -> dict[int, list[Statement]]:
    """The statements that remain once `superseded` has left."""
    if superseded is None:
        return made_at
    return {
        at: [statement for statement in statements if statement.key != superseded.pk]
        for at, statements in made_at.items()
    }


def _statement(
    new: NewChange, node: Node, earliest: datetime | None, latest: datetime
) -> Statement:
    return Statement(
        key=NEXT_ID,
        verb=new.verb,
        actor=new.actor.pk if new.actor else None,
        other=new.other_actor.pk if new.other_actor else None,
        latest=latest,
        earliest=earliest,
        depth=node.depth,
        order=order_of(new.day_order, entry_of(new.supersedes) if new.supersedes else NEXT_ID),
        ruling=new.ruling,
        own=True,
    )


def _named(standing: Standing, slugs: dict[int, str]) -> Standing:
    """The standing with actors as slugs."""

    def names(actors: tuple[int, ...]) -> tuple[str, ...]:
        return tuple(sorted(slugs[actor] for actor in actors))

    return replace(
        standing,
        holds=names(standing.holds),
        to=names(standing.to),
        contests=names(standing.contests),
        besieges=names(standing.besieges),
        present=names(standing.present),
    )
