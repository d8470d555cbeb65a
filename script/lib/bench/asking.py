"""The product from inside a process with Django set up: asking through WSGI, publishing through the ledger."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db import connection
from django.test import RequestFactory

from bench.made import ACTORS, DAYS, SLUG, START
from events import ledger
from events.models import Actor, Conflict, Place, Report, Source

VERBS = ("captured", "captured", "captured", "retook", "entered", "withdrew", "clash")


def get(path: str, **query: str) -> bytes:
    """One request through the real WSGI handler; the body. Raises where it is not answered with 200."""
    from conflict_map.wsgi import application

    found: list[str] = []
    environ = RequestFactory(SERVER_NAME="127.0.0.1").get(path, query).environ
    response = application(environ, lambda status, headers: found.append(status))
    body = b"".join(response)
    response.close()
    if not found[0].startswith("200"):
        raise SystemExit(f"{path}: {found[0]} {body[:300]!r}")
    return body


def standing(day: date, **query: str) -> bytes:
    return get(f"/api/v1/conflicts/{SLUG}/standing", at=day.isoformat(), **query)


def days(number: int, seed: int = 1) -> list[date]:
    chance = random.Random(seed)  # noqa: S311
    return [START + timedelta(days=chance.randrange(30, DAYS)) for _ in range(number)]


def close_of(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


class Desk:
    """Publishes one Change after another, each at one place, most of them of the last days."""

    def __init__(self, seed: str, places: int) -> None:
        connection.close()
        self.chance = random.Random(seed)  # noqa: S311
        self.conflict = Conflict.objects.get(slug=SLUG)
        self.actors = list(Actor.objects.filter(conflict=self.conflict).order_by("pk"))
        rows = Place.objects.filter(conflict=self.conflict, kind="town").order_by("pk")
        self.places = list(rows.defer("area", "territory")[:places])
        source = Source.objects.order_by("pk").first()
        self.report, _ = Report.objects.get_or_create(source=source, title="What the desk saw")

    def new(self, places: list[Place], verb: str, day: date) -> Any:
        return ledger.NewChange(
            conflict=self.conflict,
            actor=self.actors[self.chance.randrange(ACTORS)],
            verb=verb,
            places=places,
            date=day.isoformat(),
            citations=[ledger.NewCitation(self.report)],
        )

    def publish_one(self) -> None:
        day = START + timedelta(days=DAYS + self.chance.randrange(60))
        place = self.chance.choice(self.places)
        ledger.publish(self.new([place], self.chance.choice(VERBS), day), by=None)

    def publish_province(self, slug: str) -> int:
        """A capture of a whole province in the middle of the war; returns how many places it reached."""
        province = Place.objects.get(conflict=self.conflict, slug=slug)
        day = START + timedelta(days=self.chance.randrange(DAYS // 3, DAYS // 2))
        ledger.publish(self.new([province], "captured", day), by=None)
        return Place.objects.filter(path__startswith=province.path).count()
