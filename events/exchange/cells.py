"""Single cells to values: each raises ValueError with a sentence for the person."""

import math
import re
from decimal import Decimal, InvalidOperation

from django.contrib.gis.gdal import GDALException
from django.contrib.gis.geos import GEOSException, GEOSGeometry, MultiPolygon, Point
from django.utils.translation import gettext as _

SLUG = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")


def slug(text: str) -> str:
    if not SLUG.fullmatch(text) or len(text) > 80:
        raise ValueError(_("A slug is made of a–z, 0–9 and hyphens, at most 80 characters."))
    return text


def one_of(text: str, allowed: list[str]) -> str:
    if text not in allowed:
        raise ValueError(_("It must be one of: %(allowed)s.") % {"allowed": ", ".join(allowed)})
    return text


def whole(text: str, least: int = 0, most: int = 2_147_483_647) -> int | None:
    """A whole number, or None for an empty cell."""
    if not text:
        return None
    if not re.fullmatch(r"-?\d{1,12}", text, re.ASCII):
        raise ValueError(_("It is not a whole number."))
    number = int(text)
    if not least <= number <= most:
        raise ValueError(
            _("It must be between %(least)d and %(most)d.") % {"least": least, "most": most}
        )
    return number


def number(text: str) -> Decimal | None:
    """A number that fits the record's columns, or None for an empty cell."""
    if not text:
        return None
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise ValueError(_("It is not a number.")) from None
    if not value.is_finite() or abs(value) >= Decimal(10) ** 12:
        raise ValueError(_("It is not a number that can be stored."))
    return round(value, 2)


def degrees(text: str, most: int) -> float | None:
    if not text:
        return None
    try:
        value = float(text)
    except ValueError:
        raise ValueError(_("It is not a number of degrees.")) from None
    if not math.isfinite(value) or abs(value) > most:
        raise ValueError(_("It must be between −%(most)d and %(most)d.") % {"most": most})
    return value


def point(lat: str, lon: str) -> Point | None:
    y, x = degrees(lat, 90), degrees(lon, 180)
    if (x is None) != (y is None):
        raise ValueError(_("Latitude and longitude belong together."))
    return None if x is None else Point(x, y, srid=4326)


def area(text: str) -> MultiPolygon | None:
    """A polygon or multipolygon in WKT (or GeoJSON), in degrees, that does not cross itself."""
    if not text:
        return None
    try:
        shape = GEOSGeometry(text, srid=4326)
    except (GEOSException, GDALException, ValueError, TypeError) as error:
        raise ValueError(_("It is not a shape in WKT.")) from error
    return outline(shape)


def outline(shape: GEOSGeometry) -> MultiPolygon:
    """The shape as a MultiPolygon; refuses what is no area, empty, out of bounds, or crosses itself."""
    if shape.geom_type == "Polygon":
        shape = MultiPolygon(shape, srid=4326)
    if shape.geom_type != "MultiPolygon" or shape.empty:
        raise ValueError(
            _("An area is a polygon or multipolygon, not %(type)s.") % {"type": shape.geom_type}
        )
    west, south, east, north = extent = shape.extent
    if (
        not all(map(math.isfinite, extent))
        or west < -180
        or east > 180
        or south < -90
        or north > 90
    ):
        raise ValueError(_("The area lies outside the world: degrees are wanted, longitude first."))
    if not shape.valid:
        raise ValueError(_("The area is not sound: %(reason)s.") % {"reason": shape.valid_reason})
    return shape


def parts(text: str) -> list[str]:
    """ "a|b" -> ["a", "b"], without blanks and repetition."""
    return list(dict.fromkeys(part.strip() for part in text.split("|") if part.strip()))
