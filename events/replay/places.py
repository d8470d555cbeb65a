"""The file of names: actors, places, verbs. A position in its lists is the index that other files use."""

from collections import defaultdict
from typing import Any

from events.chronology.verbs import VERBS
from events.models import Actor, ActorName, Conflict, Place, PlaceName

FORMAT = 1


def actors_of(conflict: Conflict) -> list[Actor]:
    return list(Actor.objects.filter(conflict=conflict).order_by("pk"))


def places_of(conflict: Conflict) -> list[Place]:
    """Parents before children; shapes are left out, `geometry` reads them."""
    return list(
        Place.objects.filter(conflict=conflict).defer("area", "territory").order_by("depth", "path")
    )


def names_by_language(
    conflict: Conflict,
) -> tuple[dict[int, dict[str, str]], dict[int, dict[str, str]]]:
    """Official names in other languages: of places, and the first alias a language has of actors."""
    of_places: dict[int, dict[str, str]] = defaultdict(dict)
    rows = PlaceName.objects.filter(place__conflict=conflict, kind=PlaceName.Kind.OFFICIAL)
    for place, language, name in rows.order_by("pk").values_list("place_id", "language", "name"):
        if language:
            of_places[place].setdefault(language, name)
    of_actors: dict[int, dict[str, str]] = defaultdict(dict)
    aliases = ActorName.objects.filter(actor__conflict=conflict).exclude(language="")
    for actor, language, name in aliases.order_by("pk").values_list("actor_id", "language", "name"):
        of_actors[actor].setdefault(language, name)
    return of_places, of_actors


def places_file(conflict: Conflict, actors: list[Actor], places: list[Place]) -> dict[str, Any]:
    index = {place.pk: at for at, place in enumerate(places)}
    place_names, actor_names = names_by_language(conflict)
    return {
        "format": FORMAT,
        "actors": [
            {
                "slug": actor.slug,
                "name": actor.name,
                "short": actor.short,
                "names": actor_names.get(actor.pk, {}),
                "kind": actor.kind,
                "colour": actor.colour,
                "pattern": actor.pattern,
                "note": actor.note,
            }
            for actor in actors
        ],
        "places": [
            {
                "slug": place.slug,
                "name": place.name,
                "names": {k: v for k, v in place_names.get(place.pk, {}).items() if k != "en"},
                "kind": place.kind,
                "parent": index[place.parent_id] if place.parent_id else None,
                "lat": round(place.point.y, 5) if place.point else None,
                "lon": round(place.point.x, 5) if place.point else None,
                "population": place.population,
                "approximate": place.approximate,
            }
            for place in places
        ],
        "verbs": {name: name.replace("_", " ") for name in VERBS},
    }
