"""Rows written straight to text are the rows that the other formats have."""

import json

from django.test import Client

from events.models import Conflict, Place
from tests.war import NASTY, more_of_everything, say

from .asking import get


def test_the_text_has_the_rows_of_the_other_formats(client: Client, war: Conflict) -> None:
    more_of_everything(war, 3)
    say(war, 'a "quoted"\\ id', "2017-07-02", "sdf", "besieged", "village")
    say(war, "open", "2017-07-02", "is", "captured", "village", ruling="open")
    for day in ("2014-01-13", "2014-01-14", "2016-02-10", "2017-06-29", "2017-06-30", "2017-07-02"):
        for known in (
            {},
            {"known_at": war.changes.earliest("recorded_at").recorded_at.isoformat()},
        ):
            asked = {"at": day, **known}
            rows = get(client, "/war/standing", **asked)["places"]
            features = get(client, "/war/standing", format="geojson", **asked)["features"]
            assert rows == [feature["properties"] for feature in features]
            # readers did not know of the three quarters when the first change was published
            assert len(rows) == Place.objects.filter(conflict=war).count() - (3 if known else 0)


def test_a_place_that_was_renamed_or_added_is_shown_so_at_once(
    client: Client, war: Conflict
) -> None:
    get(client, "/war/standing")
    Place.objects.filter(slug="west").update(name="West\n“End”")
    Place.objects.create(conflict=war, slug="new", name="New", kind="town")
    names = {row["place"]: row["name"] for row in get(client, "/war/standing")["places"]}
    assert (names["west"], names["new"], names["village"]) == ("West\n“End”", "New", NASTY)
    Place.objects.get(slug="new").delete()
    assert "new" not in {row["place"] for row in get(client, "/war/standing")["places"]}


def test_several_conflicts_do_not_mix(client: Client, war: Conflict) -> None:
    other = Conflict.objects.create(slug="other", title="Other", start="2014-01-01")
    Place.objects.create(conflict=other, slug="city", name="City", kind="town")
    (row,) = get(client, "/other/standing")["places"]
    assert (row["place"], row["state"]) == ("city", "no_data")
    assert json.dumps(get(client, "/war/standing")).count('"held"') > 1
