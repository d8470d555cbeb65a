"""Names in any script, the search that finds places, actors and sources by them, and territories.

Writes Place and its names (imports, what is made at the desk, territory); everything else only reads.
"""

from .around import INSIDE, alike_near, outline_round, parents_at
from .index import ACTOR, PLACE, SOURCE, Index, Thing
from .indexing import index_of
from .names import fold_name, language_of, script_of
from .resolve import Unresolved, places_by_slug, resolve_actor, resolve_place, resolve_source
from .search import Match, search_actors, search_places, search_sources
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
    "BadPlace",
    "Index",
    "Match",
    "Thing",
    "Unresolved",
    "Wanted",
    "alike_near",
    "check_place",
    "complete_territories",
    "compute_territory",
    "fold_name",
    "index_of",
    "language_of",
    "make_place",
    "outline_round",
    "parents_at",
    "places_by_slug",
    "point_of",
    "resolve_actor",
    "resolve_place",
    "resolve_source",
    "script_of",
    "search_actors",
    "search_places",
    "search_sources",
]
