"""Finding as you type: by any alias, in any script, forgiving a slip of the pen."""

from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import Case, F, FloatField, Q, QuerySet, Value, When
from django.db.models.functions import Length

from events.models import Actor, ActorName, Conflict, Place, PlaceName, Source, SourceName

from .names import fold_name

# Below this share of common trigrams a likeness is chance.
ALIKE = 0.45
NEAR = 0.72
EXACT, PREFIX, WORD = 3.0, 2.0, 1.5


@dataclass(frozen=True, slots=True)
class Match:
    """`thing` is a Place, Actor or Source; `name` is the alias that matched; a higher `score` is nearer."""

    thing: Any
    name: str
    score: float


def scored(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    """Rows that have a `folded` name like `text` (folded already), best first."""
    likeness = TrigramWordSimilarity(text, "folded")
    return (
        rows.filter(Q(folded__contains=text) | Q(folded__trigram_word_similar=text))
        .annotate(likeness=likeness)
        .annotate(
            score=Case(
                When(folded=text, then=Value(EXACT)),
                When(folded__startswith=text, then=Value(PREFIX)),
                When(folded__contains=f" {text}", then=Value(WORD)),
                default=F("likeness"),
                output_field=FloatField(),
            )
        )
        .filter(score__gte=ALIKE)
        .order_by("-score", Length("folded"), "pk")
    )


def _best(rows: Any, owner: str, limit: int) -> list[Match]:
    """One Match for each thing, the best of its names."""
    found: dict[int, Match] = {}
    for row in rows[: limit * 6]:
        thing = getattr(row, owner) if owner else row
        if thing.pk not in found:
            found[thing.pk] = Match(thing, row.name, row.score)
    return list(found.values())[:limit]


# A town before its province of the same name, a quarter after: what an editor means most often.
KIND_ORDER = {
    Place.Kind.TOWN: 0,
    Place.Kind.NEIGHBOURHOOD: 1,
    Place.Kind.SITE: 2,
    Place.Kind.SUBDISTRICT: 3,
    Place.Kind.DISTRICT: 4,
    Place.Kind.PROVINCE: 5,
    Place.Kind.COUNTRY: 6,
}


def search_places(
    conflict: Conflict, text: str, limit: int = 10, *, hidden: bool = False
) -> list[Match]:
    """Places of the conflict by any name, best first; "" where nothing was typed. `hidden`: for the desk, which knows
    also what is not public yet.
    """
    folded = fold_name(text)
    if not folded:
        return []
    names = PlaceName.every if hidden else PlaceName.objects
    rows = scored(names.filter(place__conflict=conflict), folded)
    rows = rows.select_related("place__parent").defer(
        "place__area", "place__territory", "place__parent__area", "place__parent__territory"
    )
    found = _best(rows, "place", limit * 2)
    found.sort(key=lambda match: (-match.score, KIND_ORDER[match.thing.kind], match.name))
    return found[:limit]


def search_actors(conflict: Conflict, text: str, limit: int = 10) -> list[Match]:
    """Actors of the conflict by name, short name or any alias."""
    folded = fold_name(text)
    if not folded:
        return []
    rows = scored(ActorName.objects.filter(actor__conflict=conflict), folded)
    return _best(rows.select_related("actor"), "actor", limit)


def search_sources(text: str, limit: int = 10) -> list[Match]:
    """Sources by slug, name or alias."""
    folded = fold_name(text)
    if not folded:
        return []
    exact = [Match(s, s.name, EXACT) for s in Source.objects.filter(slug=text.strip().lower())]
    others = _best(scored(Source.objects.all(), folded), "", limit)
    aliases = scored(SourceName.objects.select_related("source"), folded)
    others = sorted([*others, *_best(aliases, "source", limit)], key=lambda match: -match.score)
    found = {match.thing: match for match in reversed([*exact, *others])}
    return sorted(found.values(), key=lambda match: -match.score)[:limit]


def near(rows: QuerySet[Any], owner: str, text: str, limit: int) -> list[Match]:
    """Names that a slip of the pen away from `text`: swapped letters share few trigrams, so they are compared whole.

    For a message after a search found nothing: it reads the names of a whole conflict.
    """
    folded = fold_name(text)
    names: dict[str, int] = {}
    for pk, name in rows.order_by("pk").values_list("pk", "folded"):
        names.setdefault(name, pk)
    alike = get_close_matches(folded, names, n=limit, cutoff=NEAR) if folded else []
    found = rows.select_related(owner).in_bulk([names[name] for name in alike])
    matches = [(name, found[names[name]]) for name in alike]
    seen: dict[int, Match] = {}
    for _name, row in matches:
        thing = getattr(row, owner)
        seen.setdefault(thing.pk, Match(thing, row.name, ALIKE))
    return list(seen.values())


def actor_names(actor: Actor) -> list[str]:
    """All that an actor is called, without repetition."""
    names = [actor.name, actor.short, *actor.names.values_list("name", flat=True)]
    return list(dict.fromkeys(filter(None, names)))
