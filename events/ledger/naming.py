"""What things are called where the ledger says something: the desk gives it their names in the language of the page."""

from typing import Protocol

from events.chronology.agreement import Name
from events.models import Actor, Conflict, Place


class Naming(Protocol):
    def place(self, place: Place) -> str: ...

    def actor(self, actor: Actor) -> Name:
        """Its short name."""
        ...


class OwnNames:
    """The names that things have of their own, which are English."""

    def place(self, place: Place) -> str:
        return place.name

    def actor(self, actor: Actor) -> Name:
        return actor.called()


OWN = OwnNames()


def short_names(conflict: Conflict, names: Naming = OWN) -> dict[str, Name]:
    """Actor's slug -> short name, of all of a conflict."""
    actors = Actor.objects.filter(conflict=conflict).only("slug", "short", "number")
    return {actor.slug: names.actor(actor) for actor in actors}
