"""Names in any script, the search that finds places, actors and sources by them, and territories.

Writes Place and its names (imports, what is made at the desk, territory), and Actor and Source as the desk edits them;
everything else only reads.
"""

from .actors import (
    AlteredMeanwhile,
    BadActor,
    Belongs,
    CheckedActor,
    WantedActor,
    check_actor,
    others_of,
    save_actor,
    version_of,
    wanted_of,
)
from .around import INSIDE, alike_near, outline_round, parents_at
from .doubts import colour_doubts, doubts_of
from .index import ACTOR, PLACE, SOURCE, Index, Thing
from .indexing import index_of
from .names import fold_name, language_of, script_of
from .resolve import Unresolved, places_by_slug, resolve_actor, resolve_place, resolve_source
from .search import Match, search_actors, search_places, search_sources
from .sources import (
    BadSource,
    SourceAltered,
    WantedSource,
    check_source,
    citing,
    may_edit_source,
    reports_by_source,
    save_source,
    source_version,
    wanted_source,
)
from .spelled import Spelled, read_spelled, spelled_plainly, write_spelled
from .spot import BadPlace, Wanted, point_of
from .spot import check as check_place
from .spot import make as make_place
from .territory import complete as complete_territories
from .territory import compute as compute_territory

__all__ = [
    "ACTOR",
    "INSIDE",
    "PLACE",
    "SOURCE",
    "AlteredMeanwhile",
    "BadActor",
    "BadPlace",
    "BadSource",
    "Belongs",
    "CheckedActor",
    "Index",
    "Match",
    "SourceAltered",
    "Spelled",
    "Thing",
    "Unresolved",
    "Wanted",
    "WantedActor",
    "WantedSource",
    "alike_near",
    "check_actor",
    "check_place",
    "check_source",
    "citing",
    "colour_doubts",
    "complete_territories",
    "compute_territory",
    "doubts_of",
    "fold_name",
    "index_of",
    "language_of",
    "make_place",
    "may_edit_source",
    "others_of",
    "outline_round",
    "parents_at",
    "places_by_slug",
    "point_of",
    "read_spelled",
    "reports_by_source",
    "resolve_actor",
    "resolve_place",
    "resolve_source",
    "save_actor",
    "save_source",
    "script_of",
    "search_actors",
    "search_places",
    "search_sources",
    "source_version",
    "spelled_plainly",
    "version_of",
    "wanted_of",
    "wanted_source",
    "write_spelled",
]
