"""What is offered while one types, and what was understood: things told apart, with text that means just them."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from events.chronology.agreement import Name
from events.chronology.standing import NOTHING, Standing, standing_at
from events.gazetteer import Match, fold_name
from events.ledger import naming, standing_in_words
from events.models import Actor, ActorName, Conflict, Place, PlaceName, Source, Span, slug_of

from .called import Called, called


@dataclass(frozen=True, slots=True)
class Option:
    """`value`, typed into the field, is resolved to exactly this thing. `matched`: the alias that was found."""

    value: str
    name: str
    matched: str = ""
    kind: str = ""
    where: str = ""
    standing: str = ""

    def as_json(self) -> dict[str, str]:
        return asdict(self)


def place_options(
    conflict: Conflict, matches: Sequence[Match], at: datetime | None = None
) -> list[Option]:
    """`at`: the instant whose standing is shown beside each; None shows none."""
    places = [match.thing for match in matches]
    rows = Place.every.filter(conflict=conflict)
    names = PlaceName.every.filter(place__conflict=conflict)
    values = _sure_texts(places, lambda place: place.name, rows, names, "place_id")
    above, now = where(conflict, places), called(conflict)
    standing = standings_in_words(conflict, places, at) if at else {}
    return [
        Option(
            value=values[place.pk],
            name=now.place(place),
            matched=_if_other(match.name, now.place(place)),
            kind=kind_in_words(place),
            where=above[place.pk],
            standing=standing.get(place.pk, ""),
        )
        for place, match in zip(places, matches, strict=True)
    ]


def actor_options(conflict: Conflict, matches: Sequence[Match]) -> list[Option]:
    actors = [match.thing for match in matches]
    rows = Actor.objects.filter(conflict=conflict)
    names = ActorName.objects.filter(actor__conflict=conflict)
    values = _sure_texts(actors, lambda actor: actor.short, rows, names, "actor_id")
    now = called(conflict)
    return [
        Option(
            value=values[actor.pk],
            name=_both(now.actor(actor), actor),
            matched="" if match.name == actor.short else _if_other(match.name, actor.name),
            kind=actor.get_kind_display(),
        )
        for actor, match in zip(actors, matches, strict=True)
    ]


def source_options(matches: Sequence[Match]) -> list[Option]:
    sources = [match.thing for match in matches]
    rows = Source.objects.all()
    values = _sure_texts(sources, lambda source: source.name, rows, rows, "pk")
    return [
        Option(
            value=values[source.pk],
            name=source.name,
            matched=_if_other(match.name, source.name),
            kind=source.get_kind_display(),
            where=source.get_reliability_display(),
        )
        for source, match in zip(sources, matches, strict=True)
    ]


def _both(short: str, actor: Actor) -> str:
    """With its whole name, where that is of the same language."""
    return f"{short} · {actor.name}" if short == actor.short != actor.name else short


def _if_other(matched: str, name: str) -> str:
    return "" if matched == name else matched


def _sure_texts(
    things: Sequence[Any], text_of: Callable[[Any], str], rows: Any, names: Any, owner: str
) -> dict[int, str]:
    """The thing's name where only it is found by that name, else its slug, which is always its own."""
    texts = {thing.pk: text_of(thing) for thing in things}
    slugs = dict(
        rows.filter(slug__in=[t.lower() for t in texts.values()]).values_list("slug", "pk")
    )
    called: dict[str, set[int]] = defaultdict(set)
    folded = [fold_name(text) for text in texts.values()]
    for name, pk in names.filter(folded__in=folded).order_by().values_list("folded", owner):
        called[name].add(pk)
    sure = {}
    for thing in things:
        text = texts[thing.pk]
        by_slug = slugs.get(text.lower())
        found = {by_slug} if by_slug else called[fold_name(text)]
        sure[thing.pk] = text if found == {thing.pk} and ">" not in text else thing.slug
    return sure


def where(conflict: Conflict, places: Iterable[Place]) -> dict[int, str]:
    """Where each lies, nearest first: "Raqqa › Raqqa province". The country goes without saying."""
    above: dict[int, list[str]] = {}
    for place in places:
        slugs = place.path.rstrip("/").split("/")[:-1]
        above[place.pk] = slugs[::-1]
    wanted = {slug for slugs in above.values() for slug in slugs}
    inside = Place.every.filter(conflict=conflict, slug__in=wanted)
    now = called(conflict)
    rows = inside.exclude(kind=Place.Kind.COUNTRY).only("slug", "name")
    names = {place.slug: now.place(place) for place in rows}
    return {pk: " › ".join(names[s] for s in slugs if s in names) for pk, slugs in above.items()}


def standings_at(
    conflict: Conflict, places: Iterable[Place], instant: datetime
) -> dict[int, Standing]:
    """Each place's own standing, by the place's key; two queries."""
    keys = [place.pk for place in places]
    spans = Span.objects.filter(place__in=keys).known().mattering_at(instant)
    found = spans.by_place(slug_of(conflict))
    return {pk: standing_at(found[pk], instant) if pk in found else NOTHING for pk in keys}


def short_names(conflict: Conflict) -> dict[str, Name]:
    """Actor's slug -> short name, in the language of the page."""
    return naming.short_names(conflict, called(conflict))


def standings_in_words(
    conflict: Conflict, places: Iterable[Place], instant: datetime
) -> dict[int, str]:
    names = short_names(conflict)
    standings = standings_at(conflict, places, instant)
    return {pk: standing_in_words(standing, names) for pk, standing in standings.items()}


def place_in_words(place: Place, above: str, now: Called) -> str:
    """ "al-Senaa · neighbourhood · Raqqa › Raqqa province"."""
    return " · ".join(filter(None, [now.place(place), kind_in_words(place), above]))


def kind_in_words(place: Place) -> str:
    """ "town"; of one that was made at the desk and no reader knows, "town, not public yet"."""
    kind = str(place.get_kind_display())
    return _("%(kind)s, not public yet") % {"kind": kind} if place.hidden else kind


def actor_in_words(actor: Actor, now: Called) -> str:
    if now.actor(actor) != actor.short:
        return now.actor(actor)
    return actor.name if actor.short == actor.name else f"{actor.name} ({actor.short})"


def source_in_words(source: Source) -> str:
    return _("%(source)s · %(kind)s · reliability %(grade)s") % {
        "source": source.name,
        "kind": source.get_kind_display(),
        "grade": source.reliability,
    }
