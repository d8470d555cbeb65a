"""The bbox parameter: places whose point lies in it, or whose area touches it."""

import math

from django.contrib.gis.geos import Polygon
from django.db.models import Q
from django.utils.translation import gettext as _

from events.ledger import Refused


def in_box(text: str) -> Q:
    """ "west,south,east,north" in degrees; west > east crosses the antimeridian. Raises Refused."""
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError:
        raise _refused(_("A box is four numbers: west,south,east,north.")) from None
    if not all(map(math.isfinite, (west, south, east, north))):
        raise _refused(_("A box is four numbers: west,south,east,north."))
    if max(abs(west), abs(east)) > 180 or max(abs(south), abs(north)) > 90 or south > north:
        raise _refused(_("The box lies outside the world, or its south is north of its north."))
    if west > east:
        return _touches(west, south, 180, north) | _touches(-180, south, east, north)
    return _touches(west, south, east, north)


def _touches(west: float, south: float, east: float, north: float) -> Q:
    box = Polygon.from_bbox((west, south, east, north))
    box.srid = 4326
    return Q(point__intersects=box) | Q(area__intersects=box)


def _refused(why: str) -> Refused:
    return Refused({"bbox": [why]})
