"""The form as it would have been typed for a Change that is published: where a correction begins."""

from copy import copy
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.utils import translation

from events import ledger
from events.gazetteer import Match
from events.ledger.supersede import places_of
from events.models import Actor, Change, Citation, Report

from . import options, words
from .typed import Typed, empty_citation


def typed_to(kind: str, change: Change, key: str) -> Typed:
    """`kind`: "correction" or "retraction". Names are such that only what is meant is found by them."""
    conflict = change.conflict
    citations = list(
        Citation.objects.filter(change=change)
        .select_related("report__source", "report__relays__source")
        .order_by("pk")
    )
    actors = [actor for actor in (change.actor, change.other_actor) if actor]
    names = options.actor_options(conflict, _matches(actors))
    actor: dict[int | None, str] = {
        thing.pk: option.value for thing, option in zip(actors, names, strict=True)
    }
    places = options.place_options(conflict, _matches(places_of(change)))
    sources = options.source_options(_matches([row.report.source for row in citations]))
    return Typed(
        kind=kind,
        corrects=change.public_id,
        key=key,
        actor=actor.get(change.actor_id, ""),
        verb=change.verb,
        other_actor=actor.get(change.other_actor_id, ""),
        date=change.date,
        place_count="" if change.place_count is None else str(change.place_count),
        headline="" if kind == Change.Kind.CORRECTION and _made(change) else change.headline,
        note=change.note,
        ruling=change.ruling,
        ruling_reason=change.ruling_reason,
        places=[option.value for option in places] or [""],
        citations=[
            {
                "source": source.value,
                "stance": row.stance,
                "title": row.report.title,
                "url": row.report.url,
                "published": row.report.published,
                "relays": _relayed(row.report),
                "quote": row.report.quote,
                "citation_note": row.note,
            }
            for row, source in zip(citations, sources, strict=True)
        ]
        or [empty_citation()],
    )


def _relayed(report: Report) -> str:
    """Whom it relays, as it is typed."""
    chain, told = [], report.relays
    while told is not None:
        chain.append(told.source)
        told = told.relays
    return " > ".join(option.value for option in options.source_options(_matches(chain)))


def _made(change: Change) -> bool:
    """Whether its headline was made from its fields: then that of the correction is made from the new ones."""
    same = ledger.retraction_of(change, "")
    # It was made when nobody had said yet how verbs go with its actor, or something else.
    either = [replace(same, actor=_as(same.actor, number)) for number in Actor.Number.values]
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            if any(words.headline(one) == change.headline for one in either):
                return True
    return False


def _as(actor: Actor | None, number: str) -> Actor | None:
    if actor is not None:
        actor = copy(actor)
        actor.number = number
    return actor


def _matches(things: list[Any]) -> list[Match]:
    return [Match(thing, "", 1.0) for thing in things]
