"""Reference data is edited whole: names can be found, areas are sound, the record follows the tree."""

from typing import Any

import pytest
from django.contrib.gis.geos import Point
from django.test import Client

from events import ledger
from events.models import Actor, Conflict, Estimate, Place, Source
from tests.factories import PlaceFactory

from .forms import errors_of, form_of

CROSSED = '{"type":"MultiPolygon","coordinates":[[[[0,0],[2,2],[2,0],[0,2],[0,0]]]]}'
SOUND = '{"type":"MultiPolygon","coordinates":[[[[0,0],[2,0],[2,2],[0,2],[0,0]],[[1,1],[1.5,1],[1,1.5],[1,1]]]]}'


def test_a_name_that_is_saved_can_be_found(chief: Client, war: Conflict) -> None:
    place = Place.objects.get(slug="city")
    address = f"/admin/events/place/{place.pk}/change/"
    sent = form_of(chief, address)
    new = int(sent["names-INITIAL_FORMS"])
    sent |= {"name": "Ar-Raqqah", f"names-{new}-name": "الرقّة", f"names-{new}-kind": "alias"}
    response = chief.post(address, sent)
    assert response.status_code == 302, errors_of(response)
    found = {row.name: row for row in place.names.all()}
    assert found["الرقّة"].folded == "رقه"
    assert (found["الرقّة"].language, found["الرقّة"].script) == ("ar", "Arab")
    assert found["Ar-Raqqah"].folded == "raqqah"


def test_a_name_that_is_changed_is_folded_anew(chief: Client, war: Conflict) -> None:
    actor = Actor.objects.get(slug="is")
    address = f"/admin/events/actor/{actor.pk}/change/"
    sent = form_of(chief, address)
    key = next(k for k, v in sent.items() if k.startswith("names-") and v == "داعش")
    response = chief.post(address, {**sent, key: "Da'esh", "short": "ISIL"})
    assert response.status_code == 302, errors_of(response)
    assert set(actor.names.values_list("folded", flat=True)) >= {"daesh", "isil"}
    source = Source.objects.get(slug="monitor")
    address = f"/admin/events/source/{source.pk}/change/"
    chief.post(address, {**form_of(chief, address), "name": "The Observatory"})
    source.refresh_from_db()
    assert source.folded == "the observatory"


def test_an_area_that_crosses_itself_is_refused(chief: Client, war: Conflict) -> None:
    place = Place.objects.get(slug="province")
    address = f"/admin/events/place/{place.pk}/change/"
    response = chief.post(address, {**form_of(chief, address), "area": CROSSED})
    (message,) = errors_of(response)["area"]
    assert "Self-intersection" in message
    place.refresh_from_db()
    assert place.area is None
    assert chief.post(address, {**form_of(chief, address), "area": SOUND}).status_code == 302
    place.refresh_from_db()
    assert len(place.area[0]) == 2


@pytest.mark.parametrize(
    "shape", ["nonsense", '{"type":"Point"}', "POINT(1 1)", '{"type":"Polygon","coordinates":[]}']
)
def test_a_shape_that_is_none_is_refused(chief: Client, war: Conflict, shape: str) -> None:
    place = Place.objects.get(slug="province")
    address = f"/admin/events/place/{place.pk}/change/"
    assert errors_of(chief.post(address, {**form_of(chief, address), "area": shape}))["area"]


def test_a_new_place_is_reached_by_what_was_said_before(
    chief: Client, war: Conflict, django_capture_on_commit_callbacks: Any
) -> None:
    sent = form_of(chief, "/admin/events/place/add/") | {
        "conflict": war.pk, "slug": "centre", "name": "Centre", "kind": "neighbourhood",
        "parent": Place.objects.get(slug="city").pk, "point": Point(38, 36, srid=4326).geojson,
    }  # fmt: skip
    response = chief.post("/admin/events/place/add/", sent)
    assert response.status_code == 302, errors_of(response)
    place = Place.objects.get(slug="centre")
    assert place.path == "province/city/centre/"
    assert [span.actor.slug for span in ledger.spans_of(place)] == ["is"]
    assert ledger.check(war) == []


def test_a_moved_place_takes_all_inside_along(chief: Client, war: Conflict) -> None:
    other = PlaceFactory(conflict=war, slug="other", kind="province")
    city = Place.objects.get(slug="city")
    address = f"/admin/events/place/{city.pk}/change/"
    response = chief.post(address, {**form_of(chief, address), "parent": other.pk})
    assert response.status_code == 302, errors_of(response)
    assert Place.objects.get(slug="east").path == "other/city/east/"
    assert ledger.check(war) == []
    east = Place.objects.get(slug="east")
    response = chief.post(address, {**form_of(chief, address), "parent": east.pk})
    assert "inside itself" in errors_of(response)["parent"][0]


def test_the_address_of_a_place_stays(chief: Client, war: Conflict) -> None:
    city = Place.objects.get(slug="city")
    address = f"/admin/events/place/{city.pk}/change/"
    chief.post(address, {**form_of(chief, address), "slug": "another"})
    city.refresh_from_db()
    assert city.slug == "city"


def test_dates_are_edtf(chief: Client, war: Conflict) -> None:
    sent = form_of(chief, "/admin/events/estimate/add/") | {
        "place": Place.objects.get(slug="city").pk, "measure": "fighters", "value": "2500",
        "source": Source.objects.get(slug="monitor").pk,
    }  # fmt: skip
    response = chief.post("/admin/events/estimate/add/", {**sent, "as_of": "2017-02-30"})
    assert "not a day of the calendar" in errors_of(response)["as_of"][0]
    response = chief.post("/admin/events/estimate/add/", {**sent, "as_of": "2017-06"})
    assert response.status_code == 302, errors_of(response)
    estimate = Estimate.objects.get()
    assert (estimate.earliest.isoformat(), estimate.latest.isoformat()) == (
        "2017-05-31T21:00:00+00:00",
        "2017-06-30T21:00:00+00:00",
    )


def test_a_conflict_is_not_called_as_the_site_is(chief: Client, war: Conflict) -> None:
    sent = form_of(chief, "/admin/events/conflict/add/")
    response = chief.post("/admin/events/conflict/add/", {**sent, "slug": "desk"})
    assert "desk" in errors_of(response)["slug"][0]


def test_an_edit_is_built_for_the_readers(
    chief: Client,
    war: Conflict,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
) -> None:
    built: list[int] = []
    monkeypatch.setattr("events.tasks.build_replay.delay", built.append)
    for model, slug in (("place", "city"), ("actor", "is"), ("conflict", "war")):
        row = {"place": Place, "actor": Actor, "conflict": Conflict}[model].objects.get(slug=slug)
        address = f"/admin/events/{model}/{row.pk}/change/"
        sent = form_of(chief, address)
        with django_capture_on_commit_callbacks(execute=True):
            response = chief.post(address, sent)
        assert response.status_code == 302, errors_of(response)
    assert built == [war.pk] * 3


def test_how_verbs_go_with_a_name_is_edited_and_guessed_where_it_is_left_empty(
    chief: Client, war: Conflict
) -> None:
    actor = Actor.objects.get(slug="is")
    address = f"/admin/events/actor/{actor.pk}/change/"
    for short, number, becomes in (
        ("IS", "plural", "plural"),
        ("Rebels", "", "plural"),
        ("Army", "", "singular"),
    ):
        sent = {**form_of(chief, address), "short": short, "number": number}
        response = chief.post(address, sent)
        assert response.status_code == 302, errors_of(response)
        actor.refresh_from_db()
        assert actor.number == becomes
