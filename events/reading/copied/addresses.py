"""Where the pages of the copy are, what they may load, and where they lead.

With a CDN's address a page can be served from anywhere, as in the site's own place while that is down; else it is at
home in the bucket alone, whatever that is called.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import get_script_prefix, set_script_prefix


def file_of(language: str) -> str:
    """A page's file: that of the site's first language is what a folder opens with."""
    return "index.html" if language == settings.LANGUAGE_CODE else f"index.{language}.html"


def root(up: str) -> str:
    """The folder of all conflicts, with a slash at its end; `up`: the way there from a page's own, "." or ".."."""
    return f"{settings.READERS_URL or up}/"


def policy(*, scripts: bool) -> str:
    """The Content-Security-Policy: its own place alone. `frame-ancestors` is ignored in a page, and so not said."""
    parts = urlsplit(settings.READERS_URL)
    origin = f"{parts.scheme}://{parts.netloc}" if settings.READERS_URL else "'self'"
    rules = [
        "default-src 'none'",
        f"style-src {origin}",
        " ".join((f"img-src {origin} data:", *settings.TILE_HOSTS)),
        "base-uri 'none'",
        "form-action 'none'",
    ]
    if scripts:
        rules += [f"script-src {origin}", f"connect-src {origin}"]
    return "; ".join(rules)


def about(language: str) -> dict[str, Any]:
    """What each of the templates is told of the site, and of the same page in other languages."""
    others = [code for code, _name in settings.LANGUAGES if code != language]
    return {
        "site_name": settings.SITE_NAME,
        "host": urlsplit(settings.SITE_URL).netloc,
        "file": file_of(language),
        "languages": [(code, file_of(code)) for code in others],
    }


@contextmanager
def at_the_site() -> Iterator[None]:
    """Inside, addresses that templates make are whole ones, at the site's public address."""
    before = get_script_prefix()
    set_script_prefix(f"{settings.SITE_URL.rstrip('/')}/")
    try:
        yield
    finally:
        set_script_prefix(before)
