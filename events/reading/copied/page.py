"""The page of a conflict: the map; without a script the picture of the last day, and the latest changes."""

from datetime import date
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from events import replay
from events.ledger.asked import last_day
from events.ledger.published import public_changes
from events.looks.palette import SCHEMES
from events.models import Conflict
from events.replay import with_details
from events.replay.files import name_of
from events.replay.ground import ground_name

from ..changes import change_row
from ..cited import citations_of
from ..drawn import Drawn
from ..source import words_of
from ..words import Names
from .addresses import about, at_the_site, file_of, policy, root

LATEST = 20


def pages_of(
    conflict: Conflict, manifest: dict[str, Any], static: dict[str, tuple[bytes, str]]
) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """All that the pages of a conflict name, and the pages. `manifest`: the one that lies beside them."""
    files: dict[str, bytes] = {}

    def beside(kind: str, data: bytes, suffix: str) -> str:
        name = name_of(conflict.slug, kind, data, suffix)
        files[name] = data
        return name.rpartition("/")[2]

    brought = {kind: beside(f"page-{kind}", *one) for kind, one in static.items()}
    pages = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language), at_the_site():
            names, day = Names(conflict), last_day(conflict)
            drawn = Drawn(conflict, day, None, names, ground_name(conflict))
            pictures = {
                scheme: beside(f"map-{language}-{scheme}", drawn.svg(scheme).encode(), "svg")
                for scheme in SCHEMES
            }
            context = {
                **about(language),
                "conflict": conflict,
                "there": f"{settings.READERS_URL}/{conflict.slug}/" if settings.READERS_URL else "",
                "root": root(".."),
                "policy": policy(scripts=True),
                "script": root("..") + replay.SCRIPT,
                "first_files": replay.first_files(manifest),
                "words": words_of(manifest),
                "static": brought,
                "pictures": pictures,
                "description": drawn.description,
                "day": date.fromisoformat(day.text),
                "rows": _latest(conflict, names),
            }
            html = render_to_string("reading/copied/page.html", context)
        pages[f"{conflict.slug}/{file_of(language)}"] = html.encode()
    return files, pages


def _latest(conflict: Conflict, names: Names) -> list[dict[str, Any]]:
    changes = with_details(public_changes(conflict)).order_by("-latest", "-pk")[:LATEST]
    cited = citations_of(changes, names)
    return [{**change_row(one, names), "citations": cited[one.pk]} for one in changes]
