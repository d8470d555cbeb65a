"""What is asked to be published, and why it may be refused."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from events.chronology.dates import REASONS, DateError, Edtf, parse
from events.chronology.verbs import VERBS
from events.models import Actor, Change, Citation, Conflict, Place, Report

AREAS = frozenset(
    {Place.Kind.COUNTRY, Place.Kind.PROVINCE, Place.Kind.DISTRICT, Place.Kind.SUBDISTRICT}
)

RULINGS, STANCES = frozenset(Change.Ruling.values), frozenset(Citation.Stance.values)
LONGEST = {name: Change._meta.get_field(name).max_length for name in ("headline", "public_id")}
# The dates of a long import are a few thousand, said over and over.
parsed = lru_cache(maxsize=20_000)(parse)


class Refused(Exception):
    """`errors`: field of NewChange -> sentences for the person who asked. Nothing was written."""

    def __init__(self, errors: dict[str, list[str]]):
        self.errors = errors
        super().__init__("; ".join(f"{name}: {' '.join(why)}" for name, why in errors.items()))


@dataclass(slots=True)
class NewCitation:
    """A report and its stance: reports, confirms, claims or denies."""

    report: Report
    stance: str = Citation.Stance.REPORTS
    note: str = ""


@dataclass(slots=True)
class NewChange:
    """A Change to be. `date` is EDTF level 1. `idempotency_key`: publishing it again returns the first."""

    conflict: Conflict
    actor: Actor | None
    verb: str
    places: list[Place]
    date: str
    other_actor: Actor | None = None
    place_count: int | None = None
    headline: str = ""
    note: str = ""
    ruling: str = Change.Ruling.ACCEPTED
    ruling_reason: str = ""
    day_order: int = 0
    public_id: str | None = None
    citations: list[NewCitation] = field(default_factory=list)
    idempotency_key: str | None = None
    # The warnings that the desk saw and published in spite of: {code, reason, by}.
    overrides: list[dict[str, str]] = field(default_factory=list)
    # What `correct` and `retract` fill in: see there.
    kind: str = Change.Kind.STATEMENT
    supersedes: Change | None = None
    reason: str = ""


def has_effect(kind: str, place_count: int | None) -> bool:
    """“17 towns of Aleppo” names an area and a count: what is not known by name has no effect."""
    return place_count is None or kind not in AREAS


def bounds(new: NewChange, at: datetime) -> tuple[Edtf, datetime | None, datetime]:
    """The date, and its bounds as they are stored. What is published has happened by then, so `latest` is
    never after `at`, the instant of publication. Raises Refused where the date cannot be.
    """
    try:
        date = parsed(new.date, new.conflict.zone)
    except DateError as error:
        raise Refused({"date": [_(REASONS[error.reason]) % {"text": error.text}]}) from error
    if new.supersedes is not None and date.text == new.supersedes.date:
        # The same date said again means what it meant: it had happened when it was first published.
        return date, new.supersedes.earliest, new.supersedes.latest
    latest = at if date.latest is None else min(date.latest, at)
    if date.earliest is not None and date.earliest >= at:
        raise Refused({"date": [_("“%(date)s” is in the future.") % {"date": new.date}]})
    return date, date.earliest, latest


def validate(new: NewChange, at: datetime) -> tuple[Edtf, datetime | None, datetime]:
    """Check every field and return `bounds`; raises Refused that names all that is wrong at once."""
    kind = _kind(new)
    errors = {} if kind in _sound else _faults(new)
    if not errors and kind is not None:
        if len(_sound) >= KINDS:
            _sound.clear()
        _sound.add(kind)
    if new.kind == Change.Kind.RETRACTION:
        # The rest was checked when it was published, and is carried over as it stands.
        if errors:
            raise Refused(errors)
        return bounds(new, at)
    for name, text in (("headline", new.headline), ("public_id", new.public_id or "")):
        limit = LONGEST[name]
        if len(text) > limit:
            errors.setdefault(name, []).append(
                _("At most %(limit)d characters.") % {"limit": limit}
            )
    try:
        checked = bounds(new, at)
    except Refused as refused:
        raise Refused({**errors, **refused.errors}) from refused
    for place in new.places:
        if (
            place.ends
            and checked[1]
            and checked[1].astimezone(new.conflict.zone).date() > place.ends
        ):
            errors.setdefault("places", []).append(
                _("%(place)s ended on %(day)s.") % {"place": place, "day": place.ends}
            )
    if errors:
        raise Refused(errors)
    return checked


# Kinds of statements of which `_faults` found nothing wrong: the hundreds of thousands of an import are of some hundred
# kinds.
KINDS = 20_000
_sound: set[tuple[Any, ...] | None] = set()


def _kind(new: NewChange) -> tuple[Any, ...] | None:
    """All that `_faults` looks at; None for what is asked anew each time."""
    if new.kind != Change.Kind.STATEMENT or new.supersedes is not None or new.overrides:
        return None
    actor, other = new.actor, new.other_actor
    return (
        new.conflict.id,
        new.verb,
        actor and (actor.id, actor.conflict_id),
        other and (other.id, other.conflict_id),
        frozenset([place.conflict_id for place in new.places]),
        new.place_count,
        new.ruling,
        frozenset([citation.stance for citation in new.citations]),
    )


def _faults(new: NewChange) -> dict[str, list[str]]:
    """What is wrong with its fields by themselves, whenever it is published: field -> sentences."""
    errors: dict[str, list[str]] = {}

    def wrong(name: str, why: str) -> None:
        errors.setdefault(name, []).append(why)

    if new.overrides and any(not row.get("reason", "").strip() for row in new.overrides):
        wrong("overrides", _("Say why it is published in spite of the warning."))
    if new.kind != Change.Kind.STATEMENT and not new.reason.strip():
        wrong("reason", _("Say why: readers are shown the reason."))
    conflict = new.conflict.id
    if new.supersedes is not None and new.supersedes.conflict_id != conflict:
        wrong("change", _("The change belongs to another conflict."))
    if new.kind == Change.Kind.RETRACTION:
        return errors
    verb = VERBS.get(new.verb)
    if verb is None:
        wrong("verb", _("“%(verb)s” is not one of the verbs.") % {"verb": new.verb})
    elif verb.needs_actor and new.actor is None:
        wrong("actor", _("Say who: “%(verb)s” needs an actor.") % {"verb": new.verb})
    if new.verb == "shares" and new.other_actor is None:
        wrong("other_actor", _("“shares” needs the actor it is shared with."))
    if new.verb == "handed_over" and new.other_actor is None:
        wrong("other_actor", _("“handed_over” needs the actor it was handed to."))
    if new.actor is not None and new.other_actor is not None and new.actor == new.other_actor:
        wrong("other_actor", _("The other actor is the same as the actor."))
    for name, actor in (("actor", new.actor), ("other_actor", new.other_actor)):
        if actor is not None and actor.conflict_id != conflict:
            wrong(name, _("%(actor)s belongs to another conflict.") % {"actor": actor})
    if not new.places:
        wrong("places", _("Name at least one place."))
    if {place.conflict_id for place in new.places} - {conflict}:
        wrong("places", _("A place belongs to another conflict."))
    if new.place_count is not None and new.place_count < 1:
        wrong("place_count", _("A count of places is at least 1."))
    if new.ruling not in RULINGS:
        wrong("ruling", _("“%(ruling)s” is not a ruling.") % {"ruling": new.ruling})
    if not new.citations:
        wrong("citations", _("Cite at least one source: readers are told according to whom."))
    if not STANCES.issuperset({citation.stance for citation in new.citations}):
        wrong("citations", _("A stance is one of: reports, confirms, claims, denies."))
    return errors
