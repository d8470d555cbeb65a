"""What the page shows that makes a place on the spot: what was typed, where that lies, what is there already."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.contrib.gis.geos import Point
from django.http import QueryDict
from django.utils.translation import gettext as _

from events.chronology.dates import DateError, map_day, parse
from events.chronology.tidy import tidy
from events.drafting import options
from events.drafting.naming import Names, Unknown
from events.drafting.options import Option
from events.drafting.typed import keepable
from events.gazetteer import (
    INSIDE,
    BadPlace,
    Match,
    Wanted,
    alike_near,
    check_place,
    outline_round,
    parents_at,
    point_of,
)
from events.models import Conflict, Place

FIELDS = ("name", "kind", "arabic", "lat", "lon", "parent")
LONGEST = 300
MOST_NEAR = 5
WRITTEN = "written"


@dataclass(frozen=True, slots=True)
class Alike:
    """A place that may be the one that is meant; `text`, typed into the draft, means just it."""

    option: Option
    kilometres: float


@dataclass(slots=True)
class Spotted:
    """`parents`: where it may lie, likeliest first; `surely`: an outline says so. `written`: the word that it is for.

    `errors` by field, empty while nothing was asked of what is typed yet. The map opens `at` a day, `around` an area
    (west,south,east,north): those that the draft speaks of; empty where it speaks of none.
    """

    wanted: Wanted
    written: str = ""
    parents: list[Option] = field(default_factory=list)
    surely: bool = False
    alike: list[Alike] = field(default_factory=list)
    errors: dict[str, str] = field(default_factory=dict)
    pointed: bool = False
    at: str = ""
    around: str = ""
    kinds: list[tuple[str, Any]] = field(default_factory=list)

    @property
    def nowhere(self) -> bool:
        """It is pointed out, and nothing is known there."""
        wanted = self.pointed and not self.parents and not self.wanted.parent.strip()
        return wanted and "parent" not in self.errors

    @property
    def lies_in(self) -> Option | None:
        return self.parents[0] if self.parents and not self.wanted.parent.strip() else None


def wanted_from(data: QueryDict) -> tuple[Wanted, str]:
    """What was typed, and the word of the draft that it is for."""
    texts = {name: keepable(data.get(name))[:LONGEST] for name in FIELDS if name in data}
    return Wanted(**texts), keepable(data.get(WRITTEN))[:LONGEST]


def spotted(conflict: Conflict, wanted: Wanted, written: str, *, quiet: bool) -> Spotted:
    """`quiet`: nothing is found fault with yet. A constant number of queries."""
    shown = Spotted(wanted, written, kinds=[(kind, Place.Kind(kind).label) for kind in INSIDE])
    try:
        point = point_of(conflict, wanted.lat, wanted.lon)
    except BadPlace:
        point = None
    shown.pointed = point is not None
    if point is not None:
        _look_round(conflict, shown, point)
    if not quiet:
        try:
            check_place(conflict, wanted)
        except BadPlace as bad:
            shown.errors = bad.errors
    return shown


def open_at(conflict: Conflict, shown: Spotted, date: str, near: Sequence[str]) -> None:
    """Show the map as the draft speaks: `date` as typed there, `near` the texts of its places."""
    try:
        latest = parse(tidy(date), conflict.zone).latest
    except DateError:
        latest = None
    if latest is not None:
        shown.at = map_day(latest, conflict.zone).isoformat()
    names = Names(conflict)
    for text in [text for text in near if text.strip()][:MOST_NEAR]:
        try:
            extent = outline_round(names.place(text))
        except Unknown:
            continue
        if extent:
            shown.around = ",".join(f"{degrees:.4f}" for degrees in extent)
            return


def _look_round(conflict: Conflict, shown: Spotted, point: Point) -> None:
    wanted = shown.wanted
    if wanted.kind in INSIDE:
        around = parents_at(conflict, point, wanted.kind)
        shown.parents = options.place_options(conflict, [Match(a.place, "", 1.0) for a in around])
        shown.surely = bool(around) and around[0].surely
    near = alike_near(conflict, [wanted.name, wanted.arabic, shown.written], point)
    found = options.place_options(conflict, [Match(n.place, "", 1.0) for n in near])
    shown.alike = [Alike(option, n.metres / 1000) for option, n in zip(found, near, strict=True)]


def empty(wanted: Wanted, written: str) -> Wanted:
    """The word of the draft as its name; in Arabic script, as its Arabic name."""
    if wanted.name or wanted.arabic or not written:
        return wanted
    arabic = any("\u0600" <= letter <= "\u06ff" for letter in written)
    return replace(wanted, arabic=written) if arabic else replace(wanted, name=written)


def made_text(conflict: Conflict, place: Place) -> str:
    """What means just this place, typed into the draft."""
    (option,) = options.place_options(conflict, [Match(place, place.name, 1.0)])
    return option.value


def said(place: Place) -> str:
    return _(
        "“%(name)s” is made. Readers know nothing of it until a published change names it."
    ) % {"name": place.name}
