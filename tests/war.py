"""A small war for the tests of pages, API and admin: a province, its city with two quarters, a village."""

from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from events import ledger
from events.models import Actor, Change, Citation, Conflict, Place, Report, Source

from .factories import ActorFactory, ConflictFactory, PlaceFactory, SourceFactory

NASTY = "<script>alert(1)</script>"


def make_war() -> Conflict:
    """IS holds the city since 14 January 2014; SDF captured its east on 15 June 2017; IS may have retaken it."""
    war = ConflictFactory(slug="war", title="The war")
    for slug, short, arabic in (("is", "IS", "داعش"), ("sdf", "SDF", "قسد")):
        ActorFactory(
            conflict=war, slug=slug, name=f"{short} in full", short=short, aliases=[arabic]
        )
    province = PlaceFactory(conflict=war, slug="province", name="The province", kind="province")
    city = PlaceFactory(
        conflict=war, slug="city", name="The city", parent=province, aliases=["المدينة"]
    )
    PlaceFactory(conflict=war, slug="east", name="East", kind="neighbourhood", parent=city)
    PlaceFactory(conflict=war, slug="west", name="West", kind="neighbourhood", parent=city)
    PlaceFactory(conflict=war, slug="village", name=NASTY, parent=province)
    monitor = SourceFactory(slug="monitor", name="A monitor", reliability="B")
    monitor.leanings.add(Actor.objects.get(conflict=war, slug="sdf"))
    say(war, "c1", "2014-01-14", "is", "holds", "city")
    say(war, "c2", "2017-06-15", "sdf", "captured", "east", headline=f"Headline {NASTY}")
    say(
        war, "c3", "2017-06-29/2017-06-30", "is", "retook", "east",
        ruling="accepted", ruling_reason="two sources agree", stance="claims",
    )  # fmt: skip
    return war


def say(
    war: Conflict,
    public_id: str,
    date: str,
    actor: str | None,
    verb: str,
    *places: str,
    stance: str = Citation.Stance.REPORTS,
    **more: Any,
) -> Change:
    """Publish one Change as a newsroom does."""
    report, _ = Report.objects.get_or_create(
        source=Source.objects.get(slug="monitor"),
        title="Daily report",
        url="https://monitor.example/daily",
        defaults={"quote": "as we saw"},
    )
    new = ledger.NewChange(
        conflict=war,
        public_id=public_id,
        actor=Actor.objects.get(conflict=war, slug=actor) if actor else None,
        verb=verb,
        places=[Place.objects.get(conflict=war, slug=slug) for slug in places],
        date=date,
        citations=[ledger.NewCitation(report, stance)],
        **more,
    )
    return ledger.publish(new, by=None)


def take_back(war: Conflict) -> tuple[Change, Change]:
    """(a correction of c2: it was the 16th; a retraction of c3)."""
    change = Change.objects.get(conflict=war, public_id="c2")
    new = ledger.NewChange(
        conflict=war,
        public_id="c2b",
        actor=change.actor,
        verb=change.verb,
        places=[row.place for row in change.named_places.all()],
        date="2017-06-16",
        citations=[ledger.NewCitation(row.report) for row in change.citations.all()],
    )
    corrected = ledger.correct(change, new, reason=f"it was a day later {NASTY}", by=None)
    retaken = Change.objects.get(conflict=war, public_id="c3")
    return corrected, ledger.retract(retaken, reason="the monitor withdrew it", by=None)


def more_of_everything(war: Conflict, number: int = 10) -> None:
    """Ten more places, actors and changes, each with a citation of a source of its own leaning."""
    city = Place.objects.get(conflict=war, slug="city")
    for at in range(number):
        ActorFactory(conflict=war, slug=f"group-{at}")
        PlaceFactory(conflict=war, slug=f"quarter-{at}", kind="neighbourhood", parent=city)
        say(war, f"m{at}", "2016-02", f"group-{at}", "captured", f"quarter-{at}", "east")


def queries_of(client: Client, address: str) -> int:
    client.get(address)  # caches of content types and translations are filled once
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def constant(client: Client, address: str, more: Callable[[], None]) -> tuple[int, int]:
    """(queries before, queries after) there is more of everything."""
    before = queries_of(client, address)
    more()
    return before, queries_of(client, address)


class Inline(HTMLParser):
    """Finds what a strict Content-Security-Policy would block."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        have = dict(attrs)
        if tag == "script" and "src" not in have and have.get("type") != "application/json":
            self.found.append("script without src")
        if tag == "style":
            self.found.append("style element")
        self.found += [f"{tag} {name}" for name in have if name == "style" or name.startswith("on")]
