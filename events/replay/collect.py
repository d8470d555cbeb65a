"""Clearing away files that no manifest has named for a while: here, and where they were pushed to.

A reader whose page is open may still ask for what the last manifests named, so a file goes only when it has been
out of use for REPLAY_KEEP_DAYS. A manifest that is kept offline for longer leads to files that are gone; the page
then says so and takes the newer one.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.core.files.storage import Storage, storages

from events.models import Conflict, ReplayBuild

from . import files, readers
from .lock import one_at_a_time


def retired(last: ReplayBuild | None, names: list[str], now: datetime) -> dict[str, str]:
    """Name -> since when it is out of use, of the files of earlier builds that are still there."""
    if last is None:
        return {}
    before: dict[str, str] = last.parts.get("retired", {})
    gone = {name: now.isoformat() for name in last.parts.get("names", [])}
    used = set(names)
    return {name: since for name, since in (gone | before).items() if name not in used}


def collect(conflict: Conflict, now: datetime) -> int:
    """Delete what has been out of use for long enough. Returns how many files that were."""
    build = ReplayBuild.objects.filter(conflict=conflict).first()
    if build is None:
        return 0
    long_ago = now - timedelta(days=settings.REPLAY_KEEP_DAYS)
    out: dict[str, str] = build.parts.get("retired", {})
    old = [name for name, since in out.items() if datetime.fromisoformat(since) < long_ago]
    old += _strays(conflict, {*build.parts.get("names", []), *out}, long_ago)
    for name in old:
        for form in ("", ".br", ".gz"):
            files.storage.delete(f"{name}{form}")
        if readers.configured():
            there: Storage = storages["readers"]
            there.delete(name)
    gone = set(old)
    with one_at_a_time(conflict):
        row = ReplayBuild.objects.get(pk=build.pk)
        kept = row.parts.get("retired", {})
        kept = {name: since for name, since in kept.items() if name not in gone}
        row.parts = {**row.parts, "retired": kept}
        row.save(update_fields=["parts"])
    return len(old)


def _strays(conflict: Conflict, known: set[str], long_ago: datetime) -> list[str]:
    """Files that no build owns up to, as one that was broken off may leave, if they are old."""
    storage = files.storage
    if not storage.exists(conflict.slug):
        return []
    _, listed = storage.listdir(conflict.slug)
    names = {f"{conflict.slug}/{name.removesuffix('.br').removesuffix('.gz')}" for name in listed}
    return [
        name
        for name in sorted(names - known)
        if any(
            storage.exists(name + form) and storage.get_modified_time(name + form) < long_ago
            for form in ("", ".br", ".gz")
        )
    ]
