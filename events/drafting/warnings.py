"""What is allowed but seldom meant: publishing it needs a second look, ticked by a person.

Each warning has a code, which `Draft.typed["confirm"]` keeps once it was ticked, and its remedy.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.chronology.dates import parse
from events.ledger import Effect, NewChange
from events.ledger.new import has_effect
from events.models import Change, Citation, Source, Span

WITHOUT_EFFECT = frozenset({"clash", "attack"})
LONG_AGO = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Warning:
    """`remedy` says what to do about it."""

    code: str
    message: str
    remedy: str


def warnings(new: NewChange, effects: Sequence[Effect], now: datetime) -> list[Warning]:
    """All that gives pause about a change that the ledger would take."""
    found = (
        _never_held(new, effects),
        _no_effect(new, effects),
        _alters_later(effects),
        _partisan(new),
        _long_ago(new, now),
    )
    return [warning for warning in found if warning]


def unconfirmed(found: Iterable[Warning], confirmed: Iterable[str]) -> list[Warning]:
    """Those that nobody has ticked: a warning that is new since then asks again."""
    ticked = set(confirmed)
    return [warning for warning in found if warning.code not in ticked]


def _never_held(new: NewChange, effects: Sequence[Effect]) -> Warning | None:
    if new.verb != "retook" or new.actor is None or not effects:
        return None
    holding = Span.objects.filter(
        place__in=new.places,
        actor=new.actor,
        role=Span.Role.HOLDS,
        valid__startswith__lt=effects[0].instant,
    ).known()
    held = set(holding.values_list("place_id", flat=True))
    never = [place.name for place in new.places if place.pk not in held]
    if not never:
        return None
    return Warning(
        "never_held",
        _("By this record, %(actor)s never held %(places)s before.")
        % {"actor": new.actor.short, "places": ", ".join(never)},
        _("If it was the first time, choose “captured”; if not, log first when it was held."),
    )


def _no_effect(new: NewChange, effects: Sequence[Effect]) -> Warning | None:
    meant_to_have_none = (
        new.verb in WITHOUT_EFFECT
        or new.ruling == Change.Ruling.REJECTED
        or not any(has_effect(place.kind, new.place_count) for place in new.places)
    )
    if meant_to_have_none or any(effect.changes for effect in effects):
        return None
    return Warning(
        "no_effect",
        _("It changes no standing: all this is so already, or a later ruling overtakes it."),
        _("Compare the places, the actor and the date with the record."),
    )


def _alters_later(effects: Sequence[Effect]) -> Warning | None:
    count = sum(effect.alters_later for effect in effects)
    if not count:
        return None
    return Warning(
        "alters_later",
        ngettext(
            "It alters %(count)d later entry of the history, which readers have seen.",
            "It alters %(count)d later entries of the history, which readers have seen.",
            count,
        )
        % {"count": count},
        _("Open the place's history and check that what follows still makes sense."),
    )


def _partisan(new: NewChange) -> Warning | None:
    sources = {
        cited.report.source for cited in new.citations if cited.stance != Citation.Stance.DENIES
    }
    if new.actor is None or not sources:
        return None
    leaning = Source.leanings.through.objects.filter(source__in=sources, actor=new.actor)
    if leaning.count() < len(sources):
        return None
    return Warning(
        "partisan",
        _("Only %(sources)s says so, and is partisan to %(actor)s.")
        % {
            "sources": ", ".join(sorted(source.name for source in sources)),
            "actor": new.actor.short,
        },
        _("Add an independent source, or set the ruling to “open” until there is one."),
    )


def _long_ago(new: NewChange, now: datetime) -> Warning | None:
    """Of a conflict that is over every date lies long back: nothing to be warned of."""
    latest = parse(new.date, new.conflict.zone).latest
    ended = new.conflict.end
    if latest is None or now - latest <= LONG_AGO or (ended and ended < (now - LONG_AGO).date()):
        return None
    return Warning(
        "long_ago",
        _("The date lies %(days)d days back.") % {"days": (now - latest).days},
        _("Check the year and the month."),
    )
