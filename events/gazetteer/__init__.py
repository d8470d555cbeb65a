"""Names in any script, the search that finds places, actors and sources by them, and territories.

Writes Place and its names (imports, territory); everything else only reads.
"""

from .index import ACTOR, PLACE, SOURCE, Index, Thing, index_of
from .names import fold_name, language_of, script_of
from .resolve import Unresolved, places_by_slug, resolve_actor, resolve_place, resolve_source
from .search import Match, search_actors, search_places, search_sources
from .territory import compute as compute_territory

__all__ = [
    "ACTOR",
    "PLACE",
    "SOURCE",
    "Index",
    "Match",
    "Thing",
    "Unresolved",
    "compute_territory",
    "fold_name",
    "index_of",
    "language_of",
    "places_by_slug",
    "resolve_actor",
    "resolve_place",
    "resolve_source",
    "script_of",
    "search_actors",
    "search_places",
    "search_sources",
]
