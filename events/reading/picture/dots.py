"""A dot by its standing (static/js/map/dots.js): a pie of holders, a ring for who contests, dashes for a siege."""

import math

from events.chronology.standing import NO_DATA, UNKNOWN, Standing
from events.looks.look import Look, look_of
from events.looks.palette import Palette, css
from events.looks.patterns import Patterns


def radius_of(people: int) -> float:
    return 6 if people > 1_000_000 else 5 if people > 200_000 else 4.2 if people > 50_000 else 3.4


class Dots:
    """Collects a symbol for each face and size; `use` gives the reference to it."""

    def __init__(self, patterns: Patterns) -> None:
        self.patterns = patterns
        self.palette: Palette = patterns.palette
        self.ids: dict[tuple[object, ...], str] = {}
        self.made: list[str] = []

    def id_of(self, standing: Standing, radius: float) -> str:
        look = look_of(standing)
        contest = standing.contests[0] if standing.contests else None
        face = (standing.state, look, standing.disputed, contest, bool(standing.besieges), radius)
        if face not in self.ids:
            self.ids[face] = f"d{len(self.ids)}"
            self.made.append(f'<g id="{self.ids[face]}">{self._face(standing, look, radius)}</g>')
        return self.ids[face]

    def _face(self, standing: Standing, look: Look | None, radius: float) -> str:
        ink, soft = self.palette["ink"], self.palette["inkSoft"]
        empty = standing.state == NO_DATA
        unclear = standing.state == UNKNOWN
        if empty:
            radius *= 0.7
        parts = [
            _circle(radius + 1.2, self.palette["halo"]),
            _circle(radius, self.palette["paper"]),
        ]
        if look is not None and not unclear:
            parts.append(self._pie(look, radius))
        line = f'stroke="{soft if empty else ink}" stroke-width="{0.9 if empty else 1.1}"'
        parts.append(_circle(radius, "none", line))
        if unclear or standing.disputed:
            parts.append(_question(radius, ink, self.palette["ownLand"]))
        if standing.contests:
            colour = css(self.patterns.colour(standing.contests[0]))
            parts.append(_circle(radius + 2, "none", f'stroke="{colour}" stroke-width="2.4"'))
            parts.append(_circle(radius + 3.3, "none", f'stroke="{ink}" stroke-width=".7"'))
        if standing.besieges:
            dashes = f'stroke="{ink}" stroke-width="1.5" stroke-dasharray="2.6 1.8"'
            parts.append(_circle(radius + 4.8, "none", dashes))
        return "".join(parts)

    def _pie(self, look: Look, radius: float) -> str:
        if len(look.bands) == 1:
            return _circle(radius, css(self.patterns.colour(look.bands[0][0])))
        parts, angle = [], -math.pi / 2
        for actor, share in look.bands:
            end = angle + share * 2 * math.pi
            x0, y0 = radius * math.cos(angle), radius * math.sin(angle)
            x1, y1 = radius * math.cos(end), radius * math.sin(end)
            arc = f"A{radius:g} {radius:g} 0 {int(share > 0.5)} 1 {x1:.2f} {y1:.2f}"
            colour = css(self.patterns.colour(actor))
            parts.append(f'<path d="M0 0L{x0:.2f} {y0:.2f}{arc}z" fill="{colour}"/>')
            angle = end
        return "".join(parts)


def _circle(radius: float, fill: str, more: str = "") -> str:
    return f'<circle r="{radius:g}" fill="{fill}" {more}/>'


def _question(radius: float, ink: str, halo: str) -> str:
    size = max(8.0, radius * 1.7)
    return (
        f'<text y="{size * 0.36:.1f}" font-size="{size:g}" font-weight="700" text-anchor="middle"'
        f' fill="{ink}" stroke="{halo}" stroke-width="2" paint-order="stroke">?</text>'
    )
