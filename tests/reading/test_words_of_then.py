"""A page that is read as of a past knowledge says what it said then, in the words of then, and in either language."""

from collections.abc import Callable

import pytest
from django.test import Client

from events.ledger.known import database_now
from events.models import Actor, ActorName, Conflict, Place, PlaceName, Report, Source
from tests.factories import ActorFactory, PlaceFactory
from tests.war import say

PAGES = (
    "/war/places/?at=2017-06-30",
    "/war/places/east/?at=2017-06-30",
    "/war/places/city/?at=2017-06-30",
    "/war/changes/c3/?",
    "/war/changes/fixed/?",
    "/war/corrections/?",
    "/war/compare/?from=2014-01-01&to=2017-06-30",
)


@pytest.fixture
def told(war: Conflict) -> str:
    """A correction, names in Arabic, and the instant after it all."""
    from events import ledger
    from events.models import Change

    PlaceName.objects.create(
        place=Place.objects.get(slug="east"),
        name="الشرق",
        language="ar",
        kind="official",
        folded="x",
    )
    wrong = Change.objects.get(public_id="c2")
    new = ledger.retraction_of(wrong, "")
    source = Source.objects.get(slug="monitor")
    report = Report.objects.create(source=source, title="Again", quote="as we saw later")
    new.citations, new.public_id, new.date = [ledger.NewCitation(report)], "fixed", "2017-06-16"
    ledger.correct(wrong, new, reason="The day was wrong.", by=None)
    return database_now().isoformat().replace("+", "%2B")


def rename_place() -> None:
    east = Place.objects.get(slug="east")
    east.name = "The Orient"
    east.save()


def rename_in_arabic() -> None:
    PlaceName.objects.filter(name="الشرق").update(name="المشرق")


def take_back_arabic() -> None:
    PlaceName.objects.filter(name="الشرق").delete()


def rename_actor() -> None:
    actor = Actor.objects.get(slug="sdf")
    actor.name, actor.short = "Another name", "OTHER"
    actor.save()


def number_actor() -> None:
    actor = Actor.objects.get(slug="is")
    actor.number = Actor.Number.PLURAL
    actor.save()


def rename_actor_in_arabic() -> None:
    ActorName.objects.filter(actor__slug="sdf", language="ar").update(name="قوات")


def take_back_actors_arabic() -> None:
    ActorName.objects.filter(actor__slug="sdf", language="ar").delete()


def regrade_source() -> None:
    source = Source.objects.get(slug="monitor")
    source.name, source.reliability, source.kind = "A watch", "E", "belligerent"
    source.save()


def quote_more() -> None:
    Report.objects.update(quote="Quite other words.", title="Quite another title")


def add_a_quarter() -> None:
    war = Conflict.objects.get(slug="war")
    PlaceFactory(conflict=war, slug="new", name="New", parent=Place.objects.get(slug="city"))
    ActorFactory(conflict=war, slug="late", short="LATE")
    say(war, "late", "2017-06-20", "late", "captured", "new")


ALTERING = (
    *(rename_place, rename_in_arabic, take_back_arabic, rename_actor, number_actor),
    *(rename_actor_in_arabic, take_back_actors_arabic, regrade_source, quote_more, add_a_quarter),
)


def pages(client: Client, known: str, language: str) -> dict[str, str]:
    found = {}
    for address in PAGES:
        answer = client.get(f"{address}&known={known}", headers={"accept-language": language})
        assert answer.status_code == 200, address
        found[address] = answer.content.decode().partition("<main")[2]
    return found


@pytest.mark.parametrize("alter", ALTERING, ids=lambda work: work.__name__)
def test_a_page_as_of_then_is_in_the_words_of_then(
    client: Client, told: str, alter: Callable[[], None]
) -> None:
    before = {language: pages(client, told, language) for language in ("en", "ar")}
    now = {
        language: [
            client.get(address, headers={"accept-language": language}).content for address in PAGES
        ]
        for language in ("en", "ar")
    }
    alter()
    for language, said in before.items():
        after = pages(client, told, language)
        for address in PAGES:
            assert after[address] == said[address], (language, address)
    # and the pages of now are in those of now
    assert now != {
        language: [
            client.get(address, headers={"accept-language": language}).content for address in PAGES
        ]
        for language in ("en", "ar")
    }


def test_a_place_that_was_not_there_then_has_no_page_of_then(client: Client, told: str) -> None:
    add_a_quarter()
    assert client.get("/war/places/new/").status_code == 200
    assert client.get(f"/war/places/new/?known={told}").status_code == 404
