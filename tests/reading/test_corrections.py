"""What was taken back: the list, the pages of both sides, the page of then, the feed."""

from xml.etree import ElementTree

import pytest
from django.test import Client
from django.utils.html import strip_tags

from events import ledger
from events.models import Conflict
from tests.war import NASTY, constant, say, take_back

from .test_place import page

ATOM = "{http://www.w3.org/2005/Atom}"


def test_the_list_says_what_it_said_what_it_says_and_why(client: Client, war: Conflict) -> None:
    take_back(war)
    html = page(client, "/war/corrections/")
    assert html.index("the monitor withdrew it") < html.index("it was a day later")
    for words in ("SDF captured East", "15 June 2017", "16 June 2017", "IS holds", "SDF holds"):
        assert words in html
    assert "nothing: withdrawn" in html
    assert NASTY not in html


def test_the_standing_before_and_after_is_that_of_the_first_day_that_differs(
    client: Client, war: Conflict
) -> None:
    take_back(war)
    text = " ".join(strip_tags(page(client, "/war/corrections/")).split())
    # The correction says 16 June for 15 June: only what was said of the 15th is another.
    assert "East, 15 June 2017: SDF holds → IS holds" in text


def test_a_correction_shows_the_standing_before_and_after(client: Client, war: Conflict) -> None:
    corrected, retracted = take_back(war)
    html = page(client, f"/war/changes/{corrected.public_id}/")
    back = html[html.index("What it takes back") :]
    assert back.index("SDF holds") < back.index("→") < back.index("IS holds")
    html = page(client, f"/war/changes/{retracted.public_id}/")
    assert "Retracted: " in html
    assert "According to" not in html


def test_what_was_taken_back_points_to_what_is_said_now(client: Client, war: Conflict) -> None:
    corrected, _ = take_back(war)
    html = page(client, "/war/changes/c2/")
    assert "This has been corrected" in html
    assert f'href="/war/changes/{corrected.public_id}/"' in html
    assert "This has been retracted" in page(client, "/war/changes/c3/")


def test_the_page_of_then_knows_nothing_of_what_came_later(client: Client, war: Conflict) -> None:
    told = war.changes.get(public_id="c3").recorded_at.isoformat().replace("+", "%2B")
    corrected, _ = take_back(war)
    html = page(client, f"/war/changes/c2/?known={told}")
    assert "This has been corrected" not in html
    assert "As this newsroom knew it at" in html
    later = client.get(f"/war/changes/{corrected.public_id}/?known={told}")
    assert later.status_code == 404
    place = page(client, f"/war/places/east/?at=2017-06-15&known={told}")
    assert "Corrected or retracted" not in place
    assert "<strong>15 June 2017:</strong>" in place
    assert "Nothing has been taken back" in page(client, f"/war/corrections/?known={told}")


def test_the_page_of_a_place_lists_what_was_taken_back_there(client: Client, war: Conflict) -> None:
    take_back(war)
    html = page(client, "/war/places/east/")
    assert "Corrected or retracted" in html
    assert "it was a day later" in html
    assert "Corrected or retracted" not in page(client, "/war/places/west/")


def test_a_correction_that_is_not_one_that_a_page_gave_is_said(
    client: Client, war: Conflict
) -> None:
    assert client.get("/war/corrections/?cursor=x").status_code == 400


def test_pages_of_corrections(
    client: Client, war: Conflict, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("events.reading.corrections.PAGE", 1)
    take_back(war)
    first = page(client, "/war/corrections/")
    assert "it was a day later" not in first
    link = first.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    second = page(client, f"/war/corrections/{link}")
    assert "it was a day later" in second
    assert "withdrew it" not in second
    assert 'rel="next"' not in second


def test_queries_are_constant(client: Client, war: Conflict) -> None:
    take_back(war)

    def more() -> None:
        for number in range(5):
            change = say(war, f"x{number}", "2018", "sdf", "captured", "west")
            ledger.retract(change, reason="a slip", by=None)

    before, after = constant(client, "/war/corrections/", more)
    assert before == after


def test_the_feed_has_each_publication_and_what_took_it_back(client: Client, war: Conflict) -> None:
    take_back(war)
    response = client.get("/war/feed.atom")
    assert response.headers["Content-Type"].startswith("application/atom+xml")
    root = ElementTree.fromstring(response.content)
    titles = [entry.findtext(f"{ATOM}title") or "" for entry in root.iter(f"{ATOM}entry")]
    assert [title.split(":")[0] for title in titles[:2]] == ["Retracted", "Corrected"]
    assert len(titles) == 5
    again = client.get("/war/feed.atom", headers={"If-None-Match": response.headers["ETag"]})
    assert again.status_code == 304
    say(war, "c9", "2018", "sdf", "captured", "west")
    after = client.get("/war/feed.atom", headers={"If-None-Match": response.headers["ETag"]})
    assert after.status_code == 200


def test_the_feed_of_no_conflict_is_not_there(client: Client, db: None) -> None:
    assert client.get("/nowhere/feed.atom").status_code == 404
