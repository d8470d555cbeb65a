"""Names in the reader's language, and standings and changes in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Any

from django.utils.translation import get_language, gettext

from events.chronology.agreement import Name
from events.chronology.dates import in_words, map_day
from events.chronology.standing import Standing
from events.ledger import standing_in_words
from events.ledger.asked import Moment
from events.models import Actor, Change, Conflict, Place, Source
from events.models.words_then import words_then
from events.replay.places import actor_names, place_names


@dataclass(frozen=True, slots=True)
class Shown:
    """A standing for a template: `actors` are who holds it, for their swatches."""

    state: str
    words: str
    actors: list[Actor]
    since: date | None
    key: int | None
    disputed: bool


class Names:
    """What actors and places of one conflict are called in the reader's language. Two queries in English, else
    three; `among`: the keys of the places that are spoken of, where that is not all of them. With `known_at` they are
    called as they were then, and so are sources.
    """

    def __init__(
        self,
        conflict: Conflict,
        among: Sequence[int] | None = None,
        known_at: datetime | None = None,
    ) -> None:
        self.zone, self.known_at = conflict.zone, known_at
        language = (get_language() or "en").split("-")[0]
        english = language == "en"
        self.actors = {actor.slug: actor for actor in Actor.objects.filter(conflict=conflict)}
        then = words_then(conflict, known_at, language) if known_at else None
        if then is None:
            known = {} if english else place_names(conflict, among)
            self._places = {pk: n[language] for pk, n in known.items() if language in n}
            names = actor_names(conflict)
            aliases = {pk: n[language] for pk, n in names.items() if language in n}
            self._sources: dict[int, str] = {}
        else:
            self._places, aliases, self._sources = then.places, then.aliases, then.sources
            for actor in self.actors.values():
                as_now = (actor.name, actor.short, actor.number)
                actor.name, actor.short, actor.number = then.actors.get(actor.pk, as_now)
        self.short = {
            slug: actor.called("" if english else aliases.get(actor.pk, ""))
            for slug, actor in self.actors.items()
        }

    def actor(self, actor: Actor | None) -> Name:
        return Name("") if actor is None else self.short.get(actor.slug) or actor.called()

    def place(self, place: Place) -> str:
        return self._places.get(place.pk, place.name)

    def source(self, source: Source) -> str:
        return self._sources.get(source.pk, source.name)

    def standing(self, standing: Standing) -> Shown:
        return Shown(
            standing.state,
            standing_in_words(standing, self.short),
            [self.actors[slug] for slug in standing.holds],
            map_day(standing.since, self.zone) if standing.since else None,
            standing.key,
            standing.disputed,
        )


def date_words(text: str) -> str:
    return in_words(text, gettext=gettext)


def typed_words(text: str) -> str:
    """As `date_words`; as it was typed where it is no EDTF, as in a draft or in a report's date."""
    try:
        return date_words(text) if text else ""
    except ValueError:
        return text


def moment_words(moment: Moment, zone: tzinfo) -> str:
    """ "30 June 2017"; an instant with its time of day in `zone`, to the minute."""
    if "T" not in moment.text:
        return date_words(moment.text)
    try:
        return date_words(moment.instant.astimezone(zone).isoformat(timespec="minutes"))
    except (ValueError, OverflowError):
        # a zone's hours of long ago, to the second; or the first of all days
        return moment.text


def listed_places(change: Change, names: Names) -> list[dict[str, Any]]:
    return [
        {"slug": named.place.slug, "name": names.place(named.place)}
        for named in change.named_places.all()
    ]


def web_link(address: str) -> str:
    """The address where it leads to a page; an importer may have brought in anything."""
    return address if address.startswith(("https://", "http://")) else ""
