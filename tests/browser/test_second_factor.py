"""A second factor is enrolled and used in a browser: the code of an app, and a passkey."""

import hmac
import re
import struct
import time
from base64 import b32decode
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import patient
from tests.browser.site import Site

PERSON = """
from django.contrib.auth import get_user_model
from allauth.mfa.models import Authenticator
user, _made = get_user_model().objects.get_or_create(username="NAME")
user.set_password("demo"); user.save()
Authenticator.objects.filter(user=user).delete()
"""
# A code is good for one use; the next would come after half a minute.
AGAIN = """
from django.contrib.auth import get_user_model
from django.core.cache import cache
user = get_user_model().objects.get(username="with-an-app")
cache.delete(f"allauth.mfa.totp.used?user={user.pk}&code=CODE")
"""


def code_of(secret: str) -> str:
    """RFC 6238: what an authenticator app shows now."""
    counter = struct.pack(">Q", int(time.time()) // 30)
    digest = hmac.digest(b32decode(secret), counter, "sha1")
    at = digest[-1] & 15
    (number,) = struct.unpack(">I", digest[at : at + 4])
    return f"{(number & 0x7FFFFFFF) % 1_000_000:06d}"


@pytest.fixture
def alone(browser: Browser, site: Site) -> Iterator[Page]:
    """By name: a passkey belongs to a name, and an address of numbers is none."""
    port = urlsplit(site.url).port
    context = patient(browser, base_url=f"http://localhost:{port}", locale="en-GB")
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda m: wrong.append(m.text) if "Content Security" in m.text else None)
    yield page
    context.close()
    assert wrong == []


def sign_in(page: Page, name: str) -> None:
    page.goto("/accounts/login/")
    page.get_by_label(re.compile("Username|Login")).first.fill(name)
    page.get_by_label("Password").fill("demo")
    page.locator("main").get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda url: "/login/" not in url)


def give_code(page: Page, secret: str, button: str) -> str:
    """The code that was taken. One that ran out on its way is followed by the next, as a person would."""
    while True:
        code = code_of(secret)
        page.locator("input[name=code]").first.fill(code)
        with page.expect_navigation():
            page.locator("main").get_by_role("button", name=button).click()
        if not page.get_by_text("Incorrect code").count():
            return code
        assert code != code_of(secret), "it was refused while it was good"


def go(page: Page, address: str) -> None:
    """To a page that asks for the password once more."""
    page.goto(address)
    if "/reauthenticate/" in page.url:
        page.locator("input[name=password]").fill("demo")
        page.locator("main").get_by_role("button", name="Confirm").click()
        page.wait_for_url(f"**{address}")


def sign_out(page: Page) -> None:
    page.goto("/accounts/logout/")
    page.locator("main").get_by_role("button", name="Sign out").click()
    page.wait_for_url(lambda url: "/logout/" not in url)


def test_the_code_of_an_app_is_enrolled_and_asked_for_at_the_next_sign_in(
    alone: Page, site: Site
) -> None:
    site.manage("shell", "-c", PERSON.replace("NAME", "with-an-app"))
    sign_in(alone, "with-an-app")
    go(alone, "/accounts/2fa/totp/activate/")
    secret = alone.locator("#authenticator_secret").input_value()
    assert re.fullmatch("[A-Z2-7]{16,}", secret)
    alone.locator("input[name=code]").fill("000000")
    alone.locator("main").get_by_role("button", name="Activate").click()
    expect(alone.locator("main")).to_contain_text("Incorrect code")
    secret = alone.locator("#authenticator_secret").input_value()
    code = give_code(alone, secret, "Activate")
    alone.wait_for_url("**/recovery-codes/**")
    sign_out(alone)
    site.manage("shell", "-c", AGAIN.replace("CODE", code))
    sign_in(alone, "with-an-app")
    alone.wait_for_url("**/2fa/authenticate/**")
    assert "/accounts/" in alone.request.get("/desk/me/").url
    give_code(alone, secret, "Sign In")
    alone.wait_for_url(lambda url: "/2fa/" not in url)
    alone.goto("/desk/me/")
    assert alone.url.endswith("/desk/me/")


def test_a_passkey_is_enrolled_and_signs_in_without_a_password(alone: Page, site: Site) -> None:
    devices = alone.context.new_cdp_session(alone)
    devices.send("WebAuthn.enable")
    device = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": device})
    site.manage("shell", "-c", PERSON.replace("NAME", "with-a-passkey"))
    sign_in(alone, "with-a-passkey")
    go(alone, "/accounts/2fa/webauthn/add/")
    alone.locator("input[name=name]").fill("The desk's key")
    alone.locator("input[name=passwordless]").check()
    alone.get_by_role("button", name="Add").click()
    alone.wait_for_url(re.compile("recovery-codes|webauthn/$|/2fa/$"))
    alone.goto("/accounts/2fa/webauthn/")
    expect(alone.locator("main")).to_contain_text("The desk's key")
    sign_out(alone)
    alone.goto("/accounts/login/")
    alone.get_by_role("button", name="Use a passkey").click()
    alone.wait_for_url(lambda url: "/login/" not in url)
    alone.goto("/desk/me/")
    expect(alone.locator("body")).to_contain_text("with-a-passkey")
