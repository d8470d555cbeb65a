"""The map for a frame on other sites: anybody may frame it, and nothing else of ours; it sets no cookie."""

import pytest
from django.test import Client

from events.models import Conflict
from tests.war import Inline, constant, more_of_everything


def test_any_site_may_frame_the_embed_and_no_other_page(client: Client, war: Conflict) -> None:
    embed = client.get("/war/embed/")
    assert embed.status_code == 200
    assert "frame-ancestors *;" in f"{embed.headers['Content-Security-Policy']};"
    assert "X-Frame-Options" not in embed.headers
    for address in ("/", "/war/", "/war/places/", "/accounts/login/", "/nowhere/", "/war/embed/x/"):
        page = client.get(address)
        assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"], address
        assert page.headers["X-Frame-Options"] == "DENY", address


@pytest.mark.parametrize("address", ["/war/embed/", "/war/embed/?lang=ar", "/war/embed/?at=never"])
def test_the_embed_sets_no_cookie_and_has_no_inline_script(
    client: Client, war: Conflict, address: str
) -> None:
    response = client.get(address)
    assert not response.cookies
    assert Inline(response.content.decode()).found == []
    assert "unsafe" not in response.headers["Content-Security-Policy"]


def test_the_embed_shows_what_its_address_asks(client: Client, war: Conflict) -> None:
    html = client.get("/war/embed/?at=2017-06-30&known=2017-07-01&place=east").content.decode()
    assert 'at="2017-06-30"' in html
    assert 'known="2017-07-01T21:00:00+00:00"' in html
    assert 'place="east"' in html
    whole = "/war/?at=2017-06-30&amp;known=2017-07-01T21:00:00%2B00:00&amp;place=east"
    assert f'href="{whole}"' in html


@pytest.mark.parametrize(
    ("query", "shown"),
    [("", False), ("controls", True), ("controls=1", True), ("controls=0", False)]
    + [("controls=false", False), ("controls=off", False)],
)
def test_controls_are_there_where_they_are_asked_for(
    client: Client, war: Conflict, query: str, shown: bool
) -> None:
    html = client.get(f"/war/embed/?{query}").content.decode()
    assert (" controls lang=" in html) is shown


def test_a_map_without_a_time_bar_says_below_it_of_which_day_it_is(
    client: Client, war: Conflict
) -> None:
    said = '<strong id="day">30 June 2017</strong>'
    assert said in client.get("/war/embed/?at=2017-06-30").content.decode()
    assert 'id="day"' not in client.get("/war/embed/?at=2017-06-30&controls").content.decode()


def test_the_embed_speaks_the_language_it_is_asked_for(client: Client, war: Conflict) -> None:
    response = client.get("/war/embed/?lang=ar", headers={"Accept-Language": "en"})
    assert response.headers["Content-Language"] == "ar"
    assert '<html lang="ar" dir="rtl">' in response.content.decode()
    other = client.get("/war/embed/?lang=xx", headers={"Accept-Language": "en"})
    assert '<html lang="en" dir="ltr">' in other.content.decode()


@pytest.mark.parametrize("asked", ["at=2017-02-30", "known=soon", "place=nowhere", "place=%00"])
def test_what_cannot_be_meant_is_said_over_the_map_of_today(
    client: Client, war: Conflict, asked: str
) -> None:
    response = client.get(f"/war/embed/?{asked}")
    html = response.content.decode()
    assert response.status_code == 400
    assert asked.split("=")[0] + ":" in html
    assert '<control-map id="map" src="/api/v1/conflicts/war/replay" lang="en">' in html


def test_queries_of_the_embed_are_constant(client: Client, war: Conflict) -> None:
    before, after = constant(client, "/war/embed/", lambda: more_of_everything(war))
    assert before == after


def test_there_is_no_embed_of_no_conflict(client: Client, war: Conflict) -> None:
    assert client.get("/nowhere/embed/").status_code == 404


def test_a_frame_names_its_icon_so_that_no_browser_asks_for_one_that_is_not_there(
    client: Client, war: Conflict
) -> None:
    assert '<link rel="icon" href="/static/icon' in client.get("/war/embed/").content.decode()
