"""The record of one moment, brought to the room's picture: its standings, in the reader's language."""

from datetime import datetime, timedelta

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from events.chronology.standing import NOTHING
from events.chronology.tree import compose_parts
from events.ledger import standing_in_words
from events.ledger.asked import Moment
from events.ledger.everywhere import own_parts
from events.ledger.gazette import gazette
from events.looks.palette import palette
from events.models import Conflict, Place
from events.replay.ground import ground_of

from .picture import Asked, counted, described, draw
from .words import Names, date_words

# Counted up with every change of the drawing.
DRAWING = 2
TOWN = str(Place.Kind.TOWN)


class Drawn:
    """The map of one moment, in the language that is active; `names` are of `known_at`. To be made, and drawn, within
    one `one_look`.
    """

    def __init__(
        self,
        conflict: Conflict,
        at: Moment,
        known_at: datetime | None,
        names: Names,
        ground_name: str,
    ) -> None:
        self.conflict, self.at, self.known_at, self.names = conflict, at, known_at, names
        own = own_parts(conflict, at.instant, known_at=known_at)
        self.own = {pk: part[0] for pk, part in own.items()}
        places = gazette(conflict, known_at)
        shown = compose_parts(places.tree, own)
        self.shown = {pk: part[0] for pk, part in shown.items()}
        self.ground = ground_of(conflict, ground_name)
        self.counts = counted(
            self.shown.get(pk, NOTHING) for pk, _slug, kind, _name in places.rows if kind == TOWN
        )
        # who holds how many towns, in a sentence
        self.description = described(self.counts, names.short)

    def svg(self, scheme: str) -> str:
        language, conflict, names = translation.get_language(), self.conflict, self.names
        told = Asked(
            title=conflict.title,
            day=date_words(self.at.text[:10]),
            description=self.description,
            counts=self.counts,
            notes=[_known_words(conflict, self.known_at)] if self.known_at else [],
            credit=" · ".join(filter(None, (settings.SITE_NAME, conflict.attribution))),
            language=language,
            rtl=translation.get_language_bidi(),
            palette=palette(scheme),
            actors={
                slug: (actor.colour, actor.pattern, names.short[slug])
                for slug, actor in names.actors.items()
            },
            words={
                pk: f"{kept.get(language, name)}: {standing_in_words(self.shown[pk], names.short)}"
                for pk, _slug, _x, _y, _people, name, kept in self.ground["dots"]
                if pk in self.shown
            },
        )
        return draw(told, self.ground, self.own, self.shown)


def _known_words(conflict: Conflict, known_at: datetime) -> str:
    # a day's close is the next day's first instant, and would be called by that
    local = (known_at - timedelta(microseconds=1)).astimezone(conflict.zone)
    text = _("As published by %(date)s. What was published later is not shown.")
    return text % {"date": date_words(local.date().isoformat())}
