"""Names resolved once however often they are said: what one form needs, and what five thousand rows do."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from events import gazetteer
from events.gazetteer import ACTOR, PLACE, Index, Match, Unresolved, fold_name, index_of
from events.models import Actor, Conflict, Place

from . import options
from .called import Called, called
from .options import Option

PLACES = Place.every.select_related("parent").defer(
    "area", "territory", "parent__area", "parent__territory"
)


class Unknown(ValueError):
    """`options`: what may have been meant."""

    def __init__(self, message: str, found: Sequence[Option]):
        self.options = tuple(found)
        super().__init__(message)


class Names:
    """Resolves as `gazetteer.resolve_*`, places made at the desk too, and remembers, also what is not found."""

    def __init__(self, conflict: Conflict) -> None:
        self.conflict = conflict
        self._known: dict[tuple[str, str], Any] = {}
        self._above: dict[int, str] = {}
        self._index: Index | None = None
        self._called: Called | None = None

    def actor(self, text: str) -> Actor:
        return self._once("actor", text, self._actor, self._actor_options)

    def place(self, text: str) -> Place:
        return self._once("place", text, self._place, self._place_options)

    def source(self, text: str) -> Any:
        return self._once("source", text, gazetteer.resolve_source, options.source_options)

    @property
    def called(self) -> Called:
        """What things are called in the language of the page: looked up once."""
        self._called = self._called or called(self.conflict)
        return self._called

    def where(self, places: Iterable[Place]) -> dict[int, str]:
        """As `options.where`."""
        places = list(places)
        missing = [place for place in places if place.pk not in self._above]
        if missing:
            self._above |= options.where(self.conflict, missing)
        return {place.pk: self._above[place.pk] for place in places}

    def look_ahead(self, actors: Iterable[str], places: Iterable[str]) -> None:
        """Find what is found by one name that is only its own, with a query for all places and one for all
        actors. The rest is asked one by one, as it is needed.
        """
        for what, rows, texts in (
            (PLACE, PLACES.filter(conflict=self.conflict), places),
            (ACTOR, Actor.objects.filter(conflict=self.conflict), actors),
        ):
            keys = {text: self._sure(what, text) for text in {text.strip() for text in texts}}
            found = rows.in_bulk({key for key in keys.values() if key})
            self._known |= {(what, t): found[k] for t, k in keys.items() if k in found}
        self.where(t for (what, _text), t in self._known.items() if what == "place")

    def _sure(self, what: str, text: str) -> int:
        """The key of the only thing that slug, name or alias can mean; 0 where it takes a look to say."""
        index = self._index = self._index or index_of(self.conflict)
        slug = index.by_slug.get((what, text.lower()))
        called = [thing for thing in index.called(fold_name(text)) if thing.what == what]
        if ">" in text or (not slug and len(called) != 1):
            return 0
        return (slug or called[0]).pk

    def _once(
        self,
        what: str,
        text: str,
        resolve: Callable[[str], Any],
        offer: Callable[[Sequence[Match]], list[Option]],
    ) -> Any:
        key = (what, text.strip())
        if key not in self._known:
            try:
                self._known[key] = resolve(text)
            except Unresolved as why:
                self._known[key] = Unknown(str(why), offer(why.candidates[:5]))
        found = self._known[key]
        if isinstance(found, Unknown):
            raise found
        return found

    def _actor(self, text: str) -> Actor:
        return gazetteer.resolve_actor(self.conflict, text)

    def _place(self, text: str) -> Place:
        return gazetteer.resolve_place(self.conflict, text, hidden=True)

    def _actor_options(self, matches: Sequence[Match]) -> list[Option]:
        return options.actor_options(self.conflict, matches)

    def _place_options(self, matches: Sequence[Match]) -> list[Option]:
        return options.place_options(self.conflict, matches)
