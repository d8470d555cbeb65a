"""Rings as arcs: a border that two places share is stored once, and named by how one gets there.

The reader rebuilds the arcs while it walks the rings in the same order, so that most steps cost some bits:
at a known corner the next arc is "new" or "the first of those that begin here". docs/data-formats.md has the
columns. Coordinates are whole numbers, steps of a degree.
"""

from collections.abc import Sequence
from itertools import pairwise

Point = tuple[int, int]
Ring = list[Point]
Arc = tuple[Point, ...]
# How far back an open arc is looked for before the start of a ring is written out.
FARTHEST = 4_000


def clean(points: Sequence[Point]) -> list[Ring]:
    """Simple rings with the same even-odd fill: no point twice in a row, none twice in a ring.

    Where a ring touches itself it is parted; what has fewer than three corners is dropped.
    """
    found: list[Ring] = []
    path: Ring = []
    at: dict[Point, int] = {}
    for point in points:
        if path and point == path[-1]:
            continue
        if point in at:
            loop = path[at[point] :]
            for corner in loop[1:]:
                del at[corner]
            del path[at[point] + 1 :]
            if len(loop) > 2:
                found.append(loop)
            continue
        at[point] = len(path)
        path.append(point)
    if len(path) > 2:
        found.append(path)
    return found


class Coder:
    """Codes rings into columns, in the order in which they are given to `ring`."""

    def __init__(self, rings: Sequence[Ring]) -> None:
        self.junctions = junctions_of(rings)
        self.columns: dict[str, list[int]] = {
            name: [] for name in ("start", "forward", "sx", "sy", "step", "points", "dx", "dy")
        }
        self.arcs: dict[Arc, int] = {}
        self.by_number: list[Arc] = []
        self.uses: list[int] = []
        self.ends: dict[Point, list[int]] = {}
        # Arcs with one side free, in the order of their making, as a list linked both ways.
        self.older: list[int] = []
        self.younger: list[int] = []
        self.youngest = -1
        self.pen: Point = (0, 0)

    def ring(self, ring: Ring) -> None:
        arcs = arcs_of(ring, self.junctions)
        first = self._start(arcs)
        arcs = arcs[first:] + arcs[:first]
        start = arcs[0][0]
        used: list[int] = []
        for place, arc in enumerate(arcs):
            number = self._number(arc)
            if place > 0 or not self.began_known:
                self._step(arc, number, used, start)
            if number is None:
                number = self._add(arc)
            else:
                self._use(number)
            used.append(number)

    def _start(self, arcs: list[Arc]) -> int:
        """Which arc to begin with; writes where that is."""
        numbers = [self._number(arc) for arc in arcs]
        best = None
        for at, number in enumerate(numbers):
            if number is None or self.uses[number] != 1:
                continue
            if best is None or numbers[at - 1] is None:
                best = at
                if numbers[at - 1] is None:
                    break
        if best is not None:
            number = numbers[best]
            rank = self._rank(number or 0)
            if rank is not None:
                self.began_known = True
                self.columns["start"].append(rank + 1)
                self.columns["forward"].append(int(self.by_number[number or 0] == arcs[best]))
                return best
        self.began_known = False
        # then begin with a new arc that ends where the known ones begin, if there are any
        at = next((n for n, number in enumerate(numbers) if number is None), 0)
        x, y = arcs[at][0]
        self.columns["start"].append(0)
        self.columns["sx"].append(x - self.pen[0])
        self.columns["sy"].append(y - self.pen[1])
        self.pen = (x, y)
        return at

    def _number(self, arc: Arc) -> int | None:
        """Of a known arc, whichever way it is walked; None of a new one, and of one that is a whole ring."""
        return None if arc[0] == arc[-1] else self.arcs.get(min(arc, arc[::-1]))

    def _rank(self, number: int) -> int | None:
        """How many open arcs are younger; None where that is too many to count."""
        candidate = self.youngest
        for rank in range(FARTHEST):
            if candidate == number:
                return rank
            if candidate < 0:
                break
            candidate = self.older[candidate]
        return None

    def _step(self, arc: Arc, number: int | None, used: list[int], start: Point) -> None:
        if number is not None:
            self.columns["step"].append(self._candidates(arc[0], used).index(number) + 1)
            return
        self.columns["step"].append(0)
        closes = arc[-1] == start
        self.columns["points"].append((len(arc) - 2) * 2 + closes)
        x, y = arc[0]
        for px, py in arc[1:-1] if closes else arc[1:]:
            self.columns["dx"].append(px - x)
            self.columns["dy"].append(py - y)
            x, y = px, py
        self.pen = (x, y)

    def _candidates(self, corner: Point, used: list[int]) -> list[int]:
        """Known arcs that end at `corner`, those used least first, then the youngest."""
        here = [n for n in self.ends.get(corner, ()) if n not in used]
        return sorted(here, key=lambda n: (self.uses[n], -n))

    def _add(self, arc: Arc) -> int:
        number = len(self.by_number)
        self.by_number.append(arc)
        self.uses.append(1)
        self.older.append(-1)
        self.younger.append(-1)
        if arc[0] != arc[-1]:
            self.arcs[min(arc, arc[::-1])] = number
            self.older[number] = self.youngest
            if self.youngest >= 0:
                self.younger[self.youngest] = number
            self.youngest = number
            self.ends.setdefault(arc[0], []).append(number)
            self.ends.setdefault(arc[-1], []).append(number)
        return number

    def _use(self, number: int) -> None:
        if self.uses[number] == 1:
            older, younger = self.older[number], self.younger[number]
            if younger >= 0:
                self.older[younger] = older
            else:
                self.youngest = older
            if older >= 0:
                self.younger[older] = younger
        self.uses[number] += 1


def arcs_of(ring: Ring, junctions: set[Point]) -> list[Arc]:
    """The ring cut at its junctions, each arc with both its ends."""
    cuts = [at for at, point in enumerate(ring) if point in junctions]
    if not cuts:
        low = min(range(len(ring)), key=ring.__getitem__)
        return [(*ring[low:], *ring[: low + 1])]
    around = ring + ring[: cuts[0] + 1]
    return [tuple(around[a : b + 1]) for a, b in pairwise([*cuts, cuts[0] + len(ring)])]


def junctions_of(rings: Sequence[Ring]) -> set[Point]:
    """Corners where rings part: what lies beside them differs from ring to ring."""
    beside: dict[Point, tuple[Point, Point]] = {}
    found: set[Point] = set()
    for ring in rings:
        before, last = ring[-1], len(ring) - 1
        for at, point in enumerate(ring):
            after = ring[0] if at == last else ring[at + 1]
            pair = (before, after) if before < after else (after, before)
            if beside.setdefault(point, pair) != pair:
                found.add(point)
            before = point
    return found
