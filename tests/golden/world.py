"""A golden timeline (tests/timelines/*.json) made into rows, through the ledger as a newsroom would."""

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from django.contrib.gis.geos import Point

from events import ledger
from events.chronology.dates import parse
from events.models import Actor, Change, Conflict, Estimate, Place, Report, Source

TIMELINES = Path(__file__).parent.parent / "timelines"
NAMES = sorted(path.stem for path in TIMELINES.glob("*.json"))


def timeline(name: str) -> dict[str, Any]:
    return json.loads((TIMELINES / f"{name}.json").read_text(encoding="utf-8"))


def make_world(golden: dict[str, Any], slug: str = "golden") -> Conflict:
    """Conflict, actors and places; nothing published yet."""
    conflict = Conflict.objects.create(
        slug=slug,
        title=slug,
        timezone=golden["timezone"],
        start=date.fromisoformat(golden["start"]),
    )
    for actor in golden["actors"]:
        Actor.objects.create(
            conflict=conflict, slug=actor, name=actor, short=actor, kind="state", colour="#123456"
        )
    for source in golden.get("sources", ()):
        facts = {name: source[name] for name in ("name", "kind", "reliability")}
        made, _ = Source.objects.get_or_create(slug=source["slug"], defaults=facts)
        made.leanings.add(
            *Actor.objects.filter(conflict=conflict, slug__in=source.get("leanings", ()))
        )
    for number, place in enumerate(golden["places"]):
        Place.objects.create(
            conflict=conflict,
            slug=place["slug"],
            name=place["slug"],
            kind=place["kind"],
            parent=Place.objects.filter(conflict=conflict, slug=place["parent"]).first()
            if place.get("parent")
            else None,
            point=Point(38 + number / 100, 36, srid=4326),
        )
    return conflict


def new_changes(conflict: Conflict, rows: Iterable[dict[str, Any]]) -> list[ledger.NewChange]:
    """The rows of a golden timeline as what the ledger takes."""
    source, _ = Source.objects.get_or_create(
        slug="monitor", defaults={"name": "A monitor", "kind": "monitor"}
    )
    report, _ = Report.objects.get_or_create(source=source, title="Daily report")
    sources = {source.slug: source for source in Source.objects.all()}
    actors = {actor.slug: actor for actor in Actor.objects.filter(conflict=conflict)}
    places = {place.slug: place for place in Place.objects.filter(conflict=conflict)}
    return [
        ledger.NewChange(
            conflict=conflict,
            public_id=row["id"],
            actor=actors.get(row.get("actor")),
            verb=row["verb"],
            places=[places[slug] for slug in row["places"]],
            place_count=row.get("place_count"),
            date=row["date"],
            other_actor=actors.get(row.get("other_actor")),
            ruling=row.get("ruling") or Change.Ruling.ACCEPTED,
            day_order=row.get("order") or 0,
            headline=row.get("headline", ""),
            citations=[cited_by(sources[c["source"]], c) for c in row.get("cited", ())]
            or [ledger.NewCitation(report)],
        )
        for row in rows
    ]


def cited_by(source: Source, cited: dict[str, str]) -> ledger.NewCitation:
    report, _ = Report.objects.get_or_create(source=source, title=f"Report of {source.slug}")
    return ledger.NewCitation(report, cited["stance"], cited.get("note", ""))


def make_estimates(conflict: Conflict, rows: Iterable[dict[str, Any]]) -> None:
    for row in rows:
        when = parse(row["as_of"], conflict.zone)
        Estimate.objects.create(
            place=Place.objects.get(conflict=conflict, slug=row["place"]),
            actor=Actor.objects.filter(conflict=conflict, slug=row.get("actor")).first(),
            subject=row.get("subject", ""),
            measure=row["measure"],
            value=row["value"],
            as_of=row["as_of"],
            earliest=when.earliest,
            latest=when.latest,
            source=Source.objects.get(slug=row["source"]),
        )


def published(golden: dict[str, Any], slug: str = "golden") -> Conflict:
    """The whole golden timeline, published in its own order, one Change at a time."""
    conflict = make_world(golden, slug)
    for new in new_changes(conflict, golden["changes"]):
        ledger.publish(new, by=None)
    make_estimates(conflict, golden.get("estimates", ()))
    return conflict
