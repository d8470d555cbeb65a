"""The map's colours, read from the modules that the browser runs: static/js/map/palette.js and patterns.js."""

import math
import re
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

Rgb = tuple[int, int, int]
SCHEMES = ("light", "dark")
NOBODY = -1


@cache
def constants(module: str, name: str) -> dict[str, str]:
    """An object of plain texts and numbers that a module of the map declares: `const NAME = {…};`."""
    path = settings.BASE_DIR / "static" / "js" / "map" / module
    found = re.search(
        rf"^(?:export )?const {name} = \{{\n(.*?)^\}};", path.read_text("utf-8"), re.M | re.S
    )
    rows = re.findall(r'^  (\w+): (?:"([^"]*)"|([\d.]+)),$', found[1], re.M) if found else []
    if not rows or len(rows) != len(found[1].strip().splitlines() if found else ()):
        raise ImproperlyConfigured(f"{path} has no plain {name}")
    return {key: text or number for key, text, number in rows}


@dataclass(frozen=True)
class Palette:
    """`colours` by name, as CSS has them."""

    dark: bool
    colours: dict[str, str]

    def __getitem__(self, name: str) -> str:
        return self.colours[name]

    def actor(self, colour: str) -> Rgb:
        """An actor's colour in this scheme (actorColour in palette.js): the dark keeps the order of lightness."""
        found = rgb(colour)
        if not self.dark:
            return found
        lightness, a, b = to_oklab(found)
        return from_oklab(0.46 + lightness * 0.5, a, b)

    def on_paper(self, colour: Rgb, strength: str) -> str:
        """As a pattern has it: mixed with the paper by one of STRENGTH."""
        return css(
            mix(colour, rgb(self["paper"]), float(constants("patterns.js", "STRENGTH")[strength]))
        )


@cache
def palette(scheme: str) -> Palette:
    return Palette(scheme == "dark", constants("palette.js", scheme.upper()))


def rgb(text: str) -> Rgb:
    if not re.fullmatch("#[0-9a-fA-F]{6}", text):
        return rgb(constants("palette.js", "LIGHT")["unknown"])
    value = int(text[1:], 16)
    return value >> 16, value >> 8 & 255, value & 255


def css(colour: Rgb) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)


def mix(colour: Rgb, ground: Rgb, share: float) -> Rgb:
    red, green, blue = (
        math.floor(c * share + g * (1 - share) + 0.5) for c, g in zip(colour, ground, strict=True)
    )
    return red, green, blue


def to_oklab(colour: tuple[float, float, float]) -> tuple[float, float, float]:
    """Björn Ottosson's OKLab, by its published matrices."""
    r, g, b = (
        c / 12.92 if (c := part / 255) <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
        for part in colour
    )
    l = math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)  # noqa: E741
    m = math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
    s = math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
    return (
        0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
        1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
        0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
    )


def from_oklab(lightness: float, a: float, b: float) -> Rgb:
    l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3  # noqa: E741
    m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
    red, green, blue = (
        math.floor(max(0.0, min(1.0, _gamma(c))) * 255 + 0.5)
        for c in (
            4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
            -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
            -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
        )
    )
    return red, green, blue


def _gamma(c: float) -> float:
    return 12.92 * c if c <= 0.0031308 else 1.055 * c ** (1 / 2.4) - 0.055
