"""build(): everything a reader loads, from one consistent look at the record."""

import hashlib
import json
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from events.models import Change, Conflict, ReplayBuild, ReplayDue

from . import files, words
from .collect import retired
from .columns import FORMAT
from .days import last_day
from .inputs import PARTS
from .lock import one_at_a_time
from .parts import Parts


def build(conflict: Conflict, *, afresh: bool = False) -> ReplayBuild:
    """Write the files that differ from those already there, then the manifest that names them.

    What the last build has and nothing has touched since is reused, unless `afresh`. Two builds of one
    conflict wait for each other, so an older one never overwrites a newer manifest.
    """
    with one_at_a_time(conflict):
        return _build(conflict, timezone.now(), afresh)


def _build(conflict: Conflict, now: datetime, afresh: bool) -> ReplayBuild:
    # Asked first: what is published while we read stays due, and the next build contains it.
    due = dict(ReplayDue.objects.filter(conflict=conflict).values_list("pk", "known_at"))
    known_at = Change.objects.filter(conflict=conflict).aggregate(at=Max("recorded_at"))["at"]
    last = ReplayBuild.objects.filter(conflict=conflict).first()
    end = last_day(conflict, now)
    since = min(due.values(), default=None)
    made = Parts(conflict, end, None if afresh else last, since).make()
    content = {
        "format": FORMAT,
        "conflict": about(conflict, end.isoformat()),
        "tiles": tiles(),
        "links": links(conflict.slug),
        "files": {kind: _addresses(name) for kind, name in made.files.items()},
        "words": {code: files.url(name) for code, name in made.kept["words"].items()},
    }
    etag = hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:20]
    stamped = {
        **content,
        "built_at": now.isoformat(),
        "known_at": known_at.isoformat() if known_at else None,
        "etag": etag,
    }
    row, _ = ReplayBuild.objects.update_or_create(
        conflict=conflict,
        defaults={
            "built_at": now,
            "known_at": known_at,
            "etag": etag,
            "manifest": stamped,
            "parts": {"form": PARTS, **made.kept, **_carried(last, made.kept["names"], etag, now)},
        },
    )
    ReplayDue.objects.filter(pk__in=list(due)).delete()
    return row


def _carried(
    last: ReplayBuild | None, names: list[str], etag: str, now: datetime
) -> dict[str, Any]:
    """What a build hands on: files out of use, and what has been pushed already: just this, which script and page."""
    carried: dict[str, Any] = {"retired": retired(last, names, now)}
    if last and last.etag == etag and "pushed" in last.parts:
        carried["pushed"] = last.parts["pushed"]
    for kept in ("script", "page"):
        if last and kept in last.parts:
            carried[kept] = last.parts[kept]
    return carried


def _addresses(names: Any) -> Any:
    """Names of files as addresses: one, or periods with theirs."""
    if isinstance(names, str):
        return files.url(names)
    return [[first, end, files.url(name)] for first, end, name in names]


def about(conflict: Conflict, end: str) -> dict[str, Any]:
    return {
        "slug": conflict.slug,
        "title": conflict.title,
        "timezone": conflict.timezone,
        "start": conflict.start.isoformat(),
        "end": end,
        "bounds": list(conflict.bounds.extent) if conflict.bounds else None,
        "languages": conflict.languages,
    }


def tiles() -> dict[str, str] | None:
    if not settings.TILE_URL:
        return None
    return {"url": settings.TILE_URL, "attribution": settings.TILE_ATTRIBUTION}


def links(slug: str) -> dict[str, str]:
    return {
        "history": f"/api/v1/conflicts/{slug}/places/{{slug}}/history",
        "place": f"/{slug}/places/{{slug}}/",
        "change": f"/{slug}/changes/{{id}}/",
        "messages": reverse("messages"),
    }


def manifest(conflict: Conflict) -> dict[str, Any] | None:
    """What readers load now; None where nothing has been built yet."""
    # alone: what a build keeps for the next one is large
    kept = ReplayBuild.objects.filter(conflict=conflict).values_list("manifest", flat=True)
    return kept.first()


def first_files(manifest: dict[str, Any]) -> list[str]:
    """Addresses of the files that a first map takes; an older release's manifest may lack some."""
    files = manifest["files"]
    first = [files[kind] for kind in ("places", "labels", "coarse", "now") if kind in files]
    # a small conflict's last day is read from its timeline: static/js/data/load.js
    periods = files.get("timeline")
    small = "labels" in files and files["labels"] == files.get("names")
    if small and isinstance(periods, list) and len(periods) == 1:
        return [*first[:-1], periods[0][2]]
    return first


def is_stale(conflict: Conflict, now: datetime) -> bool:
    """Whether the record has moved on since the last build, or the day has where the conflict goes on; or whether
    an older release made it, be it one that only says something otherwise.
    """
    row = ReplayBuild.objects.filter(conflict=conflict).first()
    if row is None or row.parts.get("form") != PARTS:
        return True
    if row.parts.get("words") != words.names(conflict.slug):
        return True
    if ReplayDue.objects.filter(conflict=conflict).exists():
        return True
    return row.manifest["conflict"]["end"] != last_day(conflict, now).isoformat()
