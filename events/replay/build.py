"""build(): everything a reader loads, from one consistent look at the record."""

import hashlib
import json
from collections import defaultdict
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from events.models import Change, Conflict, ReplayBuild

from . import files
from .changes import change_records, with_details
from .geometry import geometry_file
from .places import actors_of, places_file, places_of
from .timeline import last_day, timeline_file

FORMAT = 1


def build(conflict: Conflict) -> ReplayBuild:
    """Write the files that differ from those already there, then the manifest that names them.

    Two builds of one conflict wait for each other, so an older one never overwrites a newer manifest.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('replay'), %s)", [conflict.pk])
        return _build(conflict, timezone.now())


def _build(conflict: Conflict, now: datetime) -> ReplayBuild:
    # Asked first: what is published while we read makes the build stale, and the next one heals it.
    known_at = Change.objects.filter(conflict=conflict).aggregate(at=Max("recorded_at"))["at"]
    public = Change.objects.filter(conflict=conflict, superseded_by__isnull=True).exclude(
        kind=Change.Kind.RETRACTION
    )
    changes = list(with_details(public).order_by("latest", "day_order", "pk"))
    actors, places = actors_of(conflict), places_of(conflict)
    end = last_day(conflict, now)
    by_month: dict[str, list[Any]] = defaultdict(list)
    others = [code for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
    with override(settings.LANGUAGE_CODE):
        records = change_records(changes, others)
    for record in records:
        by_month[record["day"][:7]].append(record)
    slug = conflict.slug
    named = {
        "places": files.put(slug, "places", places_file(conflict, actors, places)),
        "geometry": files.put(slug, "geometry", geometry_file(conflict, places)),
        "timeline": files.put(
            slug, "timeline", timeline_file(conflict, actors, places, changes, end)
        ),
        "changes": {
            month: files.put(slug, f"changes-{month}", {"format": FORMAT, "changes": records})
            for month, records in sorted(by_month.items())
        },
    }
    content = {
        "format": FORMAT,
        "conflict": about(conflict, end.isoformat()),
        "tiles": tiles(),
        "links": links(slug),
        "files": {
            **{kind: files.url(name) for kind, name in named.items() if isinstance(name, str)},
            "changes": {month: files.url(name) for month, name in named["changes"].items()},
        },
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
        defaults={"built_at": now, "known_at": known_at, "etag": etag, "manifest": stamped},
    )
    return row


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
    row = ReplayBuild.objects.filter(conflict=conflict).first()
    return row.manifest if row else None


def is_stale(conflict: Conflict, now: datetime) -> bool:
    """Whether the record has moved on since the last build, or the day has where the conflict goes on."""
    row = ReplayBuild.objects.filter(conflict=conflict).first()
    if row is None:
        return True
    last = Change.objects.filter(conflict=conflict).aggregate(at=Max("recorded_at"))["at"]
    if last != row.known_at:
        return True
    return row.manifest["conflict"]["end"] != last_day(conflict, now).isoformat()
