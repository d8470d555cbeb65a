"""Signing in: the form in the words of these pages, and that it lets in by either name."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

LOGIN = "/accounts/login/"


def test_the_form_is_in_our_words(client: Client, db: None) -> None:
    html = client.get(LOGIN).content.decode()
    for label in ("Username or email", "Password", "Stay signed in"):
        assert f">{label}</label>" in html
    for word in ("Login:", "Remember Me", "placeholder"):
        assert word not in html
    form = html[html.index('class="stacked"') :]
    assert 'form="mfa_login"' in form[: form.index("</form>")]


@pytest.mark.parametrize("name", ["rita", "rita@example.org"])
def test_one_signs_in_by_name_or_by_email(client: Client, db: None, name: str) -> None:
    person = get_user_model().objects.create_user("rita", "rita@example.org", "a long secret")
    answer = client.post(LOGIN, {"login": name, "password": "a long secret"})
    assert answer.status_code == 302
    assert client.session["_auth_user_id"] == str(person.pk)


def test_who_is_refused_is_told_so_and_keeps_what_was_typed(client: Client, db: None) -> None:
    answer = client.post(LOGIN, {"login": "rita", "password": "guessed"})
    assert answer.status_code == 200
    html = answer.content.decode()
    assert 'value="rita"' in html
    assert "errorlist" in html
    assert "_auth_user_id" not in client.session
