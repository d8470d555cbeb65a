"""What the change would do, in words: the preview panel's content."""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from events import ledger
from events.chronology.dates import in_words
from events.drafting import options, words
from events.drafting.assemble import Assembled
from events.drafting.called import Called, called
from events.ledger import Effect, standing_in_words
from events.ledger.warnings import Warning, unconfirmed, warnings
from events.models import Change, Conflict, Place

UNSAID = "…"


@dataclass(slots=True)
class Row:
    """One place that is named, or several inside it that fare alike."""

    before: str
    after: str
    since: str
    changes: bool
    places: list[Place] = field(default_factory=list)
    called: Called = field(default_factory=Called)
    inside: list["Row"] = field(default_factory=list)

    @property
    def names(self) -> list[str]:
        """Of the places, in the language of the page."""
        return [self.called.place(place) for place in self.places]


@dataclass(slots=True)
class Panel:
    """Empty `rows` where too little is understood; then the problems say what."""

    headline: str = ""
    rows: list[Row] = field(default_factory=list)
    warnings: list[Warning] = field(default_factory=list)
    confirmed: bool = False
    codes: str = ""
    override_reason: str = ""
    without_effect: str = ""
    ready: bool = False
    withdrawn: bool = False


def panel(
    conflict: Conflict, made: Assembled, confirmed: list[str], override_reason: str = ""
) -> Panel:
    """`override_reason`: why it is published in spite of warnings, as typed.

    A constant number of queries for a given number of places and sources named.
    """
    new = made.new
    shown = Panel(
        headline=new.headline or words.headline(new),
        ready=made.ok,
        withdrawn=new.kind == Change.Kind.RETRACTION,
        override_reason=override_reason,
    )
    if not made.ok:
        if set(made.problems) != {"reason"} or made.missing != {"reason"}:
            return shown
        # Only why is still to be said, which alters nothing of what it does.
        new = replace(new, reason=UNSAID)
    effects = ledger.preview(new)
    shown.rows = rows(conflict, new.places, effects)
    shown.warnings = warnings(new, effects, timezone.now(), called(conflict))
    shown.codes = " ".join(warning.code for warning in shown.warnings)
    shown.confirmed = not unconfirmed(shown.warnings, confirmed)
    shown.without_effect = _without_effect(new)
    return shown


def _without_effect(new: ledger.NewChange) -> str:
    if new.kind == Change.Kind.RETRACTION:
        return ""
    if new.ruling == Change.Ruling.REJECTED:
        return _("Kept in the record as a refuted claim, without effect.")
    if new.ruling == Change.Ruling.OPEN:
        return _("Public as an open claim: the places are marked disputed, who holds them stays.")
    if new.place_count:
        return _(
            "Counted and shown. Places not known by name are not coloured: nothing is invented."
        )
    return ""


def rows(conflict: Conflict, named: list[Place], effects: list[Effect]) -> list[Row]:
    """A row for each place named, those inside it grouped by what becomes of them; then those that are no longer
    named, where it takes a change back.
    """
    names, now = options.short_names(conflict), called(conflict)
    own: dict[int, Row] = {}
    inside: dict[tuple[Any, ...], Row] = {}
    of: dict[int, list[Row]] = defaultdict(list)
    beside: list[Row] = []
    for effect in effects:
        row = Row(
            before=standing_in_words(effect.before, names),
            after=standing_in_words(effect.after, names),
            since=in_words(effect.day.isoformat(), gettext=_),
            changes=effect.changes,
            places=[effect.place],
            called=now,
        )
        if effect.place in named:
            own[effect.place.pk] = row
            continue
        around = [place for place in named if effect.place.path.startswith(place.path)]
        if not around:
            # named by the change that is taken back, and not any more
            beside.append(row)
            continue
        above = max(around, key=lambda place: place.depth)
        key = (above.pk, row.before, row.after)
        if key in inside:
            inside[key].places.append(effect.place)
        else:
            inside[key] = row
            of[above.pk].append(row)
    for pk, row in own.items():
        row.inside = of[pk]
    return [*(own[place.pk] for place in named if place.pk in own), *beside]
