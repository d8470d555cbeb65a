"""From whom territory is inferred where nothing is said of its own place: static/js/replay/inference.js, in Python.

The nearest settlement of the same province, for a quarter of the same town, of which something is said then
(decision 15); nearest on the map's own projection, on which the cells are drawn, and of equals the first in the
list of places.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Sequence
from math import asinh, inf, radians, tan

from events.models import Place

from .places import SCALE, Known

# Key of the place, 1 for a quarter, key of the place whose outline it shares with others (0: none), point in steps.
Settlement = tuple[int, int, int, int, int]
# x, y, order, key.
Spot = tuple[float, float, int, int]
# Distances that differ by less are equal.
ALIKE = 1e-9
AROUND: dict[str, str] = {
    Place.Kind.TOWN: Place.Kind.PROVINCE,
    Place.Kind.NEIGHBOURHOOD: Place.Kind.TOWN,
}


def settlements_of(places: Sequence[Known]) -> list[Settlement]:
    """Those that have a point, towns before quarters, in the order of the list of places."""
    known = {place.pk: place for place in places}
    found: list[Settlement] = []
    for kind, wanted in AROUND.items():
        for place in places:
            if place.kind == kind and place.x is not None and place.y is not None:
                around = known.get(place.parent or 0)
                while around is not None and around.kind != wanted:
                    around = known.get(around.parent or 0)
                quarter = int(kind == Place.Kind.NEIGHBOURHOOD)
                found.append((place.pk, quarter, around.pk if around else 0, place.x, place.y))
    return found


def inferred(settlements: Sequence[Sequence[int]], said: Collection[int]) -> dict[int, int]:
    """Key of a settlement of which nothing is said -> of that from which its territory is inferred. `said`: of
    which something is. One that has no such neighbour is left out.
    """
    speaking: dict[tuple[int, int], list[Spot]] = defaultdict(list)
    lacking: list[tuple[tuple[int, int], Spot]] = []
    for order, (pk, quarter, around, x, y) in enumerate(settlements):
        spot = (radians(x / SCALE), asinh(tan(radians(y / SCALE))), order, pk)
        if pk in said:
            speaking[quarter, around].append(spot)
        else:
            lacking.append(((quarter, around), spot))
    for members in speaking.values():
        members.sort()
    found: dict[int, int] = {}
    # towns come first, so that from whom a town is inferred is known before its quarters
    for group, spot in lacking:
        quarter, around = group
        if group in speaking:
            found[spot[3]] = _nearest(spot, speaking[group])
        elif quarter and around in said:
            found[spot[3]] = around
        elif quarter and around in found:
            found[spot[3]] = found[around]
    return found


def _nearest(spot: Spot, members: Sequence[Spot]) -> int:
    """Outwards from where it lies between west and east, until what is left is farther off by that alone."""
    x, y, *_ = spot
    middle = bisect_left(members, spot)
    best: tuple[float, int, int] = inf, -1, 0
    for way in (range(middle, len(members)), range(middle - 1, -1, -1)):
        for at in way:
            east, north, order, pk = members[at]
            aside = (east - x) ** 2
            if aside > best[0] * (1 + ALIKE):
                break
            distance = aside + (north - y) ** 2
            alike = best[1] >= 0 and abs(distance - best[0]) <= ALIKE * best[0]
            if order < best[1] if alike else distance < best[0]:
                best = distance, order, pk
    return best[2]
