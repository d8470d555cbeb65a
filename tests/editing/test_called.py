"""Names at the desk are those of the page's language, where the gazetteer has them."""

import re
from typing import Any

import pytest
from django.test import Client

from events.models import ActorName, Conflict, Place, PlaceName
from tests.drafting.desk import written
from tests.editing.conftest import post
from tests.war import constant, more_of_everything, say

EAST, PROVINCE, SDF = "الحي الشرقي", "محافظة", "قسد"


@pytest.fixture
def named(war: Conflict) -> Conflict:
    """East, the province and SDF have names in Arabic; the city has only an alias."""
    ActorName.objects.filter(actor__conflict=war, name=SDF).update(language="ar")
    for slug, name in (("east", EAST), ("province", PROVINCE)):
        place = Place.objects.get(conflict=war, slug=slug)
        PlaceName.objects.create(place=place, name=name, language="ar", kind="official")
    return war


@pytest.fixture
def in_arabic(at_desk: Client) -> Client:
    at_desk.cookies["django_language"] = "ar"
    return at_desk


def page(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def test_what_was_understood_is_said_in_the_language_of_the_page(
    in_arabic: Client, named: Conflict
) -> None:
    answer = page(in_arabic.post("/desk/war/preview/", post(actor="SDF")))
    assert re.search(rf'id="note_places-0".*?<bdi>{EAST} · .*?The city › {PROVINCE}</bdi>', answer)
    assert re.search(rf'id="note_actor".*?<bdi>{SDF}</bdi>', answer)
    assert f"<h3><bdi>{EAST}</bdi></h3>" in answer
    (headline,) = re.findall(r"<strong><bdi>(.*?)</bdi></strong>", answer)
    assert EAST in headline
    assert SDF in headline


def test_what_gives_pause_is_said_in_the_language_of_the_page(
    in_arabic: Client, named: Conflict
) -> None:
    say(named, "there", "2017-07-02", "sdf", "captured", "east")
    answer = page(
        in_arabic.post("/desk/war/preview/", post(actor="SDF", verb="captured", date="2017-07-03"))
    )
    (said,) = re.findall(r'id="warnings".*?</ul>', answer)
    assert f"سيطرة {SDF} على {EAST} قائمة أصلاً" in said


def test_and_so_is_what_it_would_alter(in_arabic: Client, named: Conflict) -> None:
    answer = page(
        in_arabic.post("/desk/war/preview/", post(actor="SDF", verb="captured", date="2017-06-01"))
    )
    lines = re.findall(r"<li><bdi>([^<]*←.*?)</bdi></li>", answer)
    assert lines
    assert all(EAST in line and "East" not in line for line in lines)


def test_the_chips_of_a_sentence_too(in_arabic: Client, named: Conflict) -> None:
    form = post(sentence="SDF retook East", read="SDF retook East")
    answer = page(in_arabic.post("/desk/war/sentence/", form))
    (chip,) = re.findall(r'<select id="chip_places-0".*?</select>', answer)
    assert f"{EAST}، حي، " in chip
    assert PROVINCE in chip


def test_names_that_are_found_while_one_types_too(in_arabic: Client, named: Conflict) -> None:
    (found,) = in_arabic.get("/desk/war/find/place/", {"q": "East"}).json()["options"]
    assert found["name"] == EAST
    assert found["value"] == "East"
    assert found["where"] == f"The city › {PROVINCE}"
    (actor,) = in_arabic.get("/desk/war/find/actor/", {"q": "SDF"}).json()["options"]
    assert (actor["name"], actor["value"]) == (SDF, "SDF")


def test_lists_say_a_draft_in_the_language_of_the_page_whatever_was_typed(
    in_arabic: Client, named: Conflict, editor: Any
) -> None:
    written(named, editor, places=["East"], actor="SDF", submit=False)
    assert re.search(rf"<bdi>[^<]*{EAST}[^<]*</bdi>", page(in_arabic.get("/desk/")))


def test_in_the_language_of_their_own_names_nothing_is_different(
    at_desk: Client, named: Conflict
) -> None:
    answer = page(at_desk.post("/desk/war/preview/", post()))
    assert "<h3><bdi>East</bdi></h3>" in answer
    assert EAST not in answer


@pytest.mark.parametrize("address", ["/desk/", "/desk/war/stale/", "/desk/war/shift/"])
def test_queries_do_not_grow_with_the_names(
    in_arabic: Client, named: Conflict, address: str
) -> None:
    before, after = constant(in_arabic, address, lambda: more_of_everything(named))
    assert after == before
