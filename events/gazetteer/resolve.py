"""From what was typed to the one thing that is meant, or a sentence that says why not."""

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.translation import gettext as _

from events.models import Actor, ActorName, Conflict, Place, PlaceName, Source, SourceName

from .names import fold_name
from .search import Match, near, search_actors, search_places, search_sources

CANDIDATES = 5


class Unresolved(ValueError):
    """`candidates`: what may have been meant, best first; none where nothing is like it."""

    def __init__(self, message: str, candidates: list[Match]):
        self.candidates = candidates
        super().__init__(message)


def _unknown(what: str, text: str, candidates: list[Match]) -> Unresolved:
    """Each is called by its own name, as where it is offered to be picked, whichever alias was found."""
    message = _("“%(text)s” is not a known %(what)s.") % {"text": text, "what": what}
    if candidates:
        names = ", ".join(dict.fromkeys(str(match.thing) for match in candidates))
        message += " " + _("Did you mean: %(names)s?") % {"names": names}
    return Unresolved(message, candidates)


def _one(
    found: list[Any],
    text: str,
    what: str,
    said: Callable[[Any], str],
    search: Callable[[], list[Match]],
) -> Any:
    if len(found) == 1:
        return found[0]
    if not found:
        raise _unknown(what, text, search())
    raise Unresolved(
        _("“%(text)s” may mean %(names)s: say which.")
        % {"text": text, "names": _(" or ").join(said(thing) for thing in found[:CANDIDATES])},
        [Match(thing, said(thing), 1.0) for thing in found[:CANDIDATES]],
    )


def resolve_actor(conflict: Conflict, text: str) -> Actor:
    """An actor by slug, name or alias. Raises Unresolved."""
    text = text.strip()
    actors = Actor.objects.filter(conflict=conflict)
    found = list(actors.filter(slug=text.lower()))
    folded = fold_name(text)
    if not found and folded:
        ids = ActorName.objects.filter(actor__conflict=conflict, folded=folded).values("actor")
        found = list(actors.filter(pk__in=ids))
    names = ActorName.objects.filter(actor__conflict=conflict)
    return _one(
        found,
        text,
        _("actor"),
        str,
        lambda: search_actors(conflict, text, CANDIDATES) or near(names, "actor", text, CANDIDATES),
    )


def resolve_source(text: str) -> Source:
    """A source by slug, name or alias. Raises Unresolved."""
    text = text.strip()
    found = list(Source.objects.filter(slug=text.lower()))
    folded = fold_name(text)
    if not found and folded:
        found = list(Source.objects.filter(folded=folded))
    if not found and folded:
        ids = SourceName.objects.filter(folded=folded).values("source")
        found = list(Source.objects.filter(pk__in=ids))
    return _one(found, text, _("source"), str, lambda: search_sources(text, CANDIDATES))


def path_in_words(place: Place) -> str:
    """ "Raqqa province > Raqqa": enough to tell it from others of its name."""
    return f"{place.parent.name} > {place.name}" if place.parent else place.name


def resolve_place(conflict: Conflict, text: str, *, hidden: bool = False) -> Place:
    """A place by slug, name, alias, or "Parent > Name" where a name is not unique. Raises Unresolved.

    `hidden`: also what was made at the desk and is not public yet.

    Where a town and its district or province share a name, the town is meant.
    """
    text = text.strip()
    *above, name = (part.strip() for part in text.split(">"))
    every, called = (Place.every, PlaceName.every) if hidden else (Place.objects, PlaceName.objects)
    places = every.filter(conflict=conflict).select_related("parent")
    names = called.filter(place__conflict=conflict)
    found = _called(places, names, name)
    for parent in reversed(above):
        allowed = [p.path for p in _called(places, names, parent)]
        found = [p for p in found if any(p.path.startswith(a) and p.path != a for a in allowed)]
    if len(found) > 1:
        towns = [place for place in found if place.kind == Place.Kind.TOWN]
        inside_one = len(towns) == 1 and all(
            towns[0].path.startswith(p.path) or p.path.startswith(towns[0].path) for p in found
        )
        found = towns if inside_one else found
    return _one(
        found,
        text,
        _("place"),
        path_in_words,
        lambda: (
            search_places(conflict, name, CANDIDATES, hidden=hidden)
            or near(names, "place", name, CANDIDATES)
        ),
    )


def places_by_slug(conflict: Conflict, texts: Iterable[str]) -> dict[str, Place]:
    """What `resolve_place` says of those texts that are slugs, in one query; the others are left out."""
    slugs = {text: text.strip().lower() for text in texts}
    if not slugs:
        return {}
    rows = Place.objects.filter(conflict=conflict, slug__in=set(slugs.values()))
    rows = rows.only("conflict_id", "slug", "kind", "name", "depth", "path", "ends", "hidden")
    found = {place.slug: place for place in rows}
    return {text: found[slug] for text, slug in slugs.items() if slug in found}


def _called(places: Any, names: Any, name: str) -> list[Place]:
    found = list(places.filter(slug=name.lower()))
    folded = fold_name(name)
    if not found and folded:
        ids = names.filter(folded=folded).values("place")
        found = list(places.filter(pk__in=ids).order_by("path"))
    return found
