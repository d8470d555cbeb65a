"""The server's own picture of a day, as SVG: what readers see without JavaScript, in mails, cards and print.

`draw` takes standings and the ground that events/replay has made. Colours and strengths are read from the map's own
modules, so that there is one source of them.
"""

from .counts import counted, described
from .draw import Asked, draw

__all__ = ["Asked", "counted", "described", "draw"]
