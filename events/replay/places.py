"""The files of places and of names. A position in their lists is the index that other files use."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.gis.db.models import F, FloatField, Func

from events.chronology.verbs import VERBS
from events.models import Actor, ActorName, Conflict, Place, PlaceName

from .columns import pack
from .days import deltas

# Steps to a degree: 1e-5° is about 1.1 m at the equator, finer than a pixel at zoom 16.
SCALE = 100_000
KINDS = [str(kind) for kind in Place.Kind.values]
HAS_POINT, APPROXIMATE = 1, 2
# Above this, names come after the first map, but for those of the largest places.
MOST_NAMED, LABELLED = 1_000, 400
Names = dict[int, dict[str, str]]


@dataclass(frozen=True, slots=True)
class Known:
    """A place as the files have it. `x`, `y` in steps of 1/SCALE degree, both None where it has no point."""

    pk: int
    slug: str
    name: str
    kind: str
    parent: int | None
    x: int | None
    y: int | None
    population: int | None
    approximate: bool


class Coordinate(Func):
    template = "%(function)s(%(expressions)s)"
    output_field = FloatField()
    convert_value = staticmethod(Func._convert_value_noop)  # type: ignore[attr-defined]


def actors_of(conflict: Conflict) -> list[Actor]:
    return list(Actor.objects.filter(conflict=conflict).order_by("pk"))


def places_of(conflict: Conflict) -> list[Known]:
    """Parents before children, and of equal depth along a Hilbert curve: neighbours in space are neighbours
    in the list, which makes differences small. Shapes are left out, `geometry` reads them."""
    rows = Place.objects.filter(conflict=conflict).annotate(
        lon=Coordinate(F("point"), function="ST_X"), lat=Coordinate(F("point"), function="ST_Y")
    )
    fields = ("depth", "path", "pk", "slug", "name", "kind", "parent_id", "lon", "lat")
    found = []
    for row in rows.values_list(*fields, "population", "coordinates_from"):
        depth, path, pk, slug, name, kind, parent, lon, lat, population, origin = row
        x, y = (None, None) if lon is None else (round(lon * SCALE), round(lat * SCALE))
        curve = -1 if x is None else hilbert(x + 180 * SCALE, (y or 0) + 90 * SCALE)
        known = Known(
            pk, slug, name, kind, parent, x, y, population, origin.startswith("approximate")
        )
        found.append(((depth, curve, path), known))
    found.sort(key=lambda pair: pair[0])
    return [known for _, known in found]


def hilbert(x: int, y: int, bits: int = 26) -> int:
    """How far along the curve through a square of 2**bits a point lies."""
    distance = 0
    for bit in range(bits - 1, -1, -1):
        side = 1 << bit
        right, upper = (x & side) > 0, (y & side) > 0
        distance += side * side * ((3 * right) ^ upper)
        if not upper:
            if right:
                x, y = ~x, ~y
            x, y = y, x
    return distance


def names_by_language(conflict: Conflict) -> tuple[Names, Names]:
    """Official names in other languages: of places, and the first alias a language has of actors."""
    return place_names(conflict), actor_names(conflict)


def place_names(conflict: Conflict, among: Sequence[int] | None = None) -> Names:
    """Of all places, or of those with the keys `among`."""
    of_places: Names = defaultdict(dict)
    rows = PlaceName.objects.filter(place__conflict=conflict, kind=PlaceName.Kind.OFFICIAL)
    if among is not None:
        rows = rows.filter(place__in=among)
    for place, language, name in rows.order_by("pk").values_list("place_id", "language", "name"):
        if language:
            of_places[place].setdefault(language, name)
    return of_places


def actor_names(conflict: Conflict) -> Names:
    of_actors: Names = defaultdict(dict)
    aliases = ActorName.objects.filter(actor__conflict=conflict).exclude(language="")
    for actor, language, name in aliases.order_by("pk").values_list("actor_id", "language", "name"):
        of_actors[actor].setdefault(language, name)
    return of_actors


def places_file(places: Sequence[Known], actors: Sequence[Actor], actor_names: Names) -> bytes:
    """What a first map needs of places and actors; all but names."""
    index = {place.pk: at for at, place in enumerate(places)}
    pointed = [place for place in places if place.x is not None]
    head = {
        "kind": "places",
        "scale": SCALE,
        "kinds": KINDS,
        "actors": [
            {
                "slug": actor.slug,
                "name": actor.name,
                "short": actor.short,
                "plural": actor.called().plural,
                "names": actor_names.get(actor.pk, {}),
                "kind": actor.kind,
                "colour": actor.colour,
                "pattern": actor.pattern,
                "note": actor.note,
            }
            for actor in actors
        ],
        "verbs": {name: name.replace("_", " ") for name in VERBS},
    }
    columns = [
        ("kind", "b", [KINDS.index(place.kind) for place in places]),
        ("up", "u", [at - index[p.parent] if p.parent else 0 for at, p in enumerate(places)]),
        ("flags", "b", [_flags(place) for place in places]),
        ("x", "z", deltas(place.x for place in pointed)),
        ("y", "z", deltas(place.y for place in pointed)),
        ("people", "u", [0 if p.population is None else p.population + 1 for p in places]),
    ]
    return pack(head, columns)


def _flags(place: Known) -> int:
    return HAS_POINT * (place.x is not None) + APPROXIMATE * place.approximate


def names_file(places: Sequence[Known], names: Names, among: Sequence[int]) -> bytes:
    """Slug and names of the places at the positions `among`, which are sorted."""
    columns: list[tuple[str, str, Sequence[Any]]] = [
        ("at", "u", deltas(among)),
        ("slug", "t", [places[at].slug for at in among]),
        ("name", "t", [places[at].name for at in among]),
    ]
    languages = sorted({code for at in among for code in names.get(places[at].pk, {})} - {"en"})
    for code in languages:
        have = [n for n, at in enumerate(among) if names.get(places[at].pk, {}).get(code)]
        columns.append((f"{code}_at", "u", deltas(have)))
        columns.append((f"{code}_name", "t", [names[places[among[n]].pk][code] for n in have]))
    return pack({"kind": "names", "languages": languages}, columns)


def labelled(places: Sequence[Known]) -> list[int]:
    """The positions whose names come with the first map: all of a small gazetteer, else the largest."""
    everyone = range(len(places))
    if len(places) <= MOST_NAMED:
        return list(everyone)
    return sorted(sorted(everyone, key=lambda at: _importance(places[at]))[:LABELLED])


def _importance(place: Known) -> tuple[bool, bool, int]:
    large = place.kind in (Place.Kind.COUNTRY, Place.Kind.PROVINCE)
    return (not large, place.kind != Place.Kind.TOWN, -(place.population or 0))
