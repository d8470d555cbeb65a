"""An actor's colour and pattern as the map and its legend paint them, on paper and in the dark, drawn by the server."""

from collections.abc import Iterable

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from events.looks.apart import Paint
from events.looks.look import Look
from events.looks.palette import NOBODY, SCHEMES, palette
from events.looks.patterns import Patterns


class Swatches:
    """Collects the patterns of one page: `swatch` as often as need be, then `defs` once. Ids begin with `prefix`."""

    def __init__(self, paints: dict[str, Paint], prefix: str = "swatch") -> None:
        self.patterns = {
            scheme: Patterns(palette(scheme), paints, f"{prefix}-{scheme}-") for scheme in SCHEMES
        }

    def swatch(self, slug: str, schemes: Iterable[str] = SCHEMES) -> SafeString:
        """As the legend has it; with both schemes, the style sheet shows the reader's own."""
        return self._drawn([(Look(((slug, 1.0),)), False)], schemes)

    def sample(self, slug: str, scheme: str, against: str | int = NOBODY) -> list[SafeString]:
        """An area that a source is near to, an inferred one, and one where `against` fights."""
        held = Look(((slug, 1.0),))
        contested = Look(held.bands, hatch=against)
        looks = [(held, False), (held, True), (contested, False)]
        return [self._drawn([look], [scheme], "sample") for look in looks]

    def _drawn(
        self, looks: list[tuple[Look, bool]], schemes: Iterable[str], kind: str = "swatch"
    ) -> SafeString:
        width, height = (96, 56) if kind == "sample" else (48, 28)
        rows = [
            (scheme, self.patterns[scheme].fill(look, inferred), width, height)
            for scheme in schemes
            for look, inferred in looks
        ]
        rects = format_html_join(
            "", '<rect class="in-{}" fill="{}" width="{}" height="{}"></rect>', rows
        )
        return format_html(
            '<svg class="{}" width="{}" height="{}" viewBox="0 0 {} {}" aria-hidden="true" focusable="false">{}</svg>',
            f"actor-{kind}", width, height, width, height, rects,
        )  # fmt: skip

    def defs(self) -> SafeString:
        """Made of numbers and of colours that were read as such: nothing of what anybody typed."""
        made = "".join(text for scheme in SCHEMES for text in self.patterns[scheme].made)
        return format_html(
            '<svg class="swatch-defs" width="0" height="0" aria-hidden="true" focusable="false">'
            "<defs>{}</defs></svg>",
            mark_safe(made),  # noqa: S308
        )
