"""Invitations, roles, second factors and tokens: no way round them."""

import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import timezone

from events.models import ApiToken, Conflict, Invitation, Membership

from .conftest import person

PEOPLE = "/desk/war/people/"
GOOD = {"username": "newcomer", "password": "correct horse battery"}


@pytest.fixture
def chief(war: Conflict) -> Any:
    return person(war, "chief")


@pytest.fixture
def link(
    client: Client, chief: Any, mailoutbox: Any, django_capture_on_commit_callbacks: Any
) -> str:
    client.force_login(chief)
    with django_capture_on_commit_callbacks(execute=True):
        form = {"do": "invite", "email": "new@newsroom.example", "role": "editor"}
        client.post(PEOPLE, form)
    (mail,) = mailoutbox
    assert mail.to == ["new@newsroom.example"]
    found = re.search(r"/desk/invitations/\S+/", mail.body)
    assert found is not None
    client.logout()
    return found.group()


def test_an_invitation_gives_a_seat_once(client: Client, war: Conflict, link: str) -> None:
    assert "The war" in client.get(link).content.decode()
    assert client.post(link, {**GOOD, "password": "demo"}).status_code == 400
    assert client.post(link, {**GOOD, "username": "chief"}).status_code == 400
    assert client.post(link, GOOD).status_code == 302
    seat = Membership.objects.get(user__username="newcomer")
    assert (seat.conflict, seat.role, seat.user.email) == (war, "editor", "new@newsroom.example")
    assert client.get(link).status_code == 410
    assert client.post(link, {**GOOD, "username": "second"}).status_code == 410
    assert client.login(**GOOD)


def test_who_has_an_account_takes_the_seat_with_it_and_is_never_lowered(
    client: Client, war: Conflict, chief: Any, link: str
) -> None:
    client.force_login(chief)
    client.post(link)
    assert Membership.objects.get(user=chief).role == "chief"
    assert Invitation.objects.get().accepted_by == chief


def test_a_link_that_is_withdrawn_or_old_or_guessed_opens_nothing(
    client: Client, chief: Any, link: str
) -> None:
    assert client.get("/desk/invitations/guessed/").status_code == 410
    Invitation.objects.update(expires_at=timezone.now())
    assert client.get(link).status_code == 410
    Invitation.objects.update(expires_at="2099-01-01T00:00Z")
    client.force_login(chief)
    client.post(PEOPLE, {"do": "withdraw", "of": Invitation.objects.get().pk})
    assert client.get(link).status_code == 410


def test_the_secret_is_kept_nowhere(link: str) -> None:
    secret = link.split("/")[3]
    row = Invitation.objects.values().get()
    assert secret not in str(row)


def test_only_a_chief_of_that_desk_manages_it(client: Client, war: Conflict, editor: Any) -> None:
    client.force_login(editor)
    form = {"do": "invite", "email": "x@example.org", "role": "chief"}
    assert client.post(PEOPLE, form).status_code == 403
    seat = Membership.objects.get(user=editor)
    assert client.post(PEOPLE, {"do": "role", "of": seat.pk, "role": "chief"}).status_code == 403
    assert Invitation.objects.count() == 0


def test_a_desk_keeps_a_chief(client: Client, war: Conflict, chief: Any, editor: Any) -> None:
    client.force_login(chief)
    mine, theirs = Membership.objects.get(user=chief), Membership.objects.get(user=editor)
    for form in ({"do": "remove"}, {"do": "role", "role": "editor"}):
        assert client.post(PEOPLE, {**form, "of": mine.pk}).status_code == 400
    assert client.post(PEOPLE, {"do": "role", "of": theirs.pk, "role": "king"}).status_code == 400
    client.post(PEOPLE, {"do": "role", "of": theirs.pk, "role": "chief"})
    assert client.post(PEOPLE, {"do": "remove", "of": mine.pk}).status_code == 302
    assert list(Membership.objects.values_list("user__username", "role")) == [("editor", "chief")]
    assert client.get(PEOPLE).status_code == 403
    assert client.post(PEOPLE, {"do": "invite", "email": "no"}).status_code == 403


@pytest.mark.parametrize("address", ["/desk/", "/desk/war/new/", "/desk/war/queue/"])
def test_without_a_second_factor_a_role_that_publishes_leads_to_the_page_that_sets_it_up(
    at_desk: Client, settings: Any, editor: Any, address: str
) -> None:
    settings.REQUIRE_SECOND_FACTOR = True
    page = at_desk.get(address)
    assert page.status_code == 403
    assert "/accounts/2fa/totp/activate/" in page.content.decode()
    Authenticator.objects.create(user=editor, type="totp", data={})
    assert at_desk.get(address).status_code == 200


def test_the_pages_that_set_it_up_open(at_desk: Client, settings: Any) -> None:
    settings.REQUIRE_SECOND_FACTOR = True
    for address in ("/accounts/2fa/", "/accounts/sessions/", "/accounts/password/reset/"):
        assert at_desk.get(address, follow=True).status_code == 200


def test_a_token_is_no_way_round_the_second_factor(
    client: Client, war: Conflict, editor: Any, settings: Any
) -> None:
    settings.REQUIRE_SECOND_FACTOR = True
    _token, text = ApiToken.issue(editor, ["draft", "publish"])
    answer = client.post(
        "/api/v1/conflicts/war/drafts",
        {"actor": "IS"},
        content_type="application/json",
        headers={"Authorization": f"Bearer {text}"},
    )
    assert answer.status_code == 403


def test_the_admin_is_no_way_round_it(client: Client, settings: Any, db: None) -> None:
    settings.REQUIRE_SECOND_FACTOR = True
    root = get_user_model().objects.create_superuser("root", "root@example.org", "x")
    assert client.get("/admin/login/")["Location"].startswith("/accounts/login/")
    client.force_login(root)
    assert client.get("/admin/")["Location"].startswith("/admin/login/")
    assert client.get("/admin/login/")["Location"] == "/accounts/2fa/"
    posted = client.post("/admin/login/", {"username": "root", "password": "x"})
    assert posted["Location"] == "/accounts/2fa/"
    Authenticator.objects.create(user=root, type="webauthn", data={})
    assert client.get("/admin/").status_code == 200


def test_a_token_is_shown_once_and_revoked(at_desk: Client, editor: Any) -> None:
    made = at_desk.post("/desk/me/", {"do": "make", "scopes": ["draft"], "label": "the wire"})
    text = made.context["fresh"]
    assert text in made.content.decode()
    assert text not in at_desk.get("/desk/me/").content.decode()
    assert ApiToken.find(text) is not None
    at_desk.post("/desk/me/", {"do": "revoke", "of": ApiToken.objects.get().pk})
    assert ApiToken.find(text) is None
    others, _text = ApiToken.issue(person_of(editor), ["draft"])
    assert at_desk.post("/desk/me/", {"do": "revoke", "of": others.pk}).status_code == 404


def person_of(_editor: Any) -> Any:
    return get_user_model().objects.create(username="other")
