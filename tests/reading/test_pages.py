"""Every page of the readers: there, correct, escaped, and with as many queries for one row as for eleven."""

import re
from datetime import date

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from events import replay
from events.models import Conflict
from events.models.reserved import RESERVED_SLUGS
from tests.factories import ConflictFactory
from tests.war import NASTY, Inline, constant, more_of_everything

PAGES = [
    "/",
    "/war/",
    "/war/?at=2017-06-30&place=east",
    "/war/places/",
    "/war/places/?at=2017-06-29",
    "/war/places/city/",
    "/war/places/village/",
    "/war/places/east/?at=2017-06-29&known=2099-01-01",
    "/war/changes/",
    "/war/changes/c2/",
    "/war/changes/c3/",
    "/war/corrections/",
    "/api/v1/docs",
    "/accounts/login/",
    "/accounts/password/reset/",
    "/accounts/signup/",
    "/nowhere/",
]
OWN_PAGES = [
    "/accounts/logout/",
    "/accounts/2fa/",
    "/accounts/2fa/totp/activate/",
    "/accounts/email/",
]


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_no_page_needs_an_exception_from_the_policy(
    client: Client, war: Conflict, address: str, language: str
) -> None:
    response = client.get(address, headers={"Accept-Language": language})
    assert response.status_code in (200, 400, 404)
    assert "unsafe" not in response.headers["Content-Security-Policy"]
    html = response.content.decode()
    assert Inline(html).found == []
    assert f'lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}"' in html
    assert NASTY not in html


@pytest.mark.parametrize("address", OWN_PAGES)
def test_pages_of_ones_own_account_too(client: Client, war: Conflict, address: str) -> None:
    person = get_user_model().objects.create_user("rita", "rita@example.org", "x")
    client.force_login(person)
    response = client.get(address, follow=True)
    assert response.status_code == 200
    assert "unsafe" not in response.headers["Content-Security-Policy"]
    assert Inline(response.content.decode()).found == []
    assert b"<h1" in response.content


def test_what_the_policy_finder_finds() -> None:
    html = '<p style="x" onclick="y"><style></style><script>z</script><script src="a.js"></script>'
    assert Inline(html).found == ["p style", "p onclick", "style element", "script without src"]


@pytest.mark.parametrize(
    "address",
    ["/", "/war/", "/war/places/", "/war/places/city/", "/war/changes/", "/war/changes/c2/"],
)
def test_queries_are_constant(client: Client, war: Conflict, address: str) -> None:
    before, after = constant(client, address, lambda: more_of_everything(war))
    assert before == after


def test_the_list_of_conflicts_shows_each_as_it_is_or_as_it_ended(
    client: Client, war: Conflict
) -> None:
    ConflictFactory(slug="empty", title="Nothing yet")
    assert 'src="/war/map.svg?lang=en"' in client.get("/").content.decode()
    war.end = date(2017, 7, 3)
    war.save()
    page = client.get("/").content.decode()
    assert 'src="/war/map.svg?lang=en&amp;at=2017-07-03"' in page
    assert 'alt="The war: map of control"' in page
    assert "/empty/map.svg" not in page


def test_the_list_of_conflicts_is_constant_too(client: Client, war: Conflict) -> None:
    before, after = constant(client, "/", lambda: ConflictFactory.create_batch(10))
    assert before == after


def test_the_map_page_asks_what_the_address_asks(client: Client, war: Conflict) -> None:
    html = client.get("/war/?at=2017-06-30&place=east&known=2017-07-01").content.decode()
    assert 'src="/api/v1/conflicts/war/replay"' in html
    assert 'at="2017-06-30"' in html
    assert 'place="east"' in html
    assert 'known="2017-07-01T21:00:00+00:00"' in html
    assert '<a href="/war/places/?at=2017-06-30">' in html


def test_the_map_page_names_the_files_of_its_first_map(client: Client, war: Conflict) -> None:
    manifest = replay.build(war).manifest
    html = client.get(f"/{war.slug}/").content.decode()
    named = re.findall(r'<link rel="preload"\s+as="fetch"\s+crossorigin\s+href="([^"]+)"', html)
    files = [manifest["files"][kind] for kind in ("places", "labels", "coarse")]
    files.append(manifest["files"]["timeline"][0][2])
    assert named == [f"/api/v1/conflicts/{war.slug}/replay", *files]
    # and the reader's words, which in English are in the script
    arabic = client.get(f"/{war.slug}/", headers={"accept-language": "ar"}).content.decode()
    assert f'crossorigin href="{manifest["words"]["ar"]}"' in arabic


def test_an_instant_is_on_the_map_of_its_day(client: Client, war: Conflict) -> None:
    html = client.get("/war/", {"at": "2017-06-30T00:00+03:00"}).content.decode()
    assert 'at="2017-06-29"' in html


@pytest.mark.parametrize("address", ["/war/", "/war/places/", "/war/places/east/"])
@pytest.mark.parametrize(
    "asked", ["at=2017-02-30", "at=2999-01-01", "known=soon", "at=%00", "at=31+June+2017"]
)
def test_a_date_that_cannot_be_is_said_on_the_page(
    client: Client, war: Conflict, address: str, asked: str
) -> None:
    response = client.get(f"{address}?{asked}")
    assert response.status_code == 400
    assert 'role="alert"' in response.content.decode()
    assert asked.split("=")[0] + ":" in response.content.decode()


@pytest.mark.parametrize("word", sorted(RESERVED_SLUGS))
def test_a_conflict_cannot_be_in_the_way_of_the_site(client: Client, db: None, word: str) -> None:
    ConflictFactory(slug=word, title="In the way")
    response = client.get(f"/{word}/")
    assert "In the way" not in response.content.decode()


def test_the_language_switch_is_kept(client: Client, war: Conflict) -> None:
    client.post("/i18n/language/", {"language": "ar", "next": "/war/places/"})
    assert 'dir="rtl"' in client.get("/war/places/").content.decode()


def test_names_are_in_the_readers_language(client: Client, war: Conflict) -> None:
    html = client.get("/war/places/city/", headers={"Accept-Language": "ar"}).content.decode()
    assert "داعش" in html


def test_messages_of_the_map(client: Client, db: None) -> None:
    response = client.get("/jsi18n/?lang=ar")
    assert "catalog" in response.json()
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert client.get("/jsi18n/?lang=<script>").status_code == 200


def test_a_person_signs_in_and_out(client: Client, war: Conflict) -> None:
    get_user_model().objects.create_user("rita", "rita@example.org", "a long secret")
    signed_in = client.post(
        "/accounts/login/", {"login": "rita", "password": "a long secret", "next": "/war/places/"}
    )
    assert signed_in.status_code == 302
    assert signed_in.headers["Location"] == "/war/places/"
    assert 'action="/accounts/logout/"' in client.get("/").content.decode()
    client.post("/accounts/logout/")
    assert "/accounts/login/?next=/" in client.get("/").content.decode()


def test_a_form_that_has_expired_says_so(war: Conflict) -> None:
    response = Client(enforce_csrf_checks=True).post("/i18n/language/", {"language": "ar"})
    assert response.status_code == 403
    assert "has expired" in response.content.decode()


def test_a_page_that_breaks_tells_no_secrets(
    war: Conflict, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: object, **kwargs: object) -> None:
        raise RuntimeError("the secret")

    monkeypatch.setattr("events.reading.places.standings", broken)
    response = Client(raise_request_exception=False).get("/war/places/")
    assert response.status_code == 500
    assert "the secret" not in response.content.decode()
    assert "went wrong" in response.content.decode()


def test_links_between_pages_lead_somewhere(client: Client, war: Conflict) -> None:
    replay.build(war)
    for address in ("/", "/war/", "/war/places/", "/war/places/city/", "/war/changes/c3/"):
        html = client.get(address).content.decode()
        for part in html.split('href="/')[1:]:
            link = "/" + part.split('"')[0].replace("&amp;", "&")
            if not link.startswith("/static/"):
                assert client.get(link, follow=True).status_code == 200, link
