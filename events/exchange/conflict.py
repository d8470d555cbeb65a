"""conflict.json: what one map is about."""

import json
from pathlib import Path
from typing import Any

from django.contrib.gis.geos import Polygon
from django.core.exceptions import ValidationError
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from events.models import Conflict

from .problems import Outcome

TEXT = ("title", "summary", "timezone", "languages", "attribution")
NUMBERS = ("evidence_radius_town", "evidence_radius_neighbourhood")
KNOWN = ("slug", "start", "end", "bounds", *TEXT, *NUMBERS)


def import_conflict(path: Path, outcome: Outcome) -> None:
    """Make the conflict, or bring it up to date."""
    try:
        given = json.loads(path.read_bytes())
    except (ValueError, UnicodeDecodeError) as error:
        outcome.bad(1, "", "", _("The file is not JSON (%(error)s).") % {"error": error})
        return
    if not isinstance(given, dict):
        outcome.bad(1, "", "", _("A JSON object is wanted."))
        return
    for name in given:
        if name not in KNOWN:
            outcome.bad(1, name, given[name], _("Unknown field."))
    conflict = Conflict.objects.filter(slug=given.get("slug", "")).first() or Conflict()
    new = conflict.pk is None
    before = {} if new else _state(conflict)
    _fill(conflict, given, outcome)
    try:
        conflict.full_clean(validate_unique=False, exclude=["bounds"])
    except ValidationError as error:
        for name, why in error.message_dict.items():
            outcome.bad(1, name, given.get(name, ""), " ".join(why))
    if outcome.problems:
        return
    changed = new or before != _state(conflict)
    if changed:
        conflict.save()
    outcome.created += new
    outcome.updated += changed and not new
    outcome.unchanged += not changed


def _fill(conflict: Conflict, given: dict[str, Any], outcome: Outcome) -> None:
    for name in ("slug", *TEXT, *NUMBERS):
        if name in given:
            setattr(conflict, name, given[name])
    for name in ("start", "end"):
        if given.get(name):
            try:
                day = parse_date(given[name])
            except (ValueError, TypeError):
                day = None
            if day is None:
                outcome.bad(1, name, given[name], _("It is not a day, for example 2011-03-15."))
            setattr(conflict, name, day)
    if "bounds" in given:
        try:
            west, south, east, north = map(float, given["bounds"])
        except (TypeError, ValueError):
            outcome.bad(1, "bounds", given["bounds"], _("Four numbers: west, south, east, north."))
        else:
            conflict.bounds = Polygon.from_bbox((west, south, east, north))
            conflict.bounds.srid = 4326


def _state(conflict: Conflict) -> dict[str, Any]:
    values = {name: getattr(conflict, name) for name in KNOWN if name != "bounds"}
    return {**values, "bounds": conflict.bounds.extent if conflict.bounds else None}
