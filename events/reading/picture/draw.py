"""The whole picture, put together: the map, what its colours mean, and words for those who do not see it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

from events.chronology.standing import NO_DATA, NOTHING, Standing
from events.looks.look import look_of
from events.looks.palette import Palette
from events.looks.patterns import Patterns
from events.replay.frame import HEIGHT, WIDTH
from events.replay.inference import inferred

from .column import Column, wrapped
from .counts import Counts
from .dots import Dots, radius_of
from .labels import Labels

FULL_WIDTH = 1200
# From so many cells on, fronts are too many and too near each other for a line with a casing.
FINE_CELLS = 2_500
# A cell's standing, and whether it is that of another place.
Cell = tuple[Standing, bool]
SANS = "system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans','Noto Sans Arabic',sans-serif"


@dataclass(frozen=True)
class Asked:
    """What a picture is of, in words, and in which language and colours.

    `actors`: slug -> (colour, pattern, name); `words`: of a standing, by the place's key, where it has a dot.
    """

    title: str
    day: str
    description: str
    counts: Counts
    notes: list[str]
    credit: str
    language: str
    rtl: bool
    palette: Palette
    actors: Mapping[str, tuple[str, str, str]]
    words: Mapping[int, str] = field(default_factory=dict)


def draw(
    asked: Asked, ground: dict[str, Any], own: Mapping[int, Standing], shown: Mapping[int, Standing]
) -> str:
    """`own`, `shown`: standings by the place's key, without composition and with it; nothing where there is none."""
    patterns = Patterns(asked.palette, {slug: row[:2] for slug, row in asked.actors.items()})
    cells = _standings_of_cells(ground, own, shown)
    fills = _areas(ground, shown, patterns) + _cells(ground, cells, patterns)
    fronts = _fronts(ground, cells, asked.palette)
    dots = Dots(patterns)
    marks = "".join(
        f'<use href="#{dots.id_of(shown.get(pk, NOTHING), radius_of(people))}" x="{x}" y="{y}"'
        f' data-place="{slug}"><title>{escape(asked.words.get(pk, ""))}</title></use>'
        for pk, slug, x, y, people, *_ in reversed(ground["dots"])
    )
    labels = Labels(asked.palette, asked.language, WIDTH, HEIGHT)
    names = labels.towns(ground["dots"], ground["zoom"])
    names += labels.areas(ground["land"], ground["water"])
    column = Column(asked, patterns, dots).drawn(asked.counts)
    map_x, column_x = (FULL_WIDTH - WIDTH, 0) if asked.rtl else (0, WIDTH)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {FULL_WIDTH} {HEIGHT}"'
        f' width="{FULL_WIDTH}" height="{HEIGHT}" role="img" aria-labelledby="title description"'
        f' lang="{asked.language}" font-family="{escape(SANS)}">'
        f'<title id="title">{escape(asked.title)}, {escape(asked.day)}</title>'
        f'<desc id="description">{escape(asked.description)}</desc>'
        f'<defs><clipPath id="map"><path d="M0 0h{WIDTH}v{HEIGHT}H0z"/></clipPath>'
        f"{''.join(patterns.made)}{''.join(dots.made)}</defs>"
        f'<g transform="translate({map_x})" clip-path="url(#map)">'
        f"{_below(ground, asked.palette)}{fills}{fronts}{_over(ground, asked.palette)}"
        f'<g id="dots">{marks}</g>{names}{_credit(asked)}</g>'
        f'<g transform="translate({column_x})">{column}</g></svg>\n'
    )


def _below(ground: dict[str, Any], palette: Palette) -> str:
    """As static/js/map/base.js: a conflict that was given no land has no sea either."""
    lands = [(own, path) for own, path, *_ in ground["land"]]
    paper = "sea"
    if not lands:
        lands = [(1, path) for path in ground["countries"] or ground["provinces"]]
        paper = "land" if lands else "ownLand"
    parts = [f'<path d="M0 0h{WIDTH}v{HEIGHT}H0z" fill="{palette[paper]}"/>']
    for wanted, fill in ((0, "land"), (1, "ownLand")):
        path = "".join(path for own, path in lands if own == wanted)
        border = palette["landBorder"]
        parts.append(
            f'<path d="{path}" fill="{palette[fill]}" fill-rule="evenodd" stroke="{border}"'
            ' stroke-width=".8"/>'
        )
    return "".join(parts)


def _over(ground: dict[str, Any], palette: Palette) -> str:
    river, casing, water = palette["river"], palette["riverCasing"], palette["water"]
    whole = "".join(path for _, path in ground["rivers"])
    parts = [f'<path d="{whole}" stroke="{casing}" stroke-width="3.2"/>']
    for schematic, dashes in ((0, ""), (1, ' stroke-dasharray="7 2.5"')):
        path = "".join(path for kind, path in ground["rivers"] if kind == schematic)
        parts.append(f'<path d="{path}" stroke="{river}" stroke-width="1.7"{dashes}/>')
    lakes = "".join(path for path, *_ in ground["water"])
    parts.append(
        f'<path d="{lakes}" fill="{water}" fill-rule="evenodd" stroke="{river}" stroke-width=".8"/>'
    )
    parts.append(
        f'<path d="{"".join(ground["provinces"])}" stroke="{palette["provinceBorder"]}"'
        ' stroke-width=".9" stroke-dasharray="4 3"/>'
    )
    parts.append(
        f'<path d="{"".join(ground["countries"])}" stroke="{palette["ownBorder"]}"'
        ' stroke-width="1.4"/>'
    )
    return f'<g fill="none" stroke-linejoin="round" stroke-linecap="round">{"".join(parts)}</g>'


def _areas(ground: dict[str, Any], shown: Mapping[int, Standing], patterns: Patterns) -> str:
    """An area speaks for itself only where no settlement inside has data, and then as inference."""
    paths: dict[str, list[str]] = defaultdict(list)
    for pk, path in ground["areas"]:
        standing = shown.get(pk, NOTHING)
        look = look_of(standing) if not standing.counts else None
        if look is not None:
            paths[patterns.fill(look, True)].append(path)
    return _filled(paths)


def _standings_of_cells(
    ground: dict[str, Any], own: Mapping[int, Standing], shown: Mapping[int, Standing]
) -> list[Cell]:
    """The standing that each cell has, and whether that is another place's: nothing is said of its own."""

    def said(pk: int) -> Standing:
        # a town's cell reaches far beyond its quarters, so it has the town's own standing where there is one
        standing = own.get(pk, NOTHING)
        return shown.get(pk, NOTHING) if standing.state == NO_DATA else standing

    has = {pk for pk, standing in shown.items() if standing.state != NO_DATA}
    neighbours: Mapping[int, int] = {}
    if not has.issuperset(pk for pk, *_ in ground["cells"]):
        neighbours = inferred(ground["settlements"], has)
    return [
        (said(neighbours[pk]), True) if pk in neighbours else (said(pk), False)
        for pk, *_ in ground["cells"]
    ]


def _cells(ground: dict[str, Any], cells: Sequence[Cell], patterns: Patterns) -> str:
    """All of a cell as inference, and what is near its place as evidence over that; one path for each look."""
    far: dict[str, list[str]] = defaultdict(list)
    evident: dict[str, list[str]] = defaultdict(list)
    for (_, path, evidence), (standing, elsewhere) in zip(ground["cells"], cells, strict=True):
        look = look_of(standing)
        if look is None:
            continue
        if evidence != 1 or elsewhere:
            far[patterns.fill(look, True)].append(path)
        if evidence and not elsewhere:
            evident[patterns.fill(look, False)].append(path if evidence == 1 else evidence)
    return f'<g id="inferred">{_filled(far)}</g><g id="evident">{_filled(evident)}</g>'


def _filled(paths: Mapping[str, list[str]]) -> str:
    return "".join(
        f'<path d="{"".join(found)}" fill="{fill}" fill-rule="evenodd"/>'
        for fill, found in paths.items()
    )


def _fronts(ground: dict[str, Any], cells: Sequence[Cell], palette: Palette) -> str:
    """Between cells of different holders: plain and cased between two pieces of evidence, else faint."""
    lines: dict[int, list[str]] = {0: [], 1: []}
    for a, b, hard, path in ground["fronts"]:
        (one, one_elsewhere), (other, other_elsewhere) = cells[a], cells[b]
        if one.holds and other.holds and one.holds != other.holds:
            lines[hard and not (one_elsewhere or other_elsewhere)].append(path)
    ink, casing = palette["front"], palette["frontCasing"]
    hard, soft = "".join(lines[1]), "".join(lines[0])
    if len(cells) > FINE_CELLS:
        return (
            '<g fill="none" stroke-linejoin="round">'
            f'<path d="{soft}" stroke="{ink}" stroke-opacity=".36" stroke-width=".5"/>'
            f'<path d="{hard}" stroke="{ink}" stroke-opacity=".72" stroke-width=".6"/></g>'
        )
    return (
        '<g fill="none" stroke-linejoin="round" stroke-linecap="round">'
        f'<path d="{hard}" stroke="{casing}" stroke-opacity=".78" stroke-width="4"/>'
        f'<path d="{soft}" stroke="{ink}" stroke-opacity=".42" stroke-width="1.1"/>'
        f'<path d="{hard}" stroke="{ink}" stroke-width="1.7"/></g>'
    )


def _credit(asked: Asked) -> str:
    lines = wrapped(asked.credit, 9.5, WIDTH - 20, 2)
    height = 13 * len(lines) + 5
    paper, soft = asked.palette["paper"], asked.palette["inkSoft"]
    text = "".join(
        f'<text x="8" y="{HEIGHT - height + 13 * (at + 1) - 1:g}" font-size="9.5" fill="{soft}">'
        f"{escape(line)}</text>"
        for at, line in enumerate(lines)
    )
    box = f'<path d="M0 {HEIGHT - height}h{WIDTH}v{height}H0z" fill="{paper}" fill-opacity=".8"/>'
    return box + text if lines else ""
