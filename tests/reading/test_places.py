"""The list of places: which day it shows unasked, and that days are said in words."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone

from events.ledger.asked import moment, today
from events.models import Conflict
from events.reading.words import moment_words, typed_words


def page(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


def test_a_conflict_that_is_over_is_shown_as_it_ended(client: Client, war: Conflict) -> None:
    Conflict.objects.filter(pk=war.pk).update(end=date(2017, 7, 1))
    html = page(client, "/war/places/")
    assert "Standings at the close of 1 July 2017</caption>" in html
    assert 'value="1 July 2017"' in html
    # its page is of the last day too, where nothing else is asked
    assert 'href="/war/places/city/"' in html
    for asked, status in (("2017-06-29", 200), ("", 200), ("nonsense", 400)):
        day = "29 June 2017" if asked == "2017-06-29" else "1 July 2017"
        html = page(client, f"/war/places/?at={asked}", status)
        assert f"Standings at the close of {day}</caption>" in html


@pytest.mark.parametrize("end", [None, date(9998, 1, 1)])
def test_a_conflict_that_goes_on_is_shown_as_it_is_today(
    client: Client, war: Conflict, end: date | None
) -> None:
    Conflict.objects.filter(pk=war.pk).update(end=end)
    day = typed_words(timezone.now().astimezone(war.zone).date().isoformat())
    assert f"Standings at the close of {day}</caption>" in page(client, "/war/places/")


def test_an_instant_is_said_with_its_time_in_the_zone_of_the_conflict(war: Conflict) -> None:
    words = {
        "2017-06-30": "30 June 2017",
        "2017-06-30T11:00:00.123456Z": "30 June 2017, 14:00 (UTC+03:00)",
    }
    for text, said in words.items():
        assert moment_words(moment(war, text, "at"), war.zone) == said
    assert "T" not in moment_words(today(war), war.zone)


@pytest.mark.parametrize("text", ["0001-01-01T00:00:00+00:00", "1850-01-01T00:00:00+00:00"])
def test_an_instant_that_has_no_words_is_said_as_it_is(war: Conflict, text: str) -> None:
    for zone in ("America/New_York", "Asia/Damascus"):
        assert text[:4] in moment_words(moment(war, text, "at"), ZoneInfo(zone))


def test_what_is_no_date_is_said_as_it_was_typed() -> None:
    assert typed_words("2024-12-12~") == "about 12 December 2024"
    assert typed_words("last week") == "last week"
    assert typed_words("") == ""
