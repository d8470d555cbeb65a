"""Who can tell two actors apart on the map: by colour and pattern together, by colour alone, against the paper.

Seen as readers see who lack one kind of cone (the matrices of Machado, Oliveira and Fernandes, 2009, severity 1), and
in print without colour; on paper and in the dark. Distances are of OKLab: 0.02 is about the least that is noticed of
two plain colours side by side. tests/js/colours.test.mjs judges the demo by the same measure.
"""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from .palette import SCHEMES, Rgb, constants, from_oklab, mix, palette, rgb, to_oklab
from .patterns import MARKS, PERIOD, Marks

Lab = tuple[float, float, float]
Row = tuple[float, float, float]

FULL, PROTAN, DEUTAN, TRITAN, GREY = "full", "protan", "deutan", "tritan", "grey"
_PLAIN: Row = (0.2126, 0.7152, 0.0722)
SIGHTS: dict[str, tuple[Row, Row, Row]] = {
    FULL: ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    PROTAN: (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    DEUTAN: (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.01182, 0.04294, 0.968881),
    ),
    TRITAN: (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.3039),
    ),
    GREY: (_PLAIN, _PLAIN, _PLAIN),
}
# Those that look at a colour; print has patterns alone.
COLOURED = (FULL, PROTAN, DEUTAN, TRITAN)

# Below these, fills of evidence and of inference are one to a reader (as tests/js/colours.test.mjs has them).
FILLS, INFERRED = 0.02, 0.01
# Below this, two plain colours are told apart side by side only, and not across a map.
COLOURS = 0.04
# WCAG 2.2, 1.4.11: what has to be seen to understand a picture.
CONTRAST = 3.0


class Paint(NamedTuple):
    """What an actor wears: #rrggbb and the name of a pattern."""

    colour: str
    pattern: str


def contrast(colour: str) -> float:
    """Of the plain colour with the map's paper, the less of the two schemes: 1 to 21."""
    found = []
    for scheme in SCHEMES:
        one = palette(scheme)
        found.append(_contrast(one.actor(colour), rgb(one["paper"])))
    return min(found)


def colours_alike(one: str, other: str) -> list[str]:
    """The sights, in the order of SIGHTS, to which the plain colours are alike in either scheme."""
    return [
        sight
        for sight in COLOURED
        if min(_colour_distance(one, other, sight, scheme) for scheme in SCHEMES) < COLOURS
    ]


def fills_alike(one: Paint, other: Paint) -> list[str]:
    """The sights to which an area of the one cannot be told from one of the other, pattern and all."""
    return [
        sight
        for sight in SIGHTS
        if any(
            fill_distance(one, other, sight, scheme, inferred=inferred) < least
            for scheme in SCHEMES
            for inferred, least in ((False, FILLS), (True, INFERRED))
        )
    ]


def fill_distance(
    one: Paint, other: Paint, sight: str, scheme: str, *, inferred: bool = False
) -> float:
    """The mean over a tile of how far the two are from each other."""
    ours = _strengths(one.colour, sight, scheme, inferred)
    theirs = _strengths(other.colour, sight, scheme, inferred)
    total = 0.0
    for (gap, mark, their_mark), times in _meetings(one.pattern, other.pattern).items():
        at = 2 if inferred and gap else mark
        their_at = 2 if inferred and gap else their_mark
        total += times * math.dist(ours[at], theirs[their_at])
    return total / PERIOD**2


def free(taken: Sequence[Paint], most: int) -> list[Paint]:
    """Paints that nobody has, the farthest from all that are taken first, each far from those before it too.

    Each has CONTRAST with the paper, a colour that no reader takes for a taken one where there still is such, and
    the pattern that is least in use.
    """
    used = Counter(paint.pattern for paint in taken)
    patterns = sorted(MARKS, key=lambda name: used[name])
    near = {colour: _nearest(colour, [paint.colour for paint in taken]) for colour in _candidates()}
    found: list[Paint] = []
    while near and len(found) < most:
        best = max(near, key=lambda colour: near[colour])
        found.append(Paint(best, patterns[len(found) % len(patterns)]))
        del near[best]
        for colour in near:
            near[colour] = min(near[colour], _nearest(colour, [best]))
    return found


def _nearest(colour: str, others: Iterable[str]) -> float:
    return min(
        (
            _colour_distance(colour, other, sight, scheme)
            for other in others
            for sight in COLOURED
            for scheme in SCHEMES
        ),
        default=1.0,
    )


@cache
def _candidates() -> tuple[str, ...]:
    """Three steps of lightness round the circle of hues, those with CONTRAST."""
    found = []
    for lightness in (0.36, 0.5, 0.62):
        for step in range(18):
            angle = math.tau * step / 18
            colour = from_oklab(lightness, 0.13 * math.cos(angle), 0.13 * math.sin(angle))
            found.append("#{:02X}{:02X}{:02X}".format(*colour))
    return tuple(colour for colour in dict.fromkeys(found) if contrast(colour) >= CONTRAST)


def _linear(colour: Rgb) -> list[float]:
    return [
        c / 12.92 if (c := part / 255) <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
        for part in colour
    ]


def _contrast(one: Rgb, other: Rgb) -> float:
    weights = (0.2126, 0.7152, 0.0722)
    lights = [
        sum(weight * part for weight, part in zip(weights, _linear(colour), strict=True))
        for colour in (one, other)
    ]
    return (max(lights) + 0.05) / (min(lights) + 0.05)


def _seen(colour: Rgb, sight: str) -> Lab:
    light = _linear(colour)
    parts = []
    for row in SIGHTS[sight]:
        c = max(0.0, min(1.0, sum(a * b for a, b in zip(row, light, strict=True))))
        parts.append(255 * (12.92 * c if c <= 0.0031308 else 1.055 * c ** (1 / 2.4) - 0.055))
    return to_oklab((parts[0], parts[1], parts[2]))


@lru_cache(maxsize=8192)
def _plain(colour: str, sight: str, scheme: str) -> Lab:
    return _seen(palette(scheme).actor(colour), sight)


def _colour_distance(one: str, other: str, sight: str, scheme: str) -> float:
    return math.dist(_plain(one, sight, scheme), _plain(other, sight, scheme))


@lru_cache(maxsize=8192)
def _strengths(colour: str, sight: str, scheme: str, inferred: bool) -> tuple[Lab, Lab, Lab]:
    """Of the ground, of a mark, and of a gap in what is inferred."""
    one = palette(scheme)
    names = ("inferred", "inferredMark", "gap") if inferred else ("fill", "mark", "gap")
    share = constants("patterns.js", "STRENGTH")
    ground, mark, gap = (
        _seen(mix(one.actor(colour), rgb(one["paper"]), float(share[name])), sight)
        for name in names
    )
    return ground, mark, gap


@cache
def _mask(pattern: str) -> tuple[bool, ...]:
    """Whether a mark is at each pixel of a tile, row by row."""
    marks = MARKS.get(pattern, Marks())
    middles = [at + 0.5 for at in range(PERIOD)]
    # A line that begins at the middle of a pixel covers it.
    return tuple(marks.covers(x + 0.002, y + 0.001)[0] for y in middles for x in middles)


@cache
def _meetings(one: str, other: str) -> Counter[tuple[bool, bool, bool]]:
    """(a gap of what is inferred, a mark of the one, a mark of the other) -> how many pixels of a tile."""
    gaps = [(x - y) % 4 == 0 for y in range(PERIOD) for x in range(PERIOD)]
    return Counter(zip(gaps, _mask(one), _mask(other), strict=True))
