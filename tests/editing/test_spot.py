"""The page that makes a place on the spot, and what becomes of the place with its drafts."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.gis.geos import MultiPolygon, Polygon
from django.test import Client
from django.utils import timezone

from events.drafting import drafts, spot
from events.editing.heard import hear
from events.gazetteer import Wanted, make_place
from events.models import Conflict, Draft, Place, PlaceName
from tests.drafting.desk import typed, written
from tests.factories import PlaceFactory, UserFactory

ADDRESS = "/desk/war/spot/"
TELL = {
    "name": "Tell Foo",
    "kind": "town",
    "arabic": "",
    "lat": "35.01",
    "lon": "39",
    "parent": "The province",
    "written": "",
}


def near(war: Conflict, **changed: Any) -> dict[str, str]:
    """Beside the village of another name that sounds like it."""
    village = Place.objects.get(conflict=war, slug="village")
    return {**TELL, "lat": str(village.point.y + 0.01), "lon": str(village.point.x), **changed}


@pytest.fixture
def made(war: Conflict, editor: Any) -> Place:
    wanted = Wanted("Tell Foo", "town", "", "35", "39", parent="The province")
    return make_place(war, wanted, by=editor)


def test_it_is_made_and_the_draft_is_told_what_means_just_it(
    at_desk: Client, war: Conflict, editor: Any
) -> None:
    answer = at_desk.post(ADDRESS, {**TELL, "do": "make"}, headers={"Accept": "application/json"})
    assert answer.json()["text"] == "Tell Foo"
    place = Place.every.get(slug="tell-foo")
    assert (place.hidden, place.made_by) == (True, editor)
    created = place.events.get(pgh_label="insert")
    assert created.pgh_context.metadata["user"] == editor.pk


def opened(at_desk: Client, **asked: Any) -> dict[str, str]:
    """The attributes of the map on the page that makes a place."""
    page = at_desk.get(ADDRESS, asked).content.decode()
    (element,) = re.findall(r"<point-map ([^>]*)>", page)
    return dict(re.findall(r'(\w+)="([^"]*)"', element))


def test_the_map_opens_on_the_day_and_the_province_that_the_draft_speaks_of(
    at_desk: Client, war: Conflict
) -> None:
    square = MultiPolygon(Polygon.from_bbox((38, 34, 40, 36)))
    Place.objects.filter(conflict=war, slug="province").update(area=square)
    asked = {"date": "2017-06-29/2017-06-30", "near": ["nobody knows it", "East"]}
    found = opened(at_desk, **asked)
    assert found["at"] == "2017-06-30"
    assert found["around"] == "38.0000,34.0000,40.0000,36.0000"


@pytest.mark.parametrize("asked", [{}, {"date": "soon", "near": ["", "nobody knows it"]}])
def test_the_map_opens_on_the_whole_where_the_draft_speaks_of_nothing(
    at_desk: Client, war: Conflict, asked: dict[str, Any]
) -> None:
    assert not {"at", "around"} & set(opened(at_desk, **asked))


def test_without_a_script_the_page_says_that_it_is_made(at_desk: Client, war: Conflict) -> None:
    answer = at_desk.post(ADDRESS, {**TELL, "do": "make"}, follow=True)
    assert "“Tell Foo” is made" in answer.content.decode()


def test_while_one_points_the_page_says_where_that_lies_and_finds_no_fault(
    at_desk: Client, war: Conflict
) -> None:
    Place.objects.filter(slug="province").update(kind="district")
    district = Place.objects.get(slug="province")
    point = {"lat": str(district.point.y), "lon": str(district.point.x)}
    page = at_desk.post(ADDRESS, {"name": "", **point, "do": "look"}).content.decode()
    assert "The province" in page
    assert "the nearest: check it" in page
    assert page.count("note--wrong") == 1  # the empty line for what a lost connection says


def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_stays(
    at_desk: Client, war: Conflict
) -> None:
    answer = at_desk.post(ADDRESS, {**TELL, "lat": "north", "name": "<b>", "do": "make"})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "“north” is no number of degrees" in page
    assert 'value="&lt;b&gt;"' in page
    assert not Place.every.filter(hidden=True).exists()


def test_one_that_sounds_alike_nearby_is_offered_before_another_is_made(
    at_desk: Client, war: Conflict
) -> None:
    form = near(war, name="Tell Fu")
    village = Place.objects.get(conflict=war, slug="village")
    PlaceName.objects.create(place=village, name="Tell Foo", folded="tell foo")
    answer = at_desk.post(ADDRESS, {**form, "do": "make"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "1.1 km away" in page
    assert 'data-spot-use="village"' in page
    assert not Place.every.filter(hidden=True).exists()
    at_desk.post(ADDRESS, {**form, "do": "anyway"})
    assert Place.every.filter(hidden=True, name="Tell Fu").exists()


def test_it_is_found_by_the_word_of_the_draft_that_it_was_made_for(
    at_desk: Client, war: Conflict
) -> None:
    page = at_desk.get(ADDRESS, {"written": "Tall Phu"}).content.decode()
    assert 'value="Tall Phu"' in page
    at_desk.post(ADDRESS, {**TELL, "written": "Tall Phu", "do": "make"})
    heard = hear(war, typed(sentence="SDF captured Tall Phu", places=[""]))
    assert [chip.options[0].value for chip in heard.chips if chip.box == "places-0"] == ["Tell Foo"]
    page = at_desk.get(ADDRESS, {"written": "تل فو"}).content.decode()
    assert 'value="تل فو"' in page


def test_what_the_sentence_names_and_nobody_knows_may_be_made_a_place(war: Conflict) -> None:
    heard = hear(war, typed(sentence="SDF captured the big village of al-Wxyz", places=[""]))
    assert heard.nameable == ["al-Wxyz"]
    heard = hear(war, typed(sentence="SDF captured a big old one", places=[""]))
    assert heard.unread
    assert heard.nameable == []


def test_of_a_name_that_was_guessed_in_part_the_whole_is_offered_first(war: Conflict) -> None:
    PlaceFactory(conflict=war, slug="khanasir", name="Khanasir")
    heard = hear(war, typed(sentence="SDF captured Khanzir Tahtani from IS", places=[""]))
    assert heard.guessed == {"places-0"}
    assert heard.nameable == ["Khanzir Tahtani", "Khanzir"]
    heard = hear(war, typed(sentence="SDF captured Tell Khanzir from IS", places=[""]))
    assert heard.nameable[0] == "Tell Khanzir"


def test_a_stranger_and_another_desk_see_nothing(client: Client, war: Conflict) -> None:
    assert client.get(ADDRESS).status_code == 302
    client.force_login(UserFactory())
    assert client.post(ADDRESS, {**TELL, "do": "make"}).status_code == 403
    assert not Place.every.filter(hidden=True).exists()


def test_the_desk_finds_it_and_says_that_it_is_not_public(
    at_desk: Client, war: Conflict, made: Place
) -> None:
    (found,) = at_desk.get("/desk/war/find/place/?q=tell+foo").json()["options"]
    assert (found["value"], found["kind"]) == ("Tell Foo", "town, not public yet")


def test_it_goes_with_the_last_draft_that_names_it_and_that_is_on_record(
    war: Conflict, editor: Any, made: Place
) -> None:
    one = written(war, editor, key="one", places=["Tell Foo"])
    other = written(war, editor, key="other", places=["East", "Tell Foo"])
    drafts.drop(one, by=editor)
    assert Place.every.filter(pk=made.pk).exists()
    drafts.drop(other, by=editor)
    assert not Place.every.filter(pk=made.pk).exists()
    event = Place.pgh_event_model.objects.filter(pgh_obj_id=made.pk)  # type: ignore[attr-defined]
    assert [row.pgh_label for row in event.order_by("pgh_id")] == ["insert", "delete"]


def test_one_that_no_draft_names_goes_after_a_day(war: Conflict, editor: Any, made: Place) -> None:
    now = timezone.now()
    assert spot.forget_unnamed(now) == 0
    draft = written(war, editor, places=["Tell Foo"])
    assert spot.forget_unnamed(now + timedelta(days=2)) == 0
    Draft.objects.filter(pk=draft.pk).update(about_places=[])
    assert spot.forget_unnamed(now + timedelta(days=2)) == 1


def test_one_that_is_public_is_never_taken_back(war: Conflict, editor: Any, made: Place) -> None:
    saved = drafts.save(war, typed(places=["Tell Foo"]), by=editor, publish=True)
    assert saved.change is not None
    assert spot.forget([made.pk]) == 0
    assert Place.objects.filter(pk=made.pk).exists()
