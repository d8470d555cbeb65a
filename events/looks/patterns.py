"""Looks as SVG patterns: what static/js/map/patterns.js says pixel by pixel, said by lines and dots.

A tile is PERIOD wide; all that repeats within it does so a whole number of times. Patterns of several actors are
painted with those of each, which have the same tile and the same origin.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from .look import Actor, Look
from .palette import NOBODY, Palette, Rgb, rgb

PERIOD = 24
ROOT = math.sqrt(2)
Segment = tuple[float, float, float, float]


@dataclass(frozen=True)
class Marks:
    """Lines of one width, or discs of one radius."""

    lines: tuple[Segment, ...] = ()
    width: float = 0
    discs: tuple[tuple[float, float], ...] = ()
    radius: float = 0
    squares: tuple[tuple[float, float], ...] = ()
    side: float = 0

    def covers(self, x: float, y: float) -> tuple[bool, bool]:
        """(whether a line or a disc is at the point, whether it is so near to an edge that either would do)."""
        nearest = math.inf
        for x0, y0, x1, y1 in self.lines:
            length = math.hypot(x1 - x0, y1 - y0)
            away = abs((x1 - x0) * (y0 - y) - (x0 - x) * (y1 - y0)) / length
            nearest = min(nearest, away - self.width / 2)
        for cx, cy in self.discs:
            nearest = min(nearest, math.hypot(x - cx, y - cy) - self.radius)
        return nearest < 0, abs(nearest) < 1e-3


def falling(first: float, every: float) -> tuple[Segment, ...]:
    """Lines x + y = first + n × every across the tile."""
    count = round(2 * PERIOD / every)
    middles = [first + n * every for n in range(-1, count + 1)]
    return tuple((c + 2, -2.0, -2.0, c + 2) for c in middles)


def rising(first: float, every: float) -> tuple[Segment, ...]:
    """Lines x - y = first + n × every."""
    count = round(PERIOD / every)
    middles = [first + n * every for n in range(-count - 1, count + 1)]
    return tuple((c - 2, -2.0, c + PERIOD + 2, PERIOD + 2.0) for c in middles)


def flat(first: float, every: float) -> tuple[Segment, ...]:
    return tuple((0.0, first + n * every, 24.0, first + n * every) for n in range(int(24 / every)))


def upright(first: float, every: float) -> tuple[Segment, ...]:
    return tuple((y, x, y2, x2) for x, y, x2, y2 in flat(first, every))


# By the name that an actor has; anything else is solid.
MARKS: dict[str, Marks] = {
    "solid": Marks(),
    "diagonal": Marks(falling(0.9, 8), 1.8 / ROOT),
    "reverse": Marks(rising(0.9, 8), 1.8 / ROOT),
    "horizontal": Marks(flat(0.65, 6), 1.3),
    "vertical": Marks(upright(0.65, 6), 1.3),
    "grid": Marks((*flat(0.6, 8), *upright(0.6, 8)), 1.2),
    "cross": Marks((*falling(0.75, 12), *rising(0.75, 12)), 1.5 / ROOT),
    "dots": Marks(
        discs=tuple(
            (x + (0 if y % 8 < 4 else -4), y + 0.0)
            for y in range(2, PERIOD, 4)
            for x in range(4, PERIOD + 8, 8)
        ),
        radius=ROOT,
    ),
}
UNKNOWN = Marks(
    squares=tuple((x + 0.0, y + 0.0) for x in range(0, PERIOD, 6) for y in range(0, PERIOD, 6)),
    side=2,
)
# What is inferred is crossed by gaps.
GAPS = Marks(rising(0.5, 4), 1 / ROOT)
HATCH, HATCHED = 12, 3.4


def drawn(marks: Marks, colour: str) -> str:
    if marks.lines:
        path = "".join(f"M{x:g} {y:g}L{x2:g} {y2:g}" for x, y, x2, y2 in marks.lines)
        return f'<path d="{path}" stroke="{colour}" stroke-width="{marks.width:.3g}"/>'
    if marks.squares:
        side = marks.side
        path = "".join(f"M{x:g} {y:g}h{side:g}v{side:g}h-{side:g}z" for x, y in marks.squares)
        return f'<path d="{path}" fill="{colour}"/>'
    if marks.discs:
        r = f"{marks.radius:.4g}"
        turn = f"a{r} {r} 0 1 0 {2 * marks.radius:.4g} 0a{r} {r} 0 1 0 -{2 * marks.radius:.4g} 0"
        path = "".join(f"M{x - marks.radius:.4g} {y:g}{turn}" for x, y in marks.discs)
        return f'<path d="{path}" fill="{colour}"/>'
    return ""


@dataclass
class Patterns:
    """Collects the patterns that a picture needs. `actors`: slug -> (colour, name of its pattern). `prefix` keeps the
    ids of several pictures on one page apart.
    """

    palette: Palette
    actors: Mapping[str, tuple[str, str]]
    prefix: str = "p"
    ids: dict[tuple[object, ...], str] = field(default_factory=dict)
    made: list[str] = field(default_factory=list)

    def fill(self, look: Look, inferred: bool) -> str:
        """url(#…) of a look."""
        if len(look.bands) == 1 and look.hatch is None:
            return self._of(look.bands[0][0], "inferred" if inferred else "fill")
        return self._pattern((look, inferred), lambda: self._several(look, inferred))

    def colour(self, actor: Actor) -> Rgb:
        if isinstance(actor, int):
            return rgb(self.palette["unknown"])
        return self.palette.actor(self.actors[actor][0])

    def _of(self, actor: Actor, strength: str) -> str:
        """An actor's own pattern; `strength` of its ground: fill, hatch or inferred."""
        return self._pattern((actor, strength), lambda: self._single(actor, strength))

    def _pattern(self, key: tuple[object, ...], make: Callable[[], str]) -> str:
        if key not in self.ids:
            content = make()  # first, as it may make others
            self.ids[key] = f"{self.prefix}{len(self.ids)}"
            self.made.append(
                f'<pattern id="{self.ids[key]}" width="{PERIOD}" height="{PERIOD}"'
                f' patternUnits="userSpaceOnUse">{content}</pattern>'
            )
        return f"url(#{self.ids[key]})"

    def _single(self, actor: Actor, strength: str) -> str:
        colour = self.colour(actor)
        inferred = strength == "inferred"
        mark = self.palette.on_paper(colour, "inferredMark" if inferred else "mark")
        gap = self.palette.on_paper(colour, "gap")
        # hollow, so that it is no actor's solid colour, in print neither
        ground = gap if actor == NOBODY else self.palette.on_paper(colour, strength)
        marks = UNKNOWN if isinstance(actor, int) else MARKS.get(self.actors[actor][1], Marks())
        content = f'<path d="M0 0h{PERIOD}v{PERIOD}H0z" fill="{ground}"/>{drawn(marks, mark)}'
        return content + (drawn(GAPS, gap) if inferred else "")

    def _several(self, look: Look, inferred: bool) -> str:
        strength = "inferred" if inferred else "fill"
        period = PERIOD // 2 if look.narrow else PERIOD
        content, begin = "", 0.0
        for actor, share in look.bands:
            end = begin + share * period
            content += (
                f'<path d="{strips(begin, end, period)}" fill="{self._of(actor, strength)}"/>'
            )
            if len(look.bands) > 1:
                # two colours may be alike to a reader, so paper parts them
                gap = self.palette.on_paper(self.colour(actor), "gap")
                content += f'<path d="{strips(begin, begin + 1, period)}" fill="{gap}"/>'
            begin = end
        if look.hatch is not None:
            over = self._of(look.hatch, "inferred" if inferred else "hatch")
            gap = self.palette.on_paper(self.colour(look.bands[0][0]), "gap")
            content += f'<path d="{slants(HATCHED, HATCHED + 1)}" fill="{gap}"/>'
            content += f'<path d="{slants(0, HATCHED)}" fill="{over}"/>'
        return content


def strips(begin: float, end: float, period: int) -> str:
    """Where (x - y) mod `period` lies between, across the tile."""
    path = ""
    for shift in range(-PERIOD, PERIOD, period):
        a, b = begin + shift, end + shift
        path += f"M{a:.4g} 0L{b:.4g} 0 {b + PERIOD:.4g} {PERIOD} {a + PERIOD:.4g} {PERIOD}z"
    return path


def slants(begin: float, end: float) -> str:
    """Where (x + y) mod HATCH lies between."""
    path = ""
    for shift in range(0, 2 * PERIOD, HATCH):
        a, b = begin + shift, end + shift
        path += f"M{a:.4g} 0L{b:.4g} 0 {b - PERIOD:.4g} {PERIOD} {a - PERIOD:.4g} {PERIOD}z"
    return path
