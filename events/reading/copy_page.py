"""The readers' page that is pushed beside the record, so that somebody who opens it while our servers are down has the
map, and without a script the picture and the latest changes: one page a language, that asks no server of ours.

What only our servers have (pages of places and changes, the comparison, corrections) it leads to at the site's public
address, and says so.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import get_script_prefix, set_script_prefix
from django.utils import translation

from events import replay
from events.ledger.asked import last_day
from events.ledger.published import one_look, public_changes
from events.looks.palette import SCHEMES
from events.models import Conflict
from events.replay import with_details
from events.replay.files import name_of
from events.replay.ground import ground_name

from .changes import change_row
from .cited import citations_of
from .copy_release import release_of_page, static_files
from .drawn import Drawn
from .source import words_of
from .words import Names

LATEST = 20


def push(conflict: Conflict) -> bool:
    """Bring the page of the last build there, where it is not yet. Whether there was anything to do."""
    static = static_files()
    release = release_of_page(static)
    if not replay.page_is_behind(conflict, release):
        return False
    with one_look():
        built = replay.manifest(conflict) or {}
        files, pages = _made(conflict, replay.relative(built), static)
    replay.push_page(conflict, built["etag"], release, files, pages)
    return True


def page_name(slug: str, language: str) -> str:
    """That of the site's first language is what a folder opens with."""
    return f"{slug}/{_file(language)}"


def _file(language: str) -> str:
    return "index.html" if language == settings.LANGUAGE_CODE else f"index.{language}.html"


def _made(
    conflict: Conflict, manifest: dict[str, Any], static: dict[str, tuple[bytes, str]]
) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """All that the pages name, and the pages. `manifest`: the one that lies beside them."""
    files: dict[str, bytes] = {}

    def beside(kind: str, data: bytes, suffix: str) -> str:
        name = name_of(conflict.slug, kind, data, suffix)
        files[name] = data
        return name.rpartition("/")[2]

    brought = {kind: beside(f"page-{kind}", *one) for kind, one in static.items()}
    pages = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language), _at_the_site():
            names, day = Names(conflict), last_day(conflict)
            drawn = Drawn(conflict, day, None, names, ground_name(conflict))
            pictures = {
                scheme: beside(f"map-{language}-{scheme}", drawn.svg(scheme).encode(), "svg")
                for scheme in SCHEMES
            }
            context = {
                **_addresses(conflict, manifest),
                "conflict": conflict,
                "static": brought,
                "pictures": pictures,
                "description": drawn.description,
                "day": date.fromisoformat(day.text),
                "rows": _latest(conflict, names),
                "languages": [
                    (code, _file(code)) for code, _name in settings.LANGUAGES if code != language
                ],
                "site_name": settings.SITE_NAME,
                "host": urlsplit(settings.SITE_URL).netloc,
            }
            html = render_to_string("reading/copy.html", context)
        pages[page_name(conflict.slug, language)] = html.encode()
    return files, pages


def _addresses(conflict: Conflict, manifest: dict[str, Any]) -> dict[str, Any]:
    """Where the page's files are. With a CDN's address the page can be served from anywhere, as in the site's own
    place while that is down; else it is at home in the bucket alone, whatever that is called.
    """
    if settings.READERS_URL:
        parts = urlsplit(settings.READERS_URL)
        origin = f"{parts.scheme}://{parts.netloc}"
        script = f"{settings.READERS_URL}/{replay.SCRIPT}"
        there = f"{settings.READERS_URL}/{conflict.slug}/"
    else:
        origin, script, there = "'self'", f"../{replay.SCRIPT}", ""
    return {
        "there": there,
        "script": script,
        "first_files": replay.first_files(manifest),
        "words": words_of(manifest),
        "policy": "; ".join(
            (
                "default-src 'none'",
                f"script-src {origin}",
                f"style-src {origin}",
                " ".join((f"img-src {origin} data:", *settings.TILE_HOSTS)),
                f"connect-src {origin}",
                "base-uri 'none'",
                "form-action 'none'",
            )
        ),
    }


def _latest(conflict: Conflict, names: Names) -> list[dict[str, Any]]:
    changes = with_details(public_changes(conflict)).order_by("-latest", "-pk")[:LATEST]
    cited = citations_of(changes, names)
    return [{**change_row(one, names), "citations": cited[one.pk]} for one in changes]


@contextmanager
def _at_the_site() -> Iterator[None]:
    """Inside, addresses that templates make are whole ones, at the site's public address."""
    before = get_script_prefix()
    set_script_prefix(f"{settings.SITE_URL.rstrip('/')}/")
    try:
        yield
    finally:
        set_script_prefix(before)
