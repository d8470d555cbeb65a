"""What places, actors and sources are called in the language of the page; of what has no name in it, its own."""

from dataclasses import dataclass

from django.utils.translation import get_language

from events.chronology.agreement import Name
from events.gazetteer import ACTOR, PLACE, SOURCE, Index, fold_name, index_of
from events.models import Actor, Conflict, Place

# Things' own names are in it.
OWN = "en"
# The input of the form that a thing is named in.
KIND_OF = {"places": PLACE, "actor": ACTOR, "other_actor": ACTOR, "source": SOURCE}


@dataclass(frozen=True, slots=True)
class Called:
    """`index`: None in the language of the things' own names, where nothing has to be looked up."""

    index: Index | None = None
    language: str = OWN

    def place(self, place: Place) -> str:
        return self._name(PLACE, place.pk) or place.name

    def actor(self, actor: Actor) -> Name:
        """Its short name."""
        return actor.called(self._name(ACTOR, actor.pk))

    def typed(self, box: str, text: str) -> str:
        """A text of the form that means one thing only, by that thing's name; "" where it does not."""
        what = KIND_OF.get(box.partition("-")[0])
        if self.index is None or what is None:
            return ""
        found = {thing.pk for thing in self.index.called(fold_name(text)) if thing.what == what}
        return self._name(what, found.pop()) if len(found) == 1 else ""

    def _name(self, what: str, key: int) -> str:
        return self.index.name_in(self.language, what, key) if self.index else ""


def called(conflict: Conflict) -> Called:
    """One query, of any number of things; none in the language of their own names."""
    language = (get_language() or OWN).split("-")[0]
    return Called() if language == OWN else Called(index_of(conflict), language)
