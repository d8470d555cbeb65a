"""The column beside the map: what it shows, of which day, who holds how many towns, and what the marks mean."""

from html import escape
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from events.chronology.standing import HELD, NO_DATA, Standing
from events.looks.look import Look
from events.looks.palette import NOBODY
from events.looks.patterns import Patterns
from events.replay.frame import HEIGHT

from .counts import Counts
from .dots import Dots
from .labels import text_width

if TYPE_CHECKING:
    from .draw import Asked

WIDTH, MARGIN = 340, 24
MOST_ACTORS = 9
RIGHT_TO_LEFT, AS_BEFORE = "\u202b", "\u202c"
SERIF = "Georgia,'Noto Serif','Noto Naskh Arabic',serif"


class Column:
    def __init__(self, asked: "Asked", patterns: Patterns, dots: Dots) -> None:
        self.asked, self.patterns, self.dots = asked, patterns, dots
        self.ink, self.soft = asked.palette["ink"], asked.palette["inkSoft"]
        self.parts: list[str] = []
        self.y = 0.0

    def drawn(self, counts: Counts) -> str:
        asked = self.asked
        self.parts.append(f'<path d="M0 0h{WIDTH}v{HEIGHT}H0z" fill="{asked.palette["paper"]}"/>')
        self.y = 44
        self._lines(asked.title, 17, 22, 2, f'font-weight="600" fill="{self.soft}"')
        self.y += 12
        self._lines(
            asked.day, 27, 32, 2, f'font-weight="700" font-family="{SERIF}" fill="{self.ink}"'
        )
        for note in asked.notes:
            self.y += 2
            self._lines(note, 12.5, 17, 3, f'fill="{self.soft}"')
        self.y += 22
        self._write(_("Towns held"), 14, f'font-weight="700" fill="{self.ink}"')
        self._counts(counts)
        self._key()
        return "".join(self.parts)

    def _write(self, text: str, size: float, more: str, indent: float = 0) -> None:
        """A line at the column's beginning: the right where one writes from there.

        Not by `direction`, which not all know that draw SVG: the line ends there, within marks of its own direction.
        """
        if self.asked.rtl:
            x, text = WIDTH - MARGIN - indent, f"{RIGHT_TO_LEFT}{text}{AS_BEFORE}"
            more += ' text-anchor="end"'
        else:
            x = MARGIN + indent
        self.parts.append(
            f'<text x="{x:g}" y="{self.y:g}" font-size="{size:g}" {more}>{escape(text)}</text>'
        )

    def _lines(self, text: str, size: float, leading: float, most: int, more: str) -> None:
        bold = "font-weight" in more
        for line in wrapped(text, size, WIDTH - 2 * MARGIN, most, bold):
            self._write(line, size, more)
            self.y += leading

    def _counts(self, counts: Counts) -> None:
        for actor in counts.actors[:MOST_ACTORS]:
            self.y += 25
            self._swatch(Look(((actor, 1),)), False)
            self._write(self.asked.actors[actor][2], 14, f'fill="{self.ink}"', 40)
            end = MARGIN if self.asked.rtl else WIDTH - MARGIN
            anchor = "start" if self.asked.rtl else "end"
            self.parts.append(
                f'<text x="{end}" y="{self.y:g}" font-size="14" text-anchor="{anchor}"'
                f' fill="{self.ink}" data-count="{escape(actor)}">{counts.of(actor)}</text>'
            )
        text = counts.states_in_words()
        if text:
            self.y += 24
            self._lines(text, 12.5, 17, 2, f'fill="{self.soft}"')
            self.y -= 17

    def _key(self) -> None:
        actors = list(self.asked.actors)
        if not actors:
            return
        a, b = self._pair()
        rows: list[tuple[Look, bool, str]] = [
            (Look(((a, 1),)), False, _("held: a source within reach")),
            (Look(((a, 1),)), True, _("inferred from the nearest sourced place")),
            (Look(((a, 1),), hatch=b), False, _("contested: the other fights inside")),
            (Look(((a, 0.6), (b, 0.4))), False, _("divided or joint: in proportion")),
            (
                Look(((a, 0.5), (b, 0.5)), narrow=True),
                False,
                _("changing hands: between two dates"),
            ),
            (Look(((NOBODY, 1),)), False, _("unclear: nobody is known to hold it")),
        ]
        marks: list[tuple[Standing, str]] = [
            (Standing(state=HELD, holds=(a,), besieges=(b,)), _("besieged")),
            (Standing(state=NO_DATA), _("no data")),
        ]
        # from below, so that what the marks mean is at the foot, whatever is above; what has no room is left out
        first = HEIGHT - 22 - 19 * (len(rows) + len(marks) - 1)
        room = self.y + 26
        while rows and first < room:
            rows.pop(0)
            first += 19
        self.y = first
        for look, inferred, text in rows:
            self._swatch(look, inferred, 22, 12)
            self._write(text, 12, f'fill="{self.soft}"', 40)
            self.y += 19
        for standing, text in marks:
            x = WIDTH - MARGIN - 11 if self.asked.rtl else MARGIN + 11
            self.parts.append(
                f'<use href="#{self.dots.id_of(standing, 4.2)}" x="{x}" y="{self.y - 4:g}"/>'
            )
            self._write(text, 12, f'fill="{self.soft}"', 40)
            self.y += 19

    def _pair(self) -> tuple[str, str]:
        """The first actor, and the one whose colour is farthest from it, for samples that show two."""
        first, *others = self.asked.actors
        own = self.patterns.colour(first)

        def distance(actor: str) -> float:
            return sum((x - y) ** 2 for x, y in zip(self.patterns.colour(actor), own, strict=True))

        return first, max(others, key=distance, default=first)

    def _swatch(self, look: Look, inferred: bool, width: float = 28, height: float = 16) -> None:
        x = WIDTH - MARGIN - width if self.asked.rtl else MARGIN
        self.parts.append(
            f'<rect x="{x:g}" y="{self.y - height + 3:g}" width="{width:g}" height="{height:g}"'
            f' rx="2" fill="{self.patterns.fill(look, inferred)}" stroke="{self.ink}"'
            ' stroke-opacity=".45"/>'
        )


def wrapped(text: str, size: float, width: float, most: int, bold: bool = False) -> list[str]:
    """At most so many lines, the last with an ellipsis where there is more."""
    lines: list[str] = []
    for word in text.split():
        if lines and text_width(f"{lines[-1]} {word}", size, bold) <= width:
            lines[-1] += f" {word}"
        elif len(lines) < most:
            lines.append(word)
        else:
            lines[-1] += "…"
            break
    return lines
