"""Names on the picture: of towns by size, of lands and waters, none over another (static/js/map/labels.js)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from html import escape
from typing import Any

from events.looks.palette import Palette

from .dots import radius_of

Box = tuple[float, float, float, float]
MARGIN = 2
# So few towns that each may have its name, as far as there is room.
FEW = 60
# Widths of letters in em, on the safe side; what is not here is 0.6, and an Arabic letter 0.52.
NARROW, WIDE = "iljtfr.,'’-() I", "mwMWGOQ"


def text_width(text: str, size: float, bold: bool = False) -> float:
    """About how wide a text is: nobody knows with which font it will be drawn."""
    em = sum(
        0.34
        if letter in NARROW
        else 0.86
        if letter in WIDE
        else 0.52
        if "\u0600" <= letter <= "\u06ff"
        else 0.66
        if letter.isupper()
        else 0.57
        for letter in text
    )
    return em * size * (1.06 if bold else 1)


def deserves(people: int, zoom: float) -> bool:
    for least, at_least in ((8.5, 0), (7.5, 20_000), (6.5, 60_000)):
        if zoom >= least:
            return people > at_least or at_least == 0
    return people > 300_000


@dataclass
class Labels:
    """Written one after the other, the most important first; `width`, `height` of the map."""

    palette: Palette
    language: str
    width: float
    height: float
    boxes: list[Box] = field(default_factory=list)
    dots: list[Box] = field(default_factory=list)

    def name(self, name: str, names: dict[str, str]) -> str:
        return names.get(self.language, name)

    def towns(self, dots: Iterable[list[Any]], zoom: float) -> str:
        rows = list(dots)
        for _, _, x, y, people, _, _ in rows:
            r = radius_of(people) * 0.8
            self.dots.append((x - r, y - r, x + r, y + r))
        written = []
        for _, _, x, y, people, name, names in rows:
            if len(rows) > FEW and not deserves(people, zoom):
                continue
            big = people > 400_000
            text, size = self.name(name, names), 13.5 if big else 12
            spot = self._beside(x, y, radius_of(people), text_width(text, size, big), size, big)
            if spot:
                weight = ' font-weight="600"' if big else ""
                written.append(_text(spot[0], spot[1], text, f'font-size="{size}"{weight}'))
        ink, halo = self.palette["ink"], self.palette["halo"]
        return _group("".join(written), f'fill="{ink}" stroke="{halo}" stroke-width="3"')

    def _beside(
        self, x: float, y: float, radius: float, width: float, size: float, must: bool
    ) -> tuple[float, float] | None:
        """The middle of the text where there is room for it beside a dot, clear of a ring."""
        gap = radius + 5.5
        half = width / 2
        spots = (
            (x + gap + half, y),
            (x - gap - half, y),
            (x, y - gap - size * 0.45),
            (x, y + gap + size * 0.45),
            (x + gap * 0.7 + half, y - gap * 0.8),
            (x + gap * 0.7 + half, y + gap * 0.8),
        )
        for others in (self.dots, []) if must else (self.dots,):
            for middle, line in spots:
                box = (middle - half, line - size * 0.55, middle + half, line + size * 0.55)
                if self._take(box, others):
                    return middle, line
        return None

    def areas(self, land: list[Any], water: list[Any]) -> str:
        """Names of other lands and of waters, where they have room."""
        written = []
        soft, blue, halo = (self.palette[c] for c in ("inkSoft", "waterText", "halo"))
        for own, _, name, names, spot in land:
            text = self.name(name, names)
            latin = text.isascii()
            width = text_width(text.upper() if latin else text, 12.5, True) * (1.3 if latin else 1)
            if not own and spot and self._inside(spot, width, 13, 0.9):
                more = f'font-size="12.5" font-weight="600" fill="{soft}"'
                spaced = ' letter-spacing=".22em"' if latin else ""
                written.append(
                    _text(spot[0], spot[1], text.upper() if latin else text, more + spaced)
                )
        for _, name, names, spot in water:
            text = self.name(name, names)
            if spot and text and self._inside(spot, text_width(text, 11.5), 12, 0.5):
                more = f'font-size="11.5" font-style="italic" font-family="Georgia,serif" fill="{blue}"'
                written.append(_text(spot[0], spot[1], text, more))
        return _group("".join(written), f'stroke="{halo}" stroke-width="2.5"')

    def _inside(self, spot: list[float], width: float, size: float, share: float) -> bool:
        x, y, room = spot
        if width * share > room * 4:
            return False
        return self._take((x - width / 2, y - size / 2, x + width / 2, y + size / 2), self.dots)

    def _take(self, box: Box, others: list[Box]) -> bool:
        if box[0] < 2 or box[1] < 2 or box[2] > self.width - 2 or box[3] > self.height - 2:
            return False
        if any(_overlap(box, other) for other in (*self.boxes, *others)):
            return False
        self.boxes.append(box)
        return True


def _overlap(a: Box, b: Box) -> bool:
    by = MARGIN
    return a[0] < b[2] + by and a[2] > b[0] - by and a[1] < b[3] + by and a[3] > b[1] - by


def _text(x: float, y: float, text: str, more: str) -> str:
    return f'<text x="{x:.1f}" y="{y + 4.2:.1f}" {more}>{escape(text)}</text>'


def _group(content: str, more: str) -> str:
    return (
        f'<g text-anchor="middle" paint-order="stroke" stroke-linejoin="round" {more}>{content}</g>'
    )
