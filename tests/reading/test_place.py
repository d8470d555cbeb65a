"""The page of a place: both standings and why, spans by day, changes with their sources, estimates, names."""

from decimal import Decimal

from django.contrib.gis.geos import Point
from django.test import Client

from events.models import Actor, Conflict, Estimate, Place, Report, Source
from tests.war import say


def page(client: Client, address: str) -> str:
    """The words of the page, blanks folded."""
    return " ".join(client.get(address).content.decode().split())


def test_it_says_both_and_why(client: Client, war: Conflict) -> None:
    say(war, "c4", "2017-07-01", "sdf", "captured", "east")
    html = page(client, "/war/places/city/")
    assert "divided (1 IS, 1 SDF)" in html
    assert "Of The city itself: IS holds." in html
    assert "never contradicts" in html


def test_where_both_agree_it_says_one(client: Client, war: Conflict) -> None:
    assert "Two things are said" not in page(client, "/war/places/west/")
    assert "Two things are said" not in page(client, "/war/places/city/?at=2014-02-01")


def test_changing_hands_between_two_days(client: Client, war: Conflict) -> None:
    assert "changing hands, SDF → IS" in page(client, "/war/places/east/?at=2017-06-29")
    assert "30 June 2017:</strong>" in (html := page(client, "/war/places/east/?at=2017-06-30"))
    assert "changing hands" not in html


def test_it_says_from_whom_its_territory_is_inferred_where_nothing_is_said(
    client: Client, war: Conflict
) -> None:
    for slug, lon in (("city", 36), ("village", 37), ("east", 36.01), ("west", 36.02)):
        Place.objects.filter(slug=slug).update(point=Point(lon, 33, srid=4326))
    html = page(client, "/war/places/village/?at=2016-01-01")
    assert "is inferred from the nearest place" in html
    assert '<a href="/war/places/city/">The city</a>' in html
    assert "inferred from" not in page(client, "/war/places/village/?at=2013-01-01")
    assert "inferred from" not in page(client, "/war/places/city/?at=2016-01-01")
    say(war, "v1", "2015-01-01", "sdf", "captured", "village")
    assert "inferred from" not in page(client, "/war/places/village/?at=2016-01-01")


def test_of_a_war_that_is_over_it_says_the_day_on_which_its_record_ends(
    client: Client, war: Conflict
) -> None:
    assert "<strong>Today:</strong>" in page(client, "/war/places/west/")
    war.end = war.start.replace(year=2017, month=6, day=30)
    war.save()
    html = page(client, "/war/places/west/")
    assert "<strong>30 June 2017:</strong>" in html
    assert "oday" not in html
    assert "the end of the record" in html
    html = page(client, "/war/places/west/?at=30.6.2016")
    assert "<strong>30 June 2017:</strong>" in html
    assert "<strong>30 June 2016:</strong>" in html


def test_spans_are_days_on_the_map(client: Client, war: Conflict) -> None:
    html = page(client, "/war/places/east/")
    assert ">15 June 2017</a>" in html
    assert '>30 June 2017</a> <span class="doubt">(perhaps from 29 June 2017)</span>' in html
    assert "perhaps from 15 June" not in html


def test_sources_with_reliability_leaning_stance_and_words(client: Client, war: Conflict) -> None:
    html = page(client, "/war/places/east/")
    for words in (
        "A monitor",
        "reliability B: usually reliable",
        "partisan to SDF",
        "claims:",
        "as we saw",
        "https://monitor.example/daily",
    ):
        assert words in html


def test_a_link_that_is_no_web_page_is_not_a_link(client: Client, war: Conflict) -> None:
    Report.objects.update(url="javascript:alert(1)")
    assert "javascript:" not in page(client, "/war/places/east/")


def test_as_it_was_known(client: Client, war: Conflict) -> None:
    told = war.changes.get(public_id="c2").recorded_at
    html = page(client, f"/war/places/east/?at=2017-06-30&known={told:%Y-%m-%dT%H:%M:%S.%fZ}")
    assert "As this newsroom knew it" in html
    assert "30 June 2017:</strong>" in html
    assert "IS retook" not in html


def test_names_estimates_and_the_way_up(client: Client, war: Conflict) -> None:
    city = Place.objects.get(slug="city")
    Estimate.objects.create(
        place=city, actor=Actor.objects.get(slug="is"), measure="fighters", value=Decimal(2500),
        low=Decimal(0), as_of="2017-06-30~", source=Source.objects.get(slug="monitor"),
    )  # fmt: skip
    html = page(client, "/war/places/city/")
    assert "المدينة" in html
    assert "IS: 2,500 fighters (0–?)" in html
    assert "about 30 June 2017" in html
    assert '<a href="/war/places/province/">The province</a>' in html
    assert client.get("/war/places/atlantis/").status_code == 404


def test_when_it_was_last_confirmed_and_by_whom(client: Client, war: Conflict) -> None:
    say(war, "again", "2017-07-05", "is", "holds", "city")
    html = page(client, "/war/places/west/?at=2017-07-10")
    assert "Last confirmed 5 July 2017, by A monitor: unconfirmed for 5 days" in html
    assert 'href="/war/changes/again/"' in html
    later = page(client, "/war/places/west/?at=2020-08-10")
    assert "by A monitor: unconfirmed for 3 years" in later
    assert "Last confirmed 14 January 2014" in page(client, "/war/places/west/?at=2017-07-04")
    assert "Last confirmed" not in page(client, "/war/places/village/")


def test_what_is_held_inside_is_counted_and_weighed(client: Client, war: Conflict) -> None:
    say(war, "c4", "2017-07-01", "sdf", "captured", "east")
    assert "1 of 2" in page(client, "/war/places/city/")
    assert "of the population" not in page(client, "/war/places/city/")
    Place.objects.filter(slug="east").update(population=19)
    Place.objects.filter(slug="west").update(population=81)
    assert "81 % of the population" in page(client, "/war/places/city/")
