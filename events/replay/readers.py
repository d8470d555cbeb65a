"""Pushing what readers load to object storage, so that they can read on while our servers are down.

The storage named "readers" is any S3-compatible one (conflict_map/settings, READERS_S3_…). Each file lies there
once, as it goes over the wire: Brotli, or gzip where somebody without a script may open it, with the headers that a
CDN needs. The manifest comes last, so that it never names what is not there, nor is newer than the script that reads
it; the page comes after it (page.py).
"""

import gzip
import json
from typing import Any

import brotli
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages
from storages.backends.s3 import S3Storage

from events.models import Conflict, ReplayBuild

from . import files, script
from .lock import one_at_a_time

IMMUTABLE = "public, max-age=31536000, immutable"
# Seconds: readers see a publication within 15, and a CDN answers all of them with one look at us.
MANIFEST = "public, max-age=2, stale-while-revalidate=30, stale-if-error=86400"
# For a minute, as at the site; for a week where there is no other.
SCRIPT = "public, max-age=60, stale-while-revalidate=600, stale-if-error=604800"
TYPES = {
    "json": "application/json; charset=utf-8",
    "bin": "application/octet-stream",
    "js": "text/javascript; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "svg": "image/svg+xml; charset=utf-8",
    "html": "text/html; charset=utf-8",
}
# What is read without a script too, by programs that may know no Brotli. Each object has one form.
FOR_ALL = ("css", "svg", "html")


class ReadersStorage(S3Storage):
    """Objects with the headers of a readers' file; what is given to it is compressed already."""

    def get_object_parameters(self, name: str) -> dict[str, Any]:
        suffix = name.rsplit(".", 1)[-1]
        return {
            **super().get_object_parameters(name),
            "ContentEncoding": "gzip" if suffix in FOR_ALL else "br",
            "ContentType": TYPES[suffix],
            "CacheControl": _cached(name),
        }


def _cached(name: str) -> str:
    if name.endswith(("manifest.json", ".html")):
        return MANIFEST
    return SCRIPT if name.endswith(script.NAME) else IMMUTABLE


def compressed(name: str, data: bytes) -> bytes:
    """As it lies there by that name."""
    if name.endswith(FOR_ALL):
        return gzip.compress(data, mtime=0)
    return brotli.compress(data)


def configured() -> bool:
    return "readers" in settings.STORAGES


def is_behind(build: ReplayBuild) -> bool:
    """Whether a build has not been pushed yet, where builds are; or the script of this release has not."""
    if not configured():
        return False
    return build.parts.get("pushed") != build.etag or not _has_script(build)


def _has_script(build: ReplayBuild) -> bool:
    made = script.digest()
    return not made or build.parts.get("script") == made


def is_pushed(conflict: Conflict) -> bool:
    """Whether its last build is there."""
    rows = ReplayBuild.objects.filter(conflict=conflict).values_list("etag", "parts__pushed")
    return configured() and any(etag == pushed for etag, pushed in rows)


def has_script(conflict: Conflict) -> bool:
    """Whether that of a release is there; an older one reads the record as well."""
    pushed = ReplayBuild.objects.filter(conflict=conflict).values_list("parts__script", flat=True)
    return configured() and bool(pushed.first())


def push(conflict: Conflict) -> int:
    """Bring the last build there; safe to repeat, and to break off. Returns how many files it took."""
    build = ReplayBuild.objects.get(conflict=conflict)
    there: Storage = storages["readers"]
    took = 0
    # what no reader loads stays here
    for name in set(build.parts.get("names", [])) - {build.parts.get("ground")}:
        if not there.exists(name):
            there.save(name, ContentFile(files.get(f"{name}.br")))
            took += 1
    data = script.content()
    if data and not _has_script(build):
        replace(there, script.NAME, data)
    manifest = json.dumps(relative(build.manifest), ensure_ascii=False, separators=(",", ":"))
    replace(there, f"{conflict.slug}/manifest.json", manifest.encode())
    with one_at_a_time(conflict):
        row = ReplayBuild.objects.get(pk=build.pk)
        # a build that came meanwhile is behind again
        if row.etag == build.etag:
            row.parts = {**row.parts, "pushed": build.etag, "script": script.digest()}
            row.save(update_fields=["parts"])
    return took


def replace(there: Storage, name: str, data: bytes) -> None:
    """One PUT: a reader gets the old or the new, never none."""
    there.save(name, ContentFile(compressed(name, data)))


def relative(manifest: dict[str, Any]) -> dict[str, Any]:
    """The manifest for a place of its own: files beside it, pages at the site's public address."""
    site = settings.SITE_URL.rstrip("/")
    named = {
        kind: _beside(value)
        if isinstance(value, str)
        else [[*v[:-1], _beside(v[-1])] for v in value]
        for kind, value in manifest["files"].items()
    }
    words = {language: _beside(url) for language, url in manifest.get("words", {}).items()}
    links = {name: f"{site}{link}" for name, link in manifest["links"].items()}
    return {**manifest, "files": named, "words": words, "links": links}


def _beside(url: str) -> str:
    return url.rsplit("/", 1)[-1]
