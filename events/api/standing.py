"""GET /conflicts/{c}/standing: who stands where, at any moment, as known at any moment."""

import json
import re
from datetime import datetime
from typing import Annotated, Any, Literal

from django.contrib.gis.db.models.functions import AsGeoJSON
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from ninja import Field, Query, Router, Schema

from events.chronology.standing import Standing
from events.exchange.standing_csv import standing_csv
from events.exchange.standing_geojson import standing_geojson
from events.ledger import standings
from events.ledger.asked import Moment, asked_at, asked_known
from events.ledger.confirmed import shown_confirmed
from events.ledger.everywhere import shown_parts
from events.ledger.public_ids import public_ids
from events.ledger.published import one_look
from events.ledger.weighed import weighed
from events.models import Conflict, Place
from events.models.then import places_of, places_then

from .box import in_box
from .finding import conflict_of, iso, known_text, place_asked
from .schemas import FAULTS, StandingsOut
from .standing_text import rows_as_json, text
from .wire import answer, text_answer

router = Router(tags=["standing"])
UNKNOWN = {"last_confirmed": None, "days_unconfirmed": None}
Kind = Literal["country", "province", "district", "subdistrict", "town", "neighbourhood", "site"]


class StandingAsked(Schema):
    at: str | None = Field(
        None,
        description="a day (its close in the conflict's zone), or an instant; default `known_at`, else today",
    )
    known_at: str | None = Field(
        None, description="as known at this instant, or at this day's close"
    )
    place: str | None = Field(None, description="slug; this place alone")
    kind: Kind | None = None
    bbox: str | None = Field(None, description="west,south,east,north in degrees")
    confirmed: bool = Field(
        False,
        description="with `last_confirmed` and `days_unconfirmed`, which one place always has",
    )
    format: Literal["json", "geojson", "csv"] = "json"


@router.get(
    "/conflicts/{slug:conflict}/standing",
    response={200: StandingsOut, **FAULTS},
    url_name="standing",
    summary="Who stands where",
)
def standing(
    request: HttpRequest, conflict: str, asked: Annotated[StandingAsked, Query()]
) -> HttpResponse:
    """Every place, as the map shows it: composed where it has tracked places inside."""
    found = conflict_of(conflict)
    known = asked_known(found, asked.known_at)
    at = asked_at(found, asked.at, known)
    with one_look():
        about = {"conflict": found.slug, "at": at.text, "known_at": known_text(found, known)}
        known_at = known.instant if known else None
        if asked.format == "json":
            return _json(found, at, known_at, asked, about)
        places = places_of(_wanted(found, asked, known_at).order_by("depth", "path"))
        rows = _rows(places, standings(found, at.instant, known_at=known_at))
        if asked.confirmed or asked.place:
            more = _more(found, at, known_at, asked)
            rows = [{**r, **more.get(p.pk, UNKNOWN)} for r, p in zip(rows, places, strict=True)]
    if asked.format == "csv":
        return _csv(found, at, rows)
    return _geojson(places, rows, about)


def _json(
    conflict: Conflict,
    at: Moment,
    known_at: datetime | None,
    asked: StandingAsked,
    about: dict[str, Any],
) -> HttpResponse:
    """Written as text, row by row: a whole war's places are too many to be made into objects first."""
    wanted = None
    if asked.place or asked.kind or asked.bbox:
        wanted = set(_wanted(conflict, asked, known_at).values_list("id", flat=True))
    places, parts = shown_parts(conflict, at.instant, known_at=known_at)
    ids = public_ids([part[2] for part in parts.values()])
    confirmed = None
    if asked.confirmed or asked.place:
        more = _more(conflict, at, known_at, asked)
        confirmed = {pk: text(fields)[1:-1] for pk, fields in more.items()}
    rows = ", ".join(rows_as_json(places, parts, ids, wanted, confirmed))
    return text_answer(f'{text(about)[:-1]}, "places": [{rows}]}}')


def _more(
    conflict: Conflict, at: Moment, known_at: datetime | None, asked: StandingAsked
) -> dict[int, dict[str, Any]]:
    """By the place's key: when its standing was last confirmed; of the one place asked for, its weights too."""
    place = place_asked(conflict, asked.place, known_at=known_at) if asked.place else None
    when = shown_confirmed(conflict, at.instant, known_at=known_at, place=place)
    found: dict[int, dict[str, Any]] = {
        pk: {"last_confirmed": iso(last), "days_unconfirmed": (at.instant - last).days}
        for pk, last in when.items()
    }
    if place is not None:
        fields = found.get(place.pk, UNKNOWN)
        found[place.pk] = {**fields, "weighed": _weighed(place, at, known_at)}
    return found


def _weighed(place: Place, at: Moment, known_at: datetime | None) -> dict[str, Any] | None:
    found = weighed(place, at.instant, known_at=known_at)
    if found is None:
        return None
    rows = [
        {"holds": list(s.holds), "amount": round(s.amount, 2), "share": round(s.share, 4)}
        for s in found.shares
    ]
    return {"by": found.by, "shares": rows}


def _wanted(conflict: Conflict, asked: StandingAsked, known_at: datetime | None) -> QuerySet[Any]:
    rows = places_then(conflict, known_at)
    if asked.place:
        rows = rows.filter(id=place_asked(conflict, asked.place, known_at=known_at).pk)
    if asked.kind:
        rows = rows.filter(kind=asked.kind)
    if asked.bbox:
        rows = rows.filter(in_box(asked.bbox))
    if asked.format == "geojson":
        rows = rows.annotate(outline=AsGeoJSON("area", precision=5))
    return rows


def _rows(places: list[Place], shown: dict[str, Standing]) -> list[dict[str, Any]]:
    ids = public_ids([shown[place.slug].key for place in places])
    return [_row(place, shown[place.slug], ids) for place in places]


def _row(place: Place, s: Standing, ids: dict[int, str]) -> dict[str, Any]:
    return {
        "place": place.slug,
        "name": place.name,
        "kind": place.kind,
        "state": s.state,
        "holds": list(s.holds),
        "to": list(s.to),
        "contests": list(s.contests),
        "besieges": list(s.besieges),
        "present": list(s.present),
        "disputed": s.disputed,
        "since": iso(s.since),
        "change": ids.get(s.key) if s.key else None,
        "counts": [{"holds": list(holders), "places": n} for holders, n in s.counts],
        "lat": round(place.point.y, 5) if place.point else None,
        "lon": round(place.point.x, 5) if place.point else None,
    }


def _csv(conflict: Conflict, at: Moment, rows: list[dict[str, Any]]) -> HttpResponse:
    name = f"{conflict.slug}-{re.sub(r'[^0-9A-Za-z-]', '', at.text)}.csv"
    return HttpResponse(
        standing_csv(rows),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _geojson(
    places: list[Place], rows: list[dict[str, Any]], about: dict[str, Any]
) -> HttpResponse:
    shapes = {place.slug: _shape(place) for place in places}
    response = answer(standing_geojson(rows, shapes, about))
    response.headers["Content-Type"] = "application/geo+json"
    return response


def _shape(place: Any) -> dict[str, Any] | None:
    if place.outline:
        shape: dict[str, Any] = json.loads(place.outline)
        return shape
    if place.point:
        point = [round(place.point.x, 5), round(place.point.y, 5)]
        return {"type": "Point", "coordinates": point}
    return None
