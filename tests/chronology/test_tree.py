"""One truth at every zoom: how a place with tracked places inside is shown."""

from datetime import UTC, datetime
from typing import Any

from events.chronology.standing import Standing
from events.chronology.tree import compose_tree

PLACES: list[tuple[str, str, str | None]] = [
    ("land", "country", None),
    ("province", "province", "land"),
    ("district", "district", "province"),
    ("city", "town", "district"),
    ("village", "town", "province"),
    ("east", "neighbourhood", "city"),
    ("west", "neighbourhood", "city"),
    ("airport", "site", "city"),
]


def held(*actors: str, **more: Any) -> Standing:
    state = "held" if len(actors) == 1 else "joint"
    more = {"since": datetime(2017, 1, 1, tzinfo=UTC), "key": 1, "state": state, **more}
    return Standing(holds=actors, **more)


def shown(**own: Standing) -> dict[str, Standing]:
    return compose_tree(PLACES, own)


def test_places_inside_that_agree_give_their_standing() -> None:
    found = shown(east=held("is"), west=held("is"))
    assert [(found[s].state, found[s].holds) for s in ("city", "province", "land")] == [
        ("held", ("is",))
    ] * 3


def test_places_inside_that_differ_make_it_divided_with_counts() -> None:
    found = shown(city=held("is"), east=held("sdf"), west=held("is"))
    assert (found["city"].state, found["city"].holds) == ("divided", ("is", "sdf"))
    assert found["city"].counts == ((("is",), 1), (("sdf",), 1))
    assert found["province"].state == "divided"


def test_a_towns_own_statement_speaks_for_the_rest_of_it() -> None:
    """Damascus in 2014: rebels held each tracked quarter, the government the city."""
    found = shown(city=held("government"), east=held("rebels"), west=held("rebels"))
    assert (found["city"].state, found["city"].holds) == ("divided", ("government", "rebels"))
    assert found["city"].counts == ((("rebels",), 2), (("government",), 1))


def test_an_areas_own_older_statement_never_contradicts_what_is_inside() -> None:
    found = shown(province=held("is"), city=held("sdf"), village=held("sdf"))
    assert (found["province"].state, found["province"].holds) == ("held", ("sdf",))


def test_a_province_is_composed_of_its_towns_not_of_their_quarters() -> None:
    found = shown(east=held("is"), west=held("is"), village=held("sdf"))
    assert found["province"].counts == ((("is",), 1), (("sdf",), 1))


def test_an_areas_own_standing_shows_where_nothing_inside_is_tracked() -> None:
    found = shown(province=held("is"))
    assert (found["province"].holds, found["land"].holds) == (("is",), ("is",))
    assert found["city"].state == "no_data"


def test_sites_have_no_say() -> None:
    found = shown(city=held("is"), airport=held("government"))
    assert found["city"].holds == ("is",)
    assert found["airport"].holds == ("government",)


def test_places_without_a_statement_have_no_say() -> None:
    assert shown(east=held("is"))["city"].state == "held"


def test_fighting_inside_is_seen_from_outside() -> None:
    east = Standing("contested", ("is",), contests=("sdf",))
    found = shown(east=east, west=held("is"))
    assert (found["city"].state, found["city"].contests) == ("contested", ("sdf",))


def test_who_entered_the_city_holds_it_in_the_end() -> None:
    city = Standing("contested", ("sdf",), contests=("sdf",), besieges=("government",))
    found = shown(city=city, east=held("sdf"), west=held("sdf"))
    assert (found["city"].state, found["city"].contests, found["city"].besieges) == (
        "held",
        (),
        ("government",),
    )


def test_changing_hands_inside_is_seen_from_outside() -> None:
    east = Standing("changing", ("is",), to=("sdf",))
    found = shown(east=east, west=held("is"))["city"]
    assert (found.state, found.holds, found.to) == ("changing", ("is",), ("sdf",))


def test_nobody_known_inside_is_unclear_not_empty() -> None:
    assert shown(east=Standing("unclear"), west=Standing("unclear"))["city"].state == "unclear"
    mixed = shown(east=Standing("unclear"), west=held("is"))["city"]
    assert (mixed.state, mixed.counts) == ("divided", (((), 1), (("is",), 1)))


def test_a_dispute_inside_is_seen_from_outside() -> None:
    assert shown(east=held("is", disputed=True))["province"].disputed
