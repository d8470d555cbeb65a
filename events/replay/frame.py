"""The frame of the server's own picture: Web Mercator, as the map has it, fitted to the conflict's bounds."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from events.models import Conflict

from .places import SCALE, Known

# The map's part of the picture, in its own units: CSS pixels where it is shown as large as it is.
WIDTH, HEIGHT, MARGIN = 860, 630, 14
MARGIN_OF_POINTS = 56
TILE = 256
EARTH = 40_075_016.686
WORLD = (-180.0, -60.0, 180.0, 75.0)
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Frame:
    """A point of the unit square (x, y) lies at (x * scale - left, y * scale - top)."""

    scale: float
    left: float
    top: float

    @property
    def zoom(self) -> float:
        return math.log2(self.scale / TILE)

    @property
    def box(self) -> Box:
        """West, south, east, north of what is in the picture, in degrees, a little more than that."""
        beyond = 8
        return (
            _lon((self.left - beyond) / self.scale),
            _lat((self.top + HEIGHT + beyond) / self.scale),
            _lon((self.left + WIDTH + beyond) / self.scale),
            _lat((self.top - beyond) / self.scale),
        )

    def at(self, lon: float, lat: float) -> tuple[float, float]:
        return world_x(lon) * self.scale - self.left, world_y(lat) * self.scale - self.top

    def length(self, metres: float, y: float) -> float:
        """A length on the ground at the height `y` of the picture."""
        latitude = math.radians(_lat((y + self.top) / self.scale))
        return metres / (EARTH * math.cos(latitude)) * self.scale


def frame_of(conflict: Conflict, places: Iterable[Known]) -> Frame:
    west, south, east, north = conflict.bounds.extent if conflict.bounds else _bounds(places)
    x0, x1, y0, y1 = world_x(west), world_x(east), world_y(north), world_y(south)
    wide, high = max(x1 - x0, 1e-6), max(y1 - y0, 1e-6)
    # Round points stand their territory and their names; bounds that an editor drew have that inside.
    margin = MARGIN if conflict.bounds else MARGIN_OF_POINTS
    scale = min((WIDTH - 2 * margin) / wide, (HEIGHT - 2 * margin) / high)
    left, top = (x0 + x1) / 2 * scale - WIDTH / 2, (y0 + y1) / 2 * scale - HEIGHT / 2
    return Frame(scale, left, top)


def _bounds(places: Iterable[Known]) -> Box:
    points = [(p.x / SCALE, p.y / SCALE) for p in places if p.x is not None and p.y is not None]
    if not points:
        return WORLD
    lons, lats = zip(*points, strict=True)
    return min(lons), min(lats), max(lons), max(lats)


def world_x(lon: float) -> float:
    return lon / 360 + 0.5


def world_y(lat: float) -> float:
    sine = math.sin(math.radians(max(-85.0, min(85.0, lat))))
    return 0.5 - math.log((1 + sine) / (1 - sine)) / (4 * math.pi)


def _lon(x: float) -> float:
    return max(-180.0, min(180.0, (x - 0.5) * 360))


def _lat(y: float) -> float:
    return math.degrees(2 * math.atan(math.exp((0.5 - y) * 2 * math.pi)) - math.pi / 2)
