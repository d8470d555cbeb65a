"""What has changed since the last build: fingerprints of what is edited, and the reach of what is published."""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Max, Q

from events.models import Change, ChangePlace, Citation, Conflict, Place, Report, Source

from .columns import FORMAT

# Counted up where `ReplayBuild.parts` takes another form: then nothing of an older build is reused.
PARTS = 5
# With more named places than this, all are computed anew: it is not slower then.
MANY = 2_000

GAZETTEER = """
SELECT md5(concat_ws('|',
  (SELECT string_agg(md5(p::text), '' ORDER BY p.id) FROM events_place p
     WHERE conflict_id = %(c)s AND NOT hidden),
  (SELECT string_agg(md5(n::text), '' ORDER BY n.id) FROM events_placename n
     JOIN events_place p ON p.id = n.place_id WHERE p.conflict_id = %(c)s AND NOT p.hidden),
  (SELECT string_agg(md5(a::text), '' ORDER BY a.id) FROM events_actor a WHERE conflict_id = %(c)s),
  (SELECT string_agg(md5(n::text), '' ORDER BY n.id) FROM events_actorname n
     JOIN events_actor a ON a.id = n.actor_id WHERE a.conflict_id = %(c)s),
  (SELECT string_agg(md5(o::text), '' ORDER BY o.id) FROM events_orientation o
     WHERE conflict_id = %(c)s),
  (SELECT md5(f::text) FROM events_conflict f WHERE id = %(c)s)))
"""


def gazetteer(conflict: Conflict) -> str:
    """Changes whenever a place, a name, a shape, an actor, the base map or the conflict itself is edited."""
    with connection.cursor() as cursor:
        cursor.execute(GAZETTEER, {"c": conflict.pk})
        (found,) = cursor.fetchone()
    languages = [code for code, _ in settings.LANGUAGES]
    return hashlib.sha256(f"{FORMAT} {PARTS} {languages} {found}".encode()).hexdigest()[:20]


def sources(conflict: Conflict) -> str:
    """Changes whenever what readers see of a source is edited."""
    rows = Source.objects.order_by("pk").values_list("slug", "name", "kind", "reliability")
    return hashlib.sha256(repr(list(rows)).encode()).hexdigest()[:20]


def last_edit() -> int:
    """The number of the last edit of any report, by the audit."""
    edits = Report.pgh_event_model.objects.filter(pgh_label="update")  # type: ignore[attr-defined]
    return edits.aggregate(last=Max("pgh_id"))["last"] or 0


def edited_reports(conflict: Conflict, since: int) -> list[int]:
    """Reports cited in the conflict that were edited after the edit number `since`."""
    model = Report.pgh_event_model  # type: ignore[attr-defined]
    edits = model.objects.filter(pgh_label="update", pgh_id__gt=since)
    reports = edits.values_list("pgh_obj_id", flat=True)
    cited = Citation.objects.filter(change__conflict=conflict, report__in=list(set(reports)))
    return list(cited.values_list("report_id", flat=True).distinct())


def published_since(conflict: Conflict, since: datetime | None) -> list[int]:
    """Keys of the Changes published at `since` or later (None: of none), and of those that they supersede."""
    if since is None:
        return []
    fresh = Change.objects.filter(conflict=conflict, recorded_at__gte=since)
    pairs = fresh.values_list("pk", "supersedes_id")
    return sorted({key for pair in pairs for key in pair if key})


def reached(conflict: Conflict, changes: Iterable[int]) -> list[int] | None:
    """Keys of all places whose standing these Changes may have altered: those named and all inside them.

    None is "any": to look each one up would take longer than to compute all.
    """
    named = ChangePlace.objects.filter(change__in=list(changes)).order_by()
    paths = list(named.values_list("place__path", flat=True).distinct()[: MANY + 1])
    if len(paths) > MANY:
        return None
    if not paths:
        return []
    inside: Any = Q(path__in=paths)
    parents = Place.objects.filter(conflict=conflict, path__in=paths, inside__isnull=False)
    around = list(parents.values_list("path", flat=True).distinct())
    if len(around) > 50:
        return None
    for path in around:
        inside |= Q(path__startswith=path)
    return list(Place.objects.filter(inside, conflict=conflict).values_list("pk", flat=True))
