"""Which of several things of one name is meant, what else may be, and what is offered for each part."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

from django.utils.translation import gettext as _

from events.chronology.dates import DateError, close_of, midnight, parse
from events.chronology.verbs import VERBS
from events.gazetteer import ACTOR, PLACE, Index, Thing, fold_name
from events.models import Change, Conflict, Place

from .. import words
from .parts import Option
from .when import When

RECENT = timedelta(days=90)
MOST = 8
AREAS = (Place.Kind.PROVINCE, Place.Kind.DISTRICT, Place.Kind.SUBDISTRICT)


class Chooser:
    """Asks the record only where a name or a year is ambiguous, at most once for each."""

    def __init__(self, conflict: Conflict, index: Index, on: date, near: tuple[str, ...]) -> None:
        self.conflict, self.index, self.on, self.near = conflict, index, on, near

    def places(self, things: list[Thing], *, area: bool, beside: list[Thing]) -> list[Thing]:
        """Best first. `area`: a count of places not named stands before it; `beside`: places found already."""
        if area:
            things = self.areas(things)
        if len(things) < 2:
            return things
        recent = self._recent(things)
        spoken = {thing.path for thing in beside} | {
            thing.path for slug in self.near if (thing := self.index.by_slug.get((PLACE, slug)))
        }
        around = {path.rsplit("/", 2)[0] for path in spoken}

        def order(thing: Thing) -> tuple[int, ...]:
            same = thing.path.rsplit("/", 2)[0] in around or any(
                thing.path.startswith(path) for path in spoken
            )
            rank = -thing.rank if area else thing.rank
            return (-same, rank if self._nested(things) else 0, -recent[thing.pk], rank)

        return sorted(things, key=order)[:MOST]

    def _nested(self, things: list[Thing]) -> bool:
        """A town with its own district and province: the kind decides, not the fighting."""
        deep = max(things, key=lambda thing: len(thing.path))
        return all(deep.path.startswith(thing.path) for thing in things)

    def areas(self, things: list[Thing]) -> list[Thing]:
        """ "17 villages in Aleppo" means the province of that name, not the city."""
        out = [thing for thing in things if thing.kind in AREAS]
        for thing in things:
            above = [self.index.by_slug.get((PLACE, slug)) for slug in thing.path.split("/")[:-2]]
            named = [a for a in above if a and a.kind in AREAS]
            out += [a for a in named if a.name.lower().startswith(thing.name.lower())]
            out += [a for a in named if a.kind == Place.Kind.PROVINCE]
        return list(dict.fromkeys([*sorted(out, key=lambda t: -t.rank), *things]))

    def _recent(self, things: Sequence[Thing]) -> Counter[int]:
        """Changes of each place in the days before the entry: where one fights, one writes about."""
        rows = Change.objects.filter(
            conflict=self.conflict,
            places__in=[thing.pk for thing in things],
            latest__date__gte=self.on - RECENT,
            latest__date__lte=self.on + timedelta(days=1),
        ).values_list("places", flat=True)
        return Counter(rows[:500])

    def place_option(self, thing: Thing) -> Option:
        where = self.index.where(thing)
        kind = str(Place.Kind(thing.kind).label)
        return Option(
            self.index.text_for(thing),
            _(", ").join(filter(None, [self.index.said(thing), kind, where])),
        )

    def actors(self, things: list[Thing]) -> list[Thing]:
        return things[:MOST]

    def actor_option(self, thing: Thing) -> Option:
        name = self.index.said(thing)
        # its whole name is in its own language
        whole = name == thing.kind or name != thing.name
        label = name if whole else f"{name} · {thing.kind}"
        return Option(self.index.text_for(thing), label)

    def actor_called(self, value: str) -> Thing | None:
        """What `index.text_for` gave the text for: a slug, or a name that is an actor's alone."""
        called = [t for t in self.index.called(fold_name(value)) if t.what == ACTOR]
        return self.index.by_slug.get((ACTOR, value)) or next(iter(called), None)

    def sources(self, things: list[Thing]) -> list[Thing]:
        return things[:MOST]

    def source_option(self, thing: Thing) -> Option:
        return Option(self.index.text_for(thing), thing.name)

    def stance_options(self, stance: str) -> list[Option]:
        labels = {
            "reports": _("reports it"),
            "confirms": _("confirms it"),
            "claims": _("claims it of itself"),
            "denies": _("denies it"),
        }
        order = [stance, *(name for name in labels if name != stance)]
        return [Option(name, labels[name]) for name in order]

    def verb_options(self, verb: str) -> list[Option]:
        order = [verb, *(name for name in VERBS if name != verb)]
        return [Option(name, words.verb_label(name)) for name in order]

    def dates(self, when: When, places: list[Thing]) -> list[str]:
        """A date without its year: of a war that is over, the year in which the record has most around that
        day at these places; else the latest that is past.
        """
        texts = [when.edtf, *when.others]
        end = self.conflict.end
        if when.yearless:
            texts = [text for text in texts if self._within(text)] or texts
        if when.yearless and end and end < self.on and places:
            known = Change.objects.filter(
                conflict=self.conflict, places__in=[thing.pk for thing in places]
            ).values_list("latest", flat=True)[:2000]
            days = [at.astimezone(self.conflict.zone).date() for at in known]
            close = {text: sum(_close(text, day) for day in days) for text in texts}
            texts.sort(key=lambda text: -close[text])
        return list(dict.fromkeys(texts))[:MOST]

    def _within(self, text: str) -> bool:
        year = int(text.removeprefix("../")[:4])
        start, end = self.conflict.start, self.conflict.end
        return (not start or start.year <= year) and (not end or year <= end.year)


def in_conflict(conflict: Conflict, text: str) -> bool:
    """Whether what is dated so may lie within the conflict's days; true of what is no date."""
    try:
        said = parse(text, conflict.zone)
    except DateError:
        return True
    if said.latest is not None and said.latest <= midnight(conflict.start, conflict.zone):
        return False
    if conflict.end is None or said.earliest is None:
        return True
    return said.earliest < close_of(conflict.end, conflict.zone)


def _close(text: str, day: date) -> bool:
    first = text.removeprefix("../").split("/")[0].rstrip("~?%")
    try:
        meant = date.fromisoformat(first if len(first) == 10 else f"{first}-15")
    except ValueError:
        return False
    return abs((day - meant).days) <= 3
