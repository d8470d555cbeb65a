"""Where a page's map reads the record: from this site, or from the copy that a CDN serves."""

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from events import replay
from events.models import Conflict


@dataclass(frozen=True, slots=True)
class Source:
    """`manifest`: its address; `first_files`: what a first map takes, for the page to ask for while the script is
    on its way, which would ask for it in turn; `words`: those of the reader's language, empty in English, which the
    words are written in; `build`: the build's etag, empty where there is none yet; `script`: that of maps on other
    pages, where the record's copy has one beside it.
    """

    manifest: str
    first_files: list[str] = field(default_factory=list)
    build: str = ""
    words: str = ""
    script: str = ""


def source_of(conflict: Conflict) -> Source:
    """The copy elsewhere as soon as it has the last build; this site until then, or where a push fails."""
    here = reverse("api:replay", args=[conflict.slug])
    built = replay.manifest(conflict)
    if built is None:
        return Source(here)
    if settings.READERS_URL and replay.is_pushed(conflict):
        there = f"{settings.READERS_URL}/{conflict.slug}"
        there_too = replay.relative(built)
        files = [f"{there}/{name}" for name in replay.first_files(there_too)]
        words = words_of(there_too)
        script = f"{settings.READERS_URL}/{replay.SCRIPT}" if replay.has_script(conflict) else ""
        words = words and f"{there}/{words}"
        return Source(f"{there}/manifest.json", files, built["etag"], words, script)
    return Source(here, replay.first_files(built), built["etag"], words_of(built))


def words_of(manifest: dict[str, Any]) -> str:
    """The file that static/js/data/messages.js asks for; an older release's manifest names none."""
    words: dict[str, str] = manifest.get("words", {})
    return words.get(translation.get_language() or "", "")
