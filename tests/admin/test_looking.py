"""The admin: the record is only looked at, no page needs a weaker policy, the sign-in is the site's own."""

from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.contrib.gis.geos import MultiPolygon, Polygon
from django.test import Client

from events.models import Change, Citation, Conflict, Draft, Orientation, Place, Report, Span
from tests.factories import DraftFactory, MembershipFactory, UserFactory
from tests.war import Inline, constant, more_of_everything

LOOK_ONLY = [Change, Citation, Span, Report, Draft]
OURS = sorted(m._meta.model_name for m in admin.site._registry if m._meta.app_label == "events")


@pytest.mark.parametrize("model", OURS)
def test_every_page_is_there_and_needs_no_exception(
    chief: Client, war: Conflict, model: str
) -> None:
    DraftFactory(conflict=war)
    MembershipFactory(conflict=war)
    Orientation.objects.create(
        conflict=war, kind="land", name="L", shape=Polygon.from_bbox((0, 0, 1, 1))
    )
    first = next(m for m in admin.site._registry if m._meta.model_name == model).objects.first()
    pages = [f"/admin/events/{model}/", f"/admin/events/{model}/?q=x"]
    pages += [f"/admin/events/{model}/{first.pk}/change/"] if first else []
    for page in pages:
        response = chief.get(page)
        assert response.status_code == 200, page
        assert "unsafe" not in response.headers["Content-Security-Policy"]
        assert Inline(response.content.decode()).found == []


def test_all_reference_data_is_there() -> None:
    words = "conflict place actor coalition source estimate membership orientation"
    assert set(OURS) >= {*words.split(), *(model._meta.model_name for model in LOOK_ONLY)}


@pytest.mark.parametrize("model", LOOK_ONLY)
def test_the_record_is_only_looked_at(chief: Client, war: Conflict, model: Any) -> None:
    DraftFactory(conflict=war)
    base = f"/admin/events/{model._meta.model_name}/"
    row = model.objects.first()
    assert chief.get(f"{base}add/").status_code == 403
    assert chief.post(f"{base}{row.pk}/change/", {"note": "forged"}).status_code == 403
    assert chief.post(f"{base}{row.pk}/delete/", {"post": "yes"}).status_code == 403
    assert b"_save" not in chief.get(f"{base}{row.pk}/change/").content
    chief.post(base, {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"})
    assert model.objects.filter(pk=row.pk).exists()


def test_the_map_has_its_data_in_attributes(chief: Client, war: Conflict) -> None:
    place = Place.objects.get(slug="province")
    place.area = MultiPolygon(Polygon.from_bbox((0, 0, 1, 1)), srid=4326)
    place.save()
    html = chief.get(f"/admin/events/place/{place.pk}/change/").content.decode()
    assert 'data-field="id_area"' in html
    assert 'data-backdrop="/api/v1/conflicts/war/standing?format=geojson&amp;kind=province"' in html
    assert "js/pages/admin.js" in html
    assert "MultiPolygon" in html


def test_the_admins_sign_in_is_the_sites(client: Client, db: None) -> None:
    response = client.get("/admin/login/?next=/admin/", follow=True)
    assert response.redirect_chain[0][0].startswith("/accounts/login/")


def test_a_draft_is_seen_by_whom_the_desk_shows_it(client: Client, war: Conflict) -> None:
    mine, other = DraftFactory(conflict=war), DraftFactory(conflict=war)
    rita = mine.author
    rita.is_staff = True
    rita.save()
    rita.user_permissions.add(Permission.objects.get(codename="view_draft"))
    MembershipFactory(user=rita, conflict=war, role="reporter")
    client.force_login(rita)
    assert client.get(f"/admin/events/draft/{mine.pk}/change/").status_code == 200
    assert client.get(f"/admin/events/draft/{other.pk}/change/").status_code == 302
    client.force_login(UserFactory(is_staff=True))
    assert client.get("/admin/events/draft/").status_code == 403


@pytest.mark.parametrize("model", ["place", "actor", "change", "span", "citation", "report"])
def test_queries_are_constant(chief: Client, war: Conflict, model: str) -> None:
    before, after = constant(chief, f"/admin/events/{model}/", lambda: more_of_everything(war))
    assert before == after
