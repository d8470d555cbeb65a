"""The page that compares two dates."""

import re
from html import unescape

import pytest
from django.test import Client

from events.chronology.ranges import Tally
from events.models import Conflict
from events.reading.ranges import counted, in_a_sentence
from tests.war import NASTY, Inline, constant, more_of_everything, say

from .test_place import page


def test_it_says_who_gained_and_lost_in_ranges(client: Client, war: Conflict) -> None:
    say(war, "w", "2017-06-20", "sdf", "captured", "west")
    html = page(client, "/war/compare/?from=2017-06-01&to=2017-06-29")
    assert "SDF gained 1 to 2 neighbourhoods." in html
    # West is gone, so the city and the province are, whatever became of East
    assert "IS lost 1 province, 1 town and 1 to 2 neighbourhoods." in html
    assert "changing hands, SDF → IS" in html
    assert "A monitor" in html
    assert 'href="/war/changes/c2/"' in html
    assert 'href="/war/changes/c3/"' not in html
    assert NASTY not in html


def test_without_dates_it_compares_the_last_thirty_days(client: Client, war: Conflict) -> None:
    html = page(client, "/war/compare/")
    assert "Nobody gained or lost" in html
    assert "None." in html


def test_of_a_conflict_that_is_over_its_last_thirty(client: Client, war: Conflict) -> None:
    war.end = war.start.replace(year=2017, month=6, day=30)
    war.save()
    html = page(client, "/war/compare/")
    assert 'value="31 May 2017"' in html
    assert 'value="30 June 2017"' in html


def test_dates_are_typed_as_on_the_replay(client: Client, war: Conflict) -> None:
    html = page(client, "/war/compare/?from=June+2017&to=June+2017")
    assert 'value="1 June 2017"' in html
    assert 'value="30 June 2017"' in html
    assert 'type="date"' not in html
    response = client.get("/war/compare/?from=6/30/2017&to=30+June+2017")
    assert response.status_code == 400
    html = " ".join(response.content.decode().split())
    assert "there is no month 30. The day comes first" in html
    # what was typed stays, and is marked as that which is wrong
    assert html.count('aria-invalid="true" aria-describedby="problem"') == 1
    assert 'name="from" class="date-field" value="6/30/2017"' in html
    assert 'id="problem" role="alert"' in html


@pytest.mark.parametrize(
    "asked",
    [
        "from=2017-06-30&to=2017-06-01",
        "from=2017-02-30",
        "to=2999-01-01",
        "to=0001-01-05",
        "known=soon",
    ],
)
def test_what_cannot_be_compared_is_said(client: Client, war: Conflict, asked: str) -> None:
    answer = client.get(f"/war/compare/?{asked}")
    assert answer.status_code == 400
    assert 'role="alert"' in answer.content.decode()


def test_it_is_in_the_navigation_and_needs_no_exception(client: Client, war: Conflict) -> None:
    html = client.get("/war/compare/?from=2014-01-01&to=2017-06-29").content.decode()
    assert Inline(html).found == []
    assert '<a href="/war/compare/"' in client.get("/war/places/").content.decode()


def test_queries_are_constant(client: Client, war: Conflict) -> None:
    address = "/war/compare/?from=2014-06-01&to=2017-06-29"
    before, after = constant(client, address, lambda: more_of_everything(war))
    assert before == after


@pytest.mark.parametrize(
    ("lost", "gained", "words"),
    [
        ((3, 5), (0, 0), "IS lost 3 to 5 districts."),
        ((1, 1), (0, 0), "IS lost 1 district."),
        ((0, 1), (2, 2), "IS lost up to 1 district, and gained 2 districts."),
        ((0, 0), (0, 3), "IS gained up to 3 districts."),
        ((0, 0), (0, 0), ""),
    ],
)
def test_ranges_in_words(lost: tuple[int, int], gained: tuple[int, int], words: str) -> None:
    tally = Tally(lost=lost, gained=gained)
    assert in_a_sentence("IS", [("district", tally)]) == words


def test_several_kinds_in_one_sentence() -> None:
    rows = [("district", Tally(lost=(1, 2))), ("town", Tally(lost=(4, 4)))]
    assert in_a_sentence("IS", rows) == "IS lost 1 to 2 districts and 4 towns."
    assert counted((0, 1), "site") == "up to 1 site"


def test_both_maps_are_side_by_side_as_known_when_the_figures_are(
    client: Client, war: Conflict
) -> None:
    html = page(client, "/war/compare/?from=2017-06-01&to=2017-06-29&known=2026-01-01")
    pictures = [unescape(found) for found in re.findall(r'<img src="([^"]+)"', html)]
    assert [picture[:29] for picture in pictures] == [
        "/war/map.svg?at=2017-06-01&la",
        "/war/map.svg?at=2017-06-29&la",
    ]
    for picture in pictures:
        assert picture.endswith("&known=2026-01-01")
        assert client.get(picture).headers["Content-Type"].startswith("image/svg+xml")
    for day in ("1 June 2017", "29 June 2017"):
        assert f'alt="Map of control at the close of {day}"' in html
