"""What a release, and an operator's settings, give to the pages of the copy; the record apart."""

from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.template.engine import Engine

from events import replay

from ..drawn import DRAWING

TEMPLATES = (
    "reading/copied/page.html",
    "reading/copied/_latest.html",
    "reading/copied/index.html",
    "partials/change_row.html",
    "partials/citations.html",
)
# What a page brings along: as it is called in the page, and where a release has it.
STATIC = {
    "script": "js/pages/copy.js",
    "style": "css/base.css",
    "no_script": "css/no-script.css",
    "icon": "icon.svg",
}


def static_files() -> dict[str, tuple[bytes, str]]:
    """Kind -> (bytes, suffix); empty where scripts are apart, as they are while we work: there is no page then."""
    found = {}
    for kind, name in STATIC.items():
        data = replay.released(name)
        if data is None:
            return {}
        found[kind] = data, name.rpartition(".")[2]
    return found


def release_of_page(static: dict[str, tuple[bytes, str]]) -> str:
    """Another one with all that makes another page of the same record; empty where there is none."""
    if not static:
        return ""
    templates = [Engine.get_default().get_template(name).source for name in TEMPLATES]
    words = [
        path.read_bytes()
        for folder in settings.LOCALE_PATHS
        for path in sorted(Path(folder).rglob("django.mo"))
    ]
    set_here = (
        settings.LANGUAGES, settings.LANGUAGE_CODE, settings.SITE_NAME, settings.SITE_URL,
        settings.READERS_URL, settings.TILE_HOSTS,
    )  # fmt: skip
    made_of = repr((DRAWING, static, templates, words, set_here))
    return sha256(made_of.encode()).hexdigest()[:20]
